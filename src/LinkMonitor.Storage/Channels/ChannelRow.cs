using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Channels;

/// <summary>A channel as a row.</summary>
internal static class ChannelRow
{
    private const string ChannelIdColumn = "channelId";
    private const string Kind = "kind";
    private const string Address = "address";
    private const string Name = "name";
    private const string Choice = "choice";
    private const string Quiet = "quiet";
    private const string Digest = "digest";
    private const string TimeZone = "timeZone";
    private const string Secret = "secret";
    private const string FormerSecret = "formerSecret";
    private const string FormerSecretUntil = "formerSecretUntil";
    private const string State = "state";
    private const string StateReason = "stateReason";
    private const string StateSince = "stateSince";
    private const string IsRecipient = "isRecipient";
    private const string CreatedAt = "createdAt";

    /// <summary>The row, with a marker of its own.</summary>
    public static TableEntity Write(Channel channel)
    {
        var row = RowSchema.NewMarked(channel.ProjectId.Value, ChannelKeys.Channel(channel.Id));
        row[ChannelIdColumn] = channel.Id.Value;
        row[Kind] = WireName.Of(channel.Kind);
        row[Address] = channel.Address;
        row[Name] = channel.Name;
        row[Choice] = JsonSerializer.Serialize(channel.Choice, ChannelRowJson.Stored.AlertChoice);
        row[Quiet] = channel.Quiet is { } quiet ? JsonSerializer.Serialize(quiet, ChannelRowJson.Stored.QuietHours) : null;
        row[Digest] = channel.GivenDigest is { } digest ? JsonSerializer.Serialize(digest, ChannelRowJson.Stored.DigestSchedule) : null;
        row[TimeZone] = channel.TimeZone;
        row[Secret] = channel.Secret;
        row[FormerSecret] = channel.FormerSecret;
        row[FormerSecretUntil] = channel.FormerSecretUntil;
        row[State] = WireName.Of(channel.State);
        row[StateReason] = StoredText.Cut(channel.StateReason, StoredText.MaxLength);
        row[StateSince] = channel.StateSince;
        row[IsRecipient] = channel.IsRecipient;
        row[CreatedAt] = channel.CreatedAt;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static Channel Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        Id = new ChannelId(row.Text(ChannelIdColumn)),
        Kind = WireName.Parse<ChannelKind>(row.Text(Kind)),
        Address = row.Text(Address),
        Name = row.GetString(Name),
        Choice = row.Json(Choice, ChannelRowJson.Stored.AlertChoice),
        Quiet = row.JsonOrNull(Quiet, ChannelRowJson.Stored.QuietHours),
        Digest = row.JsonOrNull(Digest, ChannelRowJson.Stored.DigestSchedule),
        TimeZone = row.GetString(TimeZone),
        Secret = row.GetString(Secret),
        FormerSecret = row.GetString(FormerSecret),
        FormerSecretUntil = row.GetDateTimeOffset(FormerSecretUntil),
        State = WireName.Parse<ChannelState>(row.Text(State)),
        StateReason = row.GetString(StateReason),
        StateSince = row.GetDateTimeOffset(StateSince),
        IsRecipient = row.GetBoolean(IsRecipient) ?? false,
        CreatedAt = row.Time(CreatedAt),
        ETag = row.Version(),
    };
}

/// <summary>The JSON in a channel's row.</summary>
[JsonSerializable(typeof(AlertChoice))]
[JsonSerializable(typeof(QuietHours))]
[JsonSerializable(typeof(DigestSchedule))]
internal sealed partial class ChannelRowJson : JsonSerializerContext
{
    public static ChannelRowJson Stored { get; } = new(StorageJsonContext.NewOptions());
}

/// <summary>When a channel gets its digest, in the channel's time zone.</summary>
/// <param name="Day">The day of a weekly digest; null for a daily one.</param>
/// <param name="At">
/// Local time. A time that a day does not have (the clocks go forward) is taken when the clocks have moved; one that it has twice, at its
/// first.
/// </param>
/// <param name="OnlyWithNews">
/// It is left out when nothing happened that the channel was not notified of at once. A daily one is left out without any news in any case.
/// </param>
public sealed record DigestSchedule(
    DayOfWeek? Day, TimeOnly At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool OnlyWithNews = false)
{
    /// <summary>
    /// Of a channel that leaves a topic to the types of links and names no digest of its own: what is not urgent comes once a week, and no
    /// mail when there was nothing.
    /// </summary>
    public static DigestSchedule OfTheRest { get; } = new(DayOfWeek.Monday, new TimeOnly(8, 0), OnlyWithNews: true);
}

/// <summary>The part of each day in which nothing is sent at once; what comes then is sent when it ends.</summary>
/// <param name="From">Local time in the channel's time zone, included.</param>
/// <param name="To">Local time, not included; before <paramref name="From"/> when the hours go over midnight. Never equal to it.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To);

/// <summary>When a channel gets something.</summary>
[JsonConverter(typeof(WireNameJsonConverter<AlertTiming>))]
public enum AlertTiming
{
    /// <summary>As an alert, as soon as its group is complete and no quiet hours are in the way.</summary>
    AtOnce,

    /// <summary>In the next digest.</summary>
    Digest,

    /// <summary>Not at all.</summary>
    Never,

    /// <summary>As the type of the link says: at once, or in the next digest.</summary>
    ByType,
}

/// <summary>
/// What a channel gets, and when. Topics are the reason codes of docs/checks.md and those of <see cref="Topics"/>; a topic that is not
/// named here follows <see cref="Otherwise"/>.
/// </summary>
public sealed record AlertChoice
{
    /// <summary>Of channels that people read: as the types of links say.</summary>
    public static AlertChoice Default { get; } = new();

    /// <summary>By topic.</summary>
    public IReadOnlyDictionary<string, AlertTiming> ByTopic { get; init; } = new Dictionary<string, AlertTiming>();

    /// <summary>For every other topic. As the types of links say by default.</summary>
    public AlertTiming Otherwise { get; init; } = AlertTiming.ByType;

    /// <summary>Whether any topic is left to the types of links.</summary>
    [JsonIgnore]
    public bool AsksTypes => Otherwise == AlertTiming.ByType || ByTopic.Values.Contains(AlertTiming.ByType);

    /// <summary>
    /// What a channel of a kind chooses when nobody has chosen: a program is not disturbed, and misses what it is not sent.
    /// </summary>
    public static AlertChoice DefaultOf(ChannelKind kind) =>
        kind == ChannelKind.Webhook ? Default with { Otherwise = AlertTiming.AtOnce } : Default;

    /// <summary>When a topic comes; never <see cref="AlertTiming.ByType"/>.</summary>
    /// <param name="byType">What the type says.</param>
    public AlertTiming For(string topic, AlertTiming byType) =>
        Given(topic) is not AlertTiming.ByType and var given ? given : byType;

    /// <summary>Whether a topic is left to the types of links.</summary>
    public bool IsLeft(string topic) => Given(topic) == AlertTiming.ByType;

    private AlertTiming Given(string topic) => ByTopic.TryGetValue(topic, out var timing) ? timing : Otherwise;
}

/// <summary>What a channel can choose besides the reason codes.</summary>
public static class Topics
{
    /// <summary>A link that is as expected again.</summary>
    public const string Recovered = "recovered";

    /// <summary>A page that could not be observed for long, whatever kept us from it.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>A link that changes back and forth.</summary>
    public const string Unstable = "unstable";

    /// <summary>Reminders of terms that end, and of links that outlived theirs.</summary>
    public const string Terms = "terms";

    /// <summary>Reminders of cases whose due or promised day has come. No digest has them: <c>digest</c> means at once.</summary>
    public const string Cases = "cases";
}
