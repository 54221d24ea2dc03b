using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>Reads who watches a page.</summary>
public sealed class PageWatchers(IPageStore pages, IProjectStore projects, IOptions<MonitoringOptions> options, TimeProvider time)
{
    /// <summary>
    /// The watchers with their projects, beginning where the last round had no time left for the targets; those that it had no time for at all when there
    /// are such.
    /// </summary>
    public async Task<IReadOnlyList<(Watcher Watcher, Project Project)>> ReadAsync(WatchedPage page, CancellationToken cancellationToken)
    {
        var (before, from) = (new List<(Watcher, Project)>(), new List<(Watcher, Project)>());
        var start = page.Rest?.From ?? page.TargetsFrom;
        var known = new Dictionary<ProjectId, Project>();
        await foreach (var watcher in pages.ReadWatchersAsync(page.Key, cancellationToken))
        {
            if (!known.TryGetValue(watcher.ProjectId, out var project))
                known[watcher.ProjectId] = project = await projects.GetAsync(watcher.ProjectId, cancellationToken) ?? Deleted(watcher.ProjectId);
            (start?.IsAfter(watcher) == true ? before : from).Add((watcher, project));
        }

        return page.Rest is { } rest ? Rest(rest, from, before) : [.. from, .. before];
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

    /// <summary>Stands for a project that is gone: its links are purged without it.</summary>
    private Project Deleted(ProjectId id) =>
        new() { Id = id, Name = id.Value, CreatedAt = time.GetUtcNow(), CheckEvery = options.Value.RetryUnobserved };
}
