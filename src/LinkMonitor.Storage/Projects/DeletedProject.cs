namespace LinkMonitor.Storage.Projects;

/// <summary>A project that is gone, and of which something may be left to purge.</summary>
/// <param name="DeletedAt">What was under way then may write for a while longer.</param>
/// <param name="ETag">The version that was read.</param>
public sealed record DeletedProject(ProjectId Id, DateTimeOffset DeletedAt, string ETag);
