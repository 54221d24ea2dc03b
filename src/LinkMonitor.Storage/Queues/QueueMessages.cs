using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Queues;

/// <summary>Reads what is on the queues. Whoever can write to a queue can write anything, so nothing is taken on trust.</summary>
public static class QueueMessages
{
    private static readonly long MaxTicks = DateTimeOffset.MaxValue.UtcTicks;

    /// <summary>Reads a message of <see cref="QueueNames.PageChecks"/>: the steps of one or several hosts.</summary>
    /// <exception cref="FormatException">The text is no such message, or of another version.</exception>
    public static IReadOnlyList<HostCheckMessage> ReadHostChecks(string text)
    {
        var message = Read(text, MessageJson.Stored.HostCheckMessage);
        if (message.Version != HostCheckMessage.CurrentVersion)
            throw new FormatException(
                $"The host check has version {message.Version}; this program knows {HostCheckMessage.CurrentVersion}.");
        IReadOnlyList<HostCheckMessage> all = [message, .. message.Others ?? []];
        if (all.Count > HostCheckMessage.MostHosts)
            throw new FormatException($"The message names {all.Count} hosts; at most {HostCheckMessage.MostHosts} are allowed.");
        foreach (var one in all)
        {
            if (!HostRowKeys.Shards.Contains(one.Shard) || !HostRowKeys.IsHostId(one.HostId))
                throw new FormatException($"'{one.Shard}' and '{one.HostId}' are not a place of a host.");
        }

        return all;
    }

    /// <summary>A message that asks for one page. It is always the same for a page.</summary>
    public static string WritePageCheck(PageKey page) => JsonSerializer.Serialize(
        new PageCheckMessage { Version = PageCheckMessage.EarlierVersion, Shard = page.Shard, PageId = page.PageId, Round = 0 },
        MessageJson.Stored.PageCheckMessage);

    /// <summary>Reads a message of <see cref="QueueNames.PageChecks"/> that asks for one page; null when it is none.</summary>
    public static PageCheckMessage? FindPageCheck(string text)
    {
        try
        {
            var message = JsonSerializer.Deserialize(text, MessageJson.Stored.PageCheckMessage);
            return message is { Version: PageCheckMessage.EarlierVersion } && message.Round >= 0 && message.Round <= MaxTicks
                ? message
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="FormatException">The text is no such message, or of another version.</exception>
    public static AlertNudge ReadAlertNudge(string text)
    {
        var nudge = Read(text, MessageJson.Stored.AlertNudge);
        if (nudge.Version != AlertNudge.CurrentVersion)
            throw new FormatException($"The alert nudge has version {nudge.Version}; this program knows {AlertNudge.CurrentVersion}.");
        if (!ProjectId.IsValid(nudge.ProjectId) && nudge.ProjectId != Alert.OperatorPartition.Value)
            throw new FormatException($"'{nudge.ProjectId}' is not a project.");
        return nudge;
    }

    /// <exception cref="FormatException">The text is no such message, or of another version.</exception>
    public static ImportMessage ReadImport(string text)
    {
        var message = Read(text, MessageJson.Stored.ImportMessage);
        if (message.Version != ImportMessage.CurrentVersion)
            throw new FormatException(
                $"The import has version {message.Version}; this program knows {ImportMessage.CurrentVersion}.");
        if (!ProjectId.IsValid(message.ProjectId) || (!ImportIds.IsValid(message.Subject) && !ImportIds.IsSheet(message.Subject)))
            throw new FormatException($"'{message.ProjectId}' and '{message.Subject}' are not a project and an import or sheet.");
        return message;
    }

    private static T Read<T>(string text, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new FormatException("The message is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The message is not valid JSON of its kind: {e.Message}", e);
        }
    }
}

/// <summary>Says that a project has changes to report. Losing one is harmless: the sweep finds the outbox rows.</summary>
public sealed record AlertNudge
{
    public const int CurrentVersion = 1;

    [JsonPropertyName("v")]
    public required int Version { get; init; }

    [JsonPropertyName("project")]
    public required string ProjectId { get; init; }
}

/// <summary>Asks for work on an import, or for a look at a polled sheet. Losing one is harmless: the sweep finds what is open.</summary>
public sealed record ImportMessage
{
    public const int CurrentVersion = 1;

    [JsonPropertyName("v")]
    public required int Version { get; init; }

    [JsonPropertyName("project")]
    public required string ProjectId { get; init; }

    /// <summary>The import or the sheet.</summary>
    [JsonPropertyName("subject")]
    public required string Subject { get; init; }
}

/// <summary>
/// Asks for the next step of a run over the due pages of one host. Property names never repeat those of the host's metadata (Id,
/// DequeueCount, ...), which they would shadow.
/// </summary>
public sealed record HostCheckMessage
{
    /// <summary>Version 1 asked for one page; see <see cref="PageCheckMessage"/>.</summary>
    public const int CurrentVersion = 2;

    [JsonPropertyName("v")]
    public required int Version { get; init; }

    [JsonPropertyName("shard")]
    public required string Shard { get; init; }

    [JsonPropertyName("host")]
    public required string HostId { get; init; }

    /// <summary>The step that this message may do. Once it was done, or the run counted as dead, the message is stale.</summary>
    [JsonPropertyName("run")]
    public required string Run { get; init; }

    /// <summary>
    /// Other hosts whose steps are asked for by the same message, with no others of their own; null for none. A version that does not know
    /// it does the first step, and the others are begun anew when their runs count as dead.
    /// </summary>
    [JsonPropertyName("others")]
    public IReadOnlyList<HostCheckMessage>? Others { get; init; }

    /// <summary>The most hosts that one message asks for.</summary>
    public const int MostHosts = 32;
}

/// <summary>
/// Asks for one check of one page: sent by the version before, and kept for pages whose check failed. Property names never repeat those of
/// the host's metadata (Id, DequeueCount, ...), which they would shadow.
/// </summary>
public sealed record PageCheckMessage
{
    public const int EarlierVersion = 1;

    [JsonPropertyName("v")]
    public required int Version { get; init; }

    [JsonPropertyName("shard")]
    public required string Shard { get; init; }

    [JsonPropertyName("page")]
    public required string PageId { get; init; }

    /// <summary>UTC ticks; the version before wrote the end of the page's lease. It does not count any more.</summary>
    [JsonPropertyName("round")]
    public required long Round { get; init; }
}

/// <summary>
/// What a message says besides what it asks for; every kind of message may have it. Whoever does not know these properties passes over
/// them, and a message without them is as good.
/// </summary>
public sealed record MessageNotes
{
    private const string TraceName = "trace";
    private const string DueName = "due";

    // The last one that a DateTimeOffset holds.
    private const long LastMillisecond = 253_402_300_799_999;

    /// <summary>The trace that it continues with, as a W3C <c>traceparent</c>; null for none.</summary>
    [JsonPropertyName(TraceName)]
    public string? Trace { get; init; }

    /// <summary>
    /// Unix milliseconds from which on it can be received; null in messages of earlier versions and in ones that were sent again.
    /// </summary>
    [JsonPropertyName(DueName)]
    public long? Due { get; init; }

    [JsonIgnore]
    public DateTimeOffset? DueAt =>
        Due is >= 0 and <= LastMillisecond ? DateTimeOffset.FromUnixTimeMilliseconds(Due.Value) : null;

    /// <summary>
    /// The notes of a message; empty for whatever has none. Whoever can write to a queue can write anything, so nothing is refused.
    /// </summary>
    public static MessageNotes Read(string? text)
    {
        if (text is null || !text.StartsWith('{'))
            return new MessageNotes();
        try
        {
            return JsonSerializer.Deserialize(text, MessageJson.Stored.MessageNotes) ?? new MessageNotes();
        }
        catch (JsonException)
        {
            return new MessageNotes();
        }
    }

    /// <summary>The message with these notes at its end.</summary>
    /// <param name="json">A JSON object with a property.</param>
    internal string AddTo(string json)
    {
        var trace = Trace is { } text ? $",\"{TraceName}\":{JsonSerializer.Serialize(text, StorageJsonContext.Stored.String)}" : "";
        var time = Due is { } due ? string.Create(CultureInfo.InvariantCulture, $",\"{DueName}\":{due}") : "";
        return json[..^1] + trace + time + "}";
    }

    /// <summary>The message without its notes, so that two that ask for the same are the same text.</summary>
    public static string Strip(string text)
    {
        if (Read(text) is { Trace: null, Due: null } || JsonNode.Parse(text) is not JsonObject message)
            return text;
        message.Remove(TraceName);
        message.Remove(DueName);
        return message.ToJsonString(StorageJsonContext.Stored.Options);
    }
}

/// <summary>The JSON in queue messages.</summary>
[JsonSerializable(typeof(PageCheckMessage))]
[JsonSerializable(typeof(HostCheckMessage))]
[JsonSerializable(typeof(AlertNudge))]
[JsonSerializable(typeof(ImportMessage))]
[JsonSerializable(typeof(MessageNotes))]
internal sealed partial class MessageJson : JsonSerializerContext
{
    public static MessageJson Stored { get; } = new(StorageJsonContext.NewOptions());
}
