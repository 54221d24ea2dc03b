using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Webhook;

/// <summary>An endpoint of the user's own. Its URL is no secret: messages are signed.</summary>
internal sealed class WebhookType : ChannelType
{
    public override ChannelKind Kind => ChannelKind.Webhook;

    public override Type Sender => typeof(WebhookChannel);

    public override string Named => "the webhook {name}";

    public override bool IsSigned => true;

    public override string Show(string address) => address;
}
