using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Monitoring;

/// <summary>
/// The links that each project watches on a page in one round, so that one of them is not told as the successor of another. They are read when the first link of a project is gone and
/// something may have taken its place, and then once.
/// </summary>
internal sealed class PageSiblings(
    ILinkStore links, IReadOnlyList<(Watcher Watcher, Project Project)> watching, Func<Project, Observation> seenBy)
{
    private readonly Dictionary<ProjectId, (IReadOnlyList<LinkId> Ids, WatchedSet Set)> _known = [];

    /// <summary>The links of the page that the other links of the project are; empty when the project watches no other on the page.</summary>
    public async Task<IReadOnlySet<int>> TakenFromAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(watcher.ProjectId, out var known))
            _known[watcher.ProjectId] = known = await ReadAsync(watcher.ProjectId, cancellationToken);
        var index = known.Ids.Index().FirstOrDefault(id => id.Item == watcher.LinkId, (-1, default)).Index;
        return index < 0 ? new HashSet<int>() : known.Set.TakenFrom(index);
    }

    private async Task<(IReadOnlyList<LinkId> Ids, WatchedSet Set)> ReadAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        List<LinkId> ids = [];
        List<(Expectation, LinkMemory)> watched = [];
        var own = watching.Where(one => one.Watcher.ProjectId == projectId).ToList();
        foreach (var (watcher, _) in own)
        {
            if (await links.FindReadableAsync(projectId, watcher.LinkId, cancellationToken) is not { } link)
                continue;
            ids.Add(link.Id);
            watched.Add((link.Expectation, LinkChecker.Memory(link.Status)));
        }

        return (ids, WatchedSet.Of(seenBy(own[0].Project), watched));
    }
}
