using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Pages;

/// <summary>A watched link seen from its page.</summary>
/// <param name="Since">
/// When the watch was written last; an orphan (no such link) is removed only when it is old enough not to be a registration under way.
/// </param>
public sealed record Watcher(ProjectId ProjectId, LinkId LinkId, DateTimeOffset Since)
{
    /// <summary>The version that was read; it changes whenever the link is registered again.</summary>
    public string? ETag { get; init; }
}
