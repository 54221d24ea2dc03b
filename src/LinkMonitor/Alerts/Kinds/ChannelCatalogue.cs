using System.Collections.Frozen;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Alerts.Slack;
using LinkMonitor.Alerts.Teams;
using LinkMonitor.Alerts.Webhook;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Mail;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Kinds;

/// <summary>Every kind of channel.</summary>
internal static class ChannelCatalogue
{
    private static readonly FrozenDictionary<ChannelKind, ChannelType> Types =
        new ChannelType[] { new EmailType(), new WebhookType(), new SlackType(), new TeamsType() }.ToFrozenDictionary(type => type.Kind);

    public static IEnumerable<ChannelType> All => Types.Values;

    /// <exception cref="ArgumentOutOfRangeException">The kind has no type.</exception>
    public static ChannelType Of(ChannelKind kind) =>
        Types.GetValueOrDefault(kind) ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of channel.");

    /// <summary>As <see cref="ChannelType.Show"/>.</summary>
    public static string ShownAddress(this Channel channel) => Of(channel.Kind).Show(channel.Address);

    /// <summary>As <see cref="ChannelType.Recipient"/>.</summary>
    public static string Recipient(this Channel channel) => Of(channel.Kind).Recipient(channel);

    /// <summary>
    /// Why a channel of a kind may not have the URL, or null. A host that is not public may stand in for a chat where private networks are
    /// allowed.
    /// </summary>
    public static Refusal? Check(this OutgoingPolicy policy, ChannelKind kind, WebUrl url) =>
        policy.Check(url) ?? (policy.IsPrivateAndAllowed(url) ? null : Of(kind).Check(url));
}

/// <summary>One e-mail address. It is no secret.</summary>
internal sealed class EmailType : ChannelType
{
    public override ChannelKind Kind => ChannelKind.Email;

    public override Type? Sender => null;

    public override string Named => "the address {name}";

    public override string? Read(string text, Func<WebUrl, Refusal?> check, out string? error)
    {
        error = EmailAddress.IsValid(text)
            ? null
            : "It is not an ASCII e-mail address. Write only the address, for example owner@example.org.";
        return error is null ? text : null;
    }

    public override bool IsAddressSecret => false;
}
