using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Channels;

/// <summary>A channel as the API shows it.</summary>
public sealed record ChannelView
{
    public required string Id { get; init; }

    public required ChannelKind Kind { get; init; }

    /// <summary>Of Slack and Teams only the host and the last 4 characters: the whole URL is a secret.</summary>
    public required string Address { get; init; }

    public required string? Name { get; init; }

    /// <summary>By topic; what is not named follows <c>otherwise</c>.</summary>
    public required IReadOnlyDictionary<string, Telling> Topics { get; init; }

    public required Telling Otherwise { get; init; }

    public required QuietHoursView? QuietHours { get; init; }

    public required DigestView? Digest { get; init; }

    /// <summary>Null is the project's.</summary>
    public required string? TimeZone { get; init; }

    public required ChannelState State { get; init; }

    /// <summary>Why it is not active.</summary>
    public required string? StateReason { get; init; }

    public required DateTimeOffset? StateSince { get; init; }

    /// <summary>Whether it is there because its address is one of the project's recipients.</summary>
    public required bool IsRecipient { get; init; }

    /// <summary>A webhook's signing secret, in the answer that made it only.</summary>
    public string? Secret { get; init; }

    /// <summary>Until when messages are signed with the former secret too; null when there is none.</summary>
    public required DateTimeOffset? FormerSecretUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The channel without its secret.</summary>
    internal static ChannelView Of(Channel channel) => new()
    {
        Id = channel.Id.Value,
        Kind = channel.Kind,
        Address = channel.ShownAddress(),
        Name = channel.Name,
        Topics = new SortedDictionary<string, Telling>(channel.Choice.ByTopic.ToDictionary(), StringComparer.Ordinal),
        Otherwise = channel.Choice.Otherwise,
        QuietHours = channel.Quiet is { } quiet ? QuietHoursView.Of(quiet) : null,
        Digest = channel.Digest is { } digest ? DigestView.Of(digest) : null,
        TimeZone = channel.TimeZone,
        State = channel.State,
        StateReason = channel.StateReason,
        StateSince = channel.StateSince,
        IsRecipient = channel.IsRecipient,
        FormerSecretUntil = channel.FormerSecretUntil,
        CreatedAt = channel.CreatedAt,
    };
}
