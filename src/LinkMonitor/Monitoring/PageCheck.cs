using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Monitoring.Outages;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Writing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>
/// One round of one page: fetch it and its canonical once, judge every link watched on it, move the page on in the schedule. Safe to be stopped at any
/// point and run again: every step is either not yet done or done. A page that robots.txt forbids is read when a project overrides that; the
/// links of the others learn nothing from it. A page that its site says has not changed is not read.
/// </summary>
internal sealed partial class PageCheck(
    IPageStore pages,
    ILinkStore links,
    PageWatchers watchers,
    UnchangedRound unchanged,
    LinkCheck linkCheck,
    LinkChecker checker,
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

        var watching = await watchers.ReadAsync(page, cancellationToken);
        if (watching.Count == 0)
        {
            await pages.RemoveAsync(page, cancellationToken);
            Log.Unwatched(logger, key.PageId);
            return;
        }

        await CheckAsync(page, watching, cancellationToken);
    }

    private async Task CheckAsync(
        WatchedPage page, IReadOnlyList<(Watcher Watcher, Project Project)> watching, CancellationToken cancellationToken)
    {
        var obeyRobots = watching.All(one => one.Project.ObeyRobots);
        var targets = checker.Round(options.Value.TargetBudget);
        var recheck = await unchanged.AskAsync(page, watching, obeyRobots, cancellationToken);
        if (recheck?.UnchangedAt is { } at && guard.NoteAnswer(page.Url) && await unchanged.ConfirmAsync(page, watching, at, targets, cancellationToken) is { } confirmed)
        {
            Log.Unchanged(logger, page.Key.PageId, page.Sight!.SeenAt, watching.Count);
            await MoveOnAsync(page, page.Sight.Confirmed(at), confirmed, at, cancellationToken);
            return;
        }

        var seen = recheck?.Look ?? (await related.LookAsync(page.Url, obeyRobots, cancellationToken)).After(page.Sight);
        var look = await guard.ReviewAsync(seen, token => linkCheck.WasObservedAsync(watching[0].Watcher, token), cancellationToken);
        Log.Observed(logger, page.Key.PageId, look.Seen.Kind, look.Seen.Status, watching.Count);
        var judged = await ApplyAsync(page.Key, watching, look, targets, cancellationToken);

        // An earlier sight does no harm: the links' evidence is newer, so nobody asks with it.
        await MoveOnAsync(page, look.Sight ?? page.Sight, judged, look.Seen.CheckedAt, cancellationToken);
    }

    private async Task<RoundOutcome> ApplyAsync(
        PageKey key,
        IReadOnlyList<(Watcher Watcher, Project Project)> watching,
        PageLook look,
        TargetRound targets,
        CancellationToken cancellationToken)
    {
        var outcome = new RoundOutcome();
        var moves = new MoveSearch(observer, look.Seen);
        var siblings = new PageSiblings(links, watching, SeenBy);
        foreach (var (watcher, project) in watching)
        {
            var round = project.CheckTargets ? targets : TargetRound.Off;
            outcome.Add(watcher, await linkCheck.ApplyAsync(key, watcher, project, SeenBy(project), siblings, moves, round, cancellationToken));
        }

        return outcome;

        Observation SeenBy(Project project) => project.ObeyRobots ? look.Obedient : look.Seen;
    }

    private async Task MoveOnAsync(
        WatchedPage page, PageSight? sight, RoundOutcome outcome, DateTimeOffset checkedAt, CancellationToken cancellationToken)
    {
        var due = outcome.Due ?? checkedAt + LinkCheck.OrphanAge;
        var current = page with { Sight = sight, TargetsFrom = outcome.TargetsFrom };
        while (await pages.MoveDueAsync(current, due, checkedAt, cancellationToken) == SaveOutcome.Conflict)
        {
            // Somebody asked for a check meanwhile, or the lease ran out and was taken again: their time stands when it is earlier, and so
            // does what they left to ask with, for whoever wants a check wants a full one.
            var reread = await pages.GetAsync(page.Key, cancellationToken);
            if (reread is null || (reread.DueAt != page.DueAt && reread.DueAt <= due))
                return;
            current = reread;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Page {PageId}: the message is of a round that is over; nothing to do.")]
        public static partial void Stale(ILogger logger, string pageId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Page {PageId} is no longer watched; removed.")]
        public static partial void Unwatched(ILogger logger, string pageId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Page {PageId}: not changed since {SeenAt}, {Watchers} links confirmed.")]
        public static partial void Unchanged(ILogger logger, string pageId, DateTimeOffset seenAt, int watchers);

        [LoggerMessage(Level = LogLevel.Information, Message = "Page {PageId}: {Kind}, status {Status}, {Watchers} links to judge.")]
        public static partial void Observed(ILogger logger, string pageId, ObservationKind kind, int? status, int watchers);
    }
}
