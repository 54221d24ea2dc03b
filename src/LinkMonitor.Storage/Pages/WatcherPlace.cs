using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Pages;

/// <summary>Where a watcher stands among those of its page, which are read in the order of their keys.</summary>
public sealed record WatcherPlace(ProjectId ProjectId, LinkId LinkId)
{
    /// <summary>Whether a watcher stands before this place.</summary>
    public bool IsAfter(Watcher watcher)
    {
        ArgumentNullException.ThrowIfNull(watcher);
        var byProject = string.CompareOrdinal(watcher.ProjectId.Value, ProjectId.Value);
        return byProject < 0 || (byProject == 0 && string.CompareOrdinal(watcher.LinkId.Value, LinkId.Value) < 0);
    }
}
