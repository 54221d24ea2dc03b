using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Alerts;

/// <summary>A note that a project's outbox may hold something.</summary>
/// <param name="NotedAt">The latest note; null when its row cannot be read: then nobody may take it back.</param>
/// <param name="ETag">The version that was read; null with <paramref name="NotedAt"/>.</param>
public sealed record PendingProject(ProjectId ProjectId, DateTimeOffset? NotedAt, string? ETag);
