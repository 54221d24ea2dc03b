using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Monitoring;

/// <summary>Who watches a page.</summary>
/// <param name="Watching">The links to judge in this round, with their projects.</param>
/// <param name="IsPartOnly">Whether there are others, of projects whose rows cannot be read now.</param>
public sealed record PageWatch(IReadOnlyList<(Watcher Watcher, Project Project)> Watching, bool IsPartOnly);
