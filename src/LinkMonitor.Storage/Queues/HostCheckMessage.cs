using System.Text.Json.Serialization;

namespace LinkMonitor.Storage.Queues;

/// <summary>
/// Asks for the next step of a run over the due pages of one host. Property names never repeat those of the host's metadata (Id, DequeueCount, ...), which
/// they would shadow.
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
}
