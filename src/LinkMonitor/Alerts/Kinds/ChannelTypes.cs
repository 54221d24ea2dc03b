using System.Collections.Frozen;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Kinds;

/// <summary>Every kind of channel.</summary>
internal static class ChannelTypes
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
}
