using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Monitoring;

/// <summary>Reads who watches a page.</summary>
public sealed class PageWatchers(IPageStore pages, IProjectStore projects)
{
    // Ended in one round, in transactions of a hundred; the others in the next. A page may be watched by tens of thousands of links.
    private const int MaxEnded = 5_000;

    /// <summary>
    /// The watchers with their projects, beginning where the last round had no time left for the targets; those that it had no time for at all when there
    /// are such. Watches of projects that were deleted are ended and left out. Those of projects whose rows cannot be read stay, and are left out.
    /// </summary>
    public async Task<PageWatch> ReadAsync(WatchedPage page, CancellationToken cancellationToken)
    {
        var (before, from, gone) = (new List<(Watcher, Project)>(), new List<(Watcher, Project)>(), new List<Watcher>());
        var start = page.Rest?.From ?? page.TargetsFrom;
        var known = new Dictionary<ProjectId, Project?>();
        var unreadable = new HashSet<ProjectId>();
        await foreach (var watcher in pages.ReadWatchersAsync(page.Key, cancellationToken))
        {
            if (unreadable.Contains(watcher.ProjectId))
                continue;
            if (!known.TryGetValue(watcher.ProjectId, out var project))
            {
                try
                {
                    known[watcher.ProjectId] = project = await projects.GetAsync(watcher.ProjectId, cancellationToken);
                }
                catch (UnreadableRowException)
                {
                    unreadable.Add(watcher.ProjectId);
                    continue;
                }
            }

            if (project is not null)
                (start?.IsAfter(watcher) == true ? before : from).Add((watcher, project));
            else if (gone.Count < MaxEnded)
                gone.Add(watcher);
        }

        if (gone.Count > 0)
            await pages.UnwatchAsync(page.Key, gone, cancellationToken);
        return new PageWatch(page.Rest is { } rest ? Rest(rest, from, before) : [.. from, .. before], unreadable.Count > 0);
    }

    private static List<(Watcher Watcher, Project Project)> Rest(
        RoundRest rest, List<(Watcher Watcher, Project Project)> from, List<(Watcher Watcher, Project Project)> before)
    {
        if (rest.Until is not { } until)
            return from;
        var isBehind = until.IsAfter(new Watcher(rest.From.ProjectId, rest.From.LinkId, default));
        return isBehind ? [.. from.Where(IsBeforeEnd)] : [.. from, .. before.Where(IsBeforeEnd)];

        bool IsBeforeEnd((Watcher Watcher, Project Project) one) => until.IsAfter(one.Watcher);
    }
}
