using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Webhook;

/// <summary>An endpoint of the user's own. Messages are signed; its URL is a secret all the same, as tokens are often in it.</summary>
internal sealed class WebhookType : ChannelType
{
    public override ChannelKind Kind => ChannelKind.Webhook;

    public override Type Sender => typeof(WebhookChannel);

    public override string Named => "the webhook {name}";

    public override bool IsSigned => true;
}
