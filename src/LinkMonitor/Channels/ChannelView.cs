using System.Globalization;
using System.Text.Json.Serialization;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Api;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Channels;

/// <summary>A channel as the API shows it.</summary>
public sealed record ChannelView
{
    public required string Id { get; init; }

    public required ChannelKind Kind { get; init; }

    /// <summary>Of all but e-mail only the host and the last 4 characters: the whole URL is a secret.</summary>
    public required string Address { get; init; }

    public required string? Name { get; init; }

    /// <summary>By topic; what is not named follows <c>otherwise</c>.</summary>
    public required IReadOnlyDictionary<string, AlertTiming> Topics { get; init; }

    public required AlertTiming Otherwise { get; init; }

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

    /// <summary>Another one after every change of what is set here, its state included. For <c>If-Match</c>.</summary>
    public required string Version { get; init; }

    /// <summary>What of its settings is another one.</summary>
    internal static FieldChanges Difference(Channel before, Channel after) =>
        FieldChanges.Between(Of(before), Of(after), ChannelJson.Default.ChannelView, ChannelJson.Default.ChannelRequest);

    /// <summary>The channel without its secret.</summary>
    internal static ChannelView Of(Channel channel) => WithoutVersion(channel) with { Version = VersionOf(channel) };

    /// <summary>See <see cref="Version"/>.</summary>
    internal static string VersionOf(Channel channel) => IfMatch.VersionOf(
        WithoutVersion(channel) with { StateReason = null, StateSince = null, FormerSecretUntil = null },
        ChannelJson.Default.ChannelView);

    private static ChannelView WithoutVersion(Channel channel) => new()
    {
        Id = channel.Id.Value,
        Kind = channel.Kind,
        Address = channel.ShownAddress(),
        Name = channel.Name,
        Topics = new SortedDictionary<string, AlertTiming>(channel.Choice.ByTopic.ToDictionary(), StringComparer.Ordinal),
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
        Version = "",
    };
}

/// <summary>Times of day as people write them: <c>07:30</c>.</summary>
internal static class ClockTime
{
    private const string Format = "HH:mm";

    public static string Write(TimeOnly time) => time.ToString(Format, CultureInfo.InvariantCulture);

    public static bool TryRead(string? text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}

/// <summary>When a channel gets its digest.</summary>
public sealed record DigestView
{
    public const string Daily = "daily";
    public const string Weekly = "weekly";

    /// <summary><c>daily</c> or <c>weekly</c>.</summary>
    public required string Every { get; init; }

    /// <summary>Of a weekly one: <c>monday</c> to <c>sunday</c>; null for a daily one.</summary>
    public string? Day { get; init; }

    /// <summary>Local time, for example <c>08:00</c>.</summary>
    public required string At { get; init; }

    /// <summary>
    /// Left out when nothing happened that the channel was not notified of at once; false by default. A daily one is left out without any
    /// news in any case.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? OnlyWithNews { get; init; }

    internal static DigestView Of(DigestSchedule digest) => new()
    {
        Every = digest.Day is null ? Daily : Weekly,
        Day = digest.Day is { } day ? WireName.Of(day) : null,
        At = ClockTime.Write(digest.At),
        OnlyWithNews = digest.OnlyWithNews ? true : null,
    };
}

/// <summary>The part of each day in which nothing is sent at once.</summary>
public sealed record QuietHoursView
{
    /// <summary>Local time, for example <c>22:00</c>.</summary>
    public required string From { get; init; }

    /// <summary>Local time, for example <c>07:00</c>; before <c>from</c> when the hours go over midnight.</summary>
    public required string To { get; init; }

    internal static QuietHoursView Of(QuietHours quiet) => new() { From = ClockTime.Write(quiet.From), To = ClockTime.Write(quiet.To) };
}
