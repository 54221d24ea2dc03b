using System.Text.Json.Serialization;

namespace LinkMonitor.Storage.Queues;

/// <summary>Says that a project has changes to tell. Losing one is harmless: the sweep finds the outbox rows.</summary>
public sealed record AlertNudge
{
    public const int CurrentVersion = 1;

    [JsonPropertyName("v")]
    public required int Version { get; init; }

    [JsonPropertyName("project")]
    public required string ProjectId { get; init; }
}
