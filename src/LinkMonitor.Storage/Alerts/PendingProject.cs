using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Alerts;

/// <summary>A note that a project's outbox may hold something.</summary>
/// <param name="NotedAt">The latest note.</param>
/// <param name="ETag">The version that was read.</param>
public sealed record PendingProject(ProjectId ProjectId, DateTimeOffset NotedAt, string ETag);
