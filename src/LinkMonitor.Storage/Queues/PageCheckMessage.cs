using System.Text.Json.Serialization;

namespace LinkMonitor.Storage.Queues;

/// <summary>
/// Asks for one check of one page. Property names never repeat those of the host's metadata (Id, DequeueCount, ...), which they would shadow.
/// </summary>
public sealed record PageCheckMessage
{
    public const int CurrentVersion = 1;

    [JsonPropertyName("v")]
    public required int Version { get; init; }

    [JsonPropertyName("shard")]
    public required string Shard { get; init; }

    [JsonPropertyName("page")]
    public required string PageId { get; init; }

    /// <summary>
    /// UTC ticks of the page's lease that this message belongs to. Once the page has moved on in the schedule the message is stale:
    /// its round is done, or a newer message is on its way.
    /// </summary>
    [JsonPropertyName("round")]
    public required long Round { get; init; }
}
