using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Alerts;

/// <summary>
/// What the telling of one project remembers. Whoever plans writes it over the version that was read, so that two never plan the same.
/// </summary>
public sealed record AlertPlan
{
    public required ProjectId ProjectId { get; init; }

    /// <summary>Before this nothing in the outbox can be ready to be told, so it need not be read; null for at once.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>When the project needs attention though nothing changes (a digest, a reminder, a settling); in the past when it was not given yet.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>When each cause was told last, by a short hash of the cause. Old ones are dropped.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Causes { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>By channel: the end of the last period that its digest was made for.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Digests { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }
}
