using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Queues;

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
