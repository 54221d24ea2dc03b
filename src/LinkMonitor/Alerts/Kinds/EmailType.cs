using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Mail;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Kinds;

/// <summary>One e-mail address. It is no secret.</summary>
internal sealed class EmailType : ChannelType
{
    public override ChannelKind Kind => ChannelKind.Email;

    public override string Named => "the address {name}";

    public override string? Read(string text, Func<WebUrl, Refusal?> check, out string? error)
    {
        error = EmailAddress.IsValid(text) ? null : "It is not an ASCII e-mail address. Write only the address, for example "
            + "owner@example.org.";
        return error is null ? text : null;
    }

    public override string Show(string address) => address;

    public override string Recipient(Channel channel) => channel.Address;
}
