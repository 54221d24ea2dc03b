using System.Text.Json.Serialization;

namespace LinkMonitor.Storage.Queues;

/// <summary>
/// Asks for one check of one page: sent by the version before, and kept for pages whose check failed. Property names never repeat those of the host's metadata (Id, DequeueCount, ...), which they would shadow.
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
