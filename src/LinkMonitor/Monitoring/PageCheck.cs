using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Monitoring.Outages;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Writing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>
/// One round of one page: fetch it and its canonical once, judge every link watched on it, move the page on in the schedule. Safe to be stopped at any
/// point and run again: every step is either not yet done or done. A page that robots.txt forbids is read when a project overrides that; the
/// links of the others learn nothing from it.
/// </summary>
public sealed partial class PageCheck(
    IPageStore pages,
    IProjectStore projects,
    LinkCheck linkCheck,
    PageObserver observer,
    RelatedPages related,
    OutageGuard guard,
    IOptions<MonitoringOptions> options,
    ILogger<PageCheck> logger)
{
    /// <summary>Runs the round that a message belongs to.</summary>
    /// <param name="round">The lease the message was sent with. When the page has moved on since, nothing is done.</param>
    public async Task RunAsync(PageKey key, DateTimeOffset round, CancellationToken cancellationToken)
    {
        var page = await pages.GetAsync(key, cancellationToken);
        if (page is null || page.DueAt != round)
        {
            Log.Stale(logger, key.PageId);
            return;
        }

        var watchers = await ReadWatchersAsync(key, cancellationToken);
        if (watchers.Count == 0)
        {
            await pages.RemoveAsync(page, cancellationToken);
            Log.Unwatched(logger, key.PageId);
            return;
        }

        var watching = await ReadProjectsAsync(watchers, cancellationToken);
        var seen = await related.LookAsync(page.Url, watching.All(one => one.Project?.ObeyRobots ?? true), cancellationToken);
        var look = await guard.ReviewAsync(seen, token => linkCheck.WasObservedAsync(watchers[0], token), cancellationToken);
        Log.Observed(logger, key.PageId, look.Seen.Kind, look.Seen.Status, watchers.Count);
        var due = await ApplyAsync(key, watching, look, cancellationToken);
        await MoveOnAsync(page, due ?? look.Seen.CheckedAt + LinkCheck.OrphanAge, look.Seen, cancellationToken);
    }

    private async Task<List<Watcher>> ReadWatchersAsync(PageKey key, CancellationToken cancellationToken)
    {
        var watchers = new List<Watcher>();
        await foreach (var watcher in pages.ReadWatchersAsync(key, cancellationToken))
            watchers.Add(watcher);
        return watchers;
    }

    /// <summary>The watchers by project; null for a project that is gone: its links are purged without it.</summary>
    private async Task<List<(Project? Project, IGrouping<ProjectId, Watcher> Watchers)>> ReadProjectsAsync(
        List<Watcher> watchers, CancellationToken cancellationToken)
    {
        var watching = new List<(Project?, IGrouping<ProjectId, Watcher>)>();
        foreach (var ofProject in watchers.GroupBy(watcher => watcher.ProjectId))
            watching.Add((await projects.GetAsync(ofProject.Key, cancellationToken), ofProject));
        return watching;
    }

    private async Task<DateTimeOffset?> ApplyAsync(
        PageKey key, List<(Project? Project, IGrouping<ProjectId, Watcher> Watchers)> watching, PageLook look, CancellationToken cancellationToken)
    {
        DateTimeOffset? earliest = null;
        var moves = new MoveSearch(observer, look.Seen);
        foreach (var (stored, watchers) in watching)
        {
            var project = stored ?? Deleted(watchers.Key, look.Seen.CheckedAt);
            var observation = project.ObeyRobots ? look.Obedient : look.Seen;
            foreach (var watcher in watchers)
                earliest = Earlier(earliest, await linkCheck.ApplyAsync(key, watcher, project, observation, moves, cancellationToken));
        }

        return earliest;
    }

    private async Task MoveOnAsync(
        WatchedPage page, DateTimeOffset due, Observation observation, CancellationToken cancellationToken)
    {
        var current = page;
        while (await pages.MoveDueAsync(current, due, observation.CheckedAt, cancellationToken) == SaveOutcome.Conflict)
        {
            // Somebody asked for a check meanwhile, or the lease ran out and was taken again: their time stands when it is earlier.
            var reread = await pages.GetAsync(page.Key, cancellationToken);
            if (reread is null || (reread.DueAt != page.DueAt && reread.DueAt <= due))
                return;
            current = reread;
        }
    }

    private Project Deleted(ProjectId id, DateTimeOffset now) =>
        new() { Id = id, Name = id.Value, CreatedAt = now, CheckEvery = options.Value.RetryUnobserved };

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Page {PageId}: the message is of a round that is over; nothing to do.")]
        public static partial void Stale(ILogger logger, string pageId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Page {PageId} is no longer watched; removed.")]
        public static partial void Unwatched(ILogger logger, string pageId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Page {PageId}: {Kind}, status {Status}, {Watchers} links to judge.")]
        public static partial void Observed(ILogger logger, string pageId, ObservationKind kind, int? status, int watchers);
    }
}
