using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Monitoring.Outages;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>
/// One round of one page: fetch it and its canonical once, judge every link watched on it. Safe to be stopped at any point and run again:
/// every step is either not yet done or done. A page that robots.txt forbids is read when a project overrides that; the links of the others
/// learn nothing from it. A page that its site says has not changed is not read.
/// </summary>
internal sealed partial class PageCheck(
    ILinkStore links,
    ILinkTypeStore types,
    PageWatchers watchers,
    SettledRound settled,
    ConditionalRound unchanged,
    LinkUpdate linkCheck,
    LinkChecker checker,
    PageObserver observer,
    RelatedPages related,
    OutageGuard guard,
    CheckFaults faults,
    IOptions<MonitoringOptions> options,
    TimeProvider time,
    ILogger<PageCheck> logger)
{
    /// <summary>Runs a round, in the turn of the page's host.</summary>
    /// <param name="budget">Ends when the round must: what is left goes on in another.</param>
    public async Task<PageOutcome> RunAsync(WatchedPage page, CancellationToken budget, CancellationToken cancellationToken)
    {
        var read = new RoundReads();
        var outcome = await RunAsync(page, read, budget, cancellationToken);
        return outcome with { Watchers = page.Settled is null ? read.Links?.Version : null };
    }

    private async Task<PageOutcome> RunAsync(
        WatchedPage page, RoundReads read, CancellationToken budget, CancellationToken cancellationToken)
    {
        IReadOnlyList<Project> projects = [];
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget, cancellationToken);
        try
        {
            var targets = checker.Round(options.Value.TargetBudget);
            var answer = await TrySettledAsync(page, targets, read, either.Token, cancellationToken);
            if (answer is { Outcome: { } confirmed })
            {
                LogUnchanged(page, answer.Fetch, LoggedUrl.Of(page.Url), RoundText.Projects(answer.Projects), page.Settled!.Decisions);
                return confirmed;
            }

            var watch = await watchers.ReadAsync(page, read, cancellationToken);
            var watching = watch.Watching;
            if (watching.Count == 0)
            {
                if (watch.IsPartOnly)
                    return PageOutcome.PutOff(page, time.GetUtcNow() + HostRound.SetAsideFor);

                // The rest of a round may have gone meanwhile, while others still watch.
                return page.Rest is { } rest
                    ? PageOutcome.PutOff(page, rest.Due ?? time.GetUtcNow()) with { Rest = null }
                    : new PageOutcome { Due = null };
            }

            projects = [.. watching.Select(one => one.Project)];
            var asked = answer?.ObeysRobots == ObeysRobots(watching) ? answer.Fetch : null;
            var known = new RoundLinks(links, types, watch.Kept, page.Settled);
            var outcome = await CheckAsync(page, watching, known, asked, targets, either.Token, budget, cancellationToken);
            if (watch.IsPartOnly)
                outcome = outcome with { Settled = null };

            // The links of projects that cannot be read now are checked again before long.
            var soon = time.GetUtcNow() + HostRound.SetAsideFor;
            return watch.IsPartOnly && outcome.Due > soon ? outcome with { Due = soon } : outcome;
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Log.OutOfTime(logger, LoggedUrl.Of(page.Url), RoundText.Projects(projects), options.Value.RoundBudget);
            return PageOutcome.PutOff(page, time.GetUtcNow() + options.Value.RetryOurFault);
        }
    }

    private async Task<SettledAnswer?> TrySettledAsync(
        WatchedPage page, TargetRound targets, RoundReads read, CancellationToken either, CancellationToken cancellationToken)
    {
        try
        {
            return await settled.TryAsync(page, targets, read, either);
        }
        catch (Exception fault) when (CheckFaults.IsOurs(fault))
        {
            // The ordinary round judges the links one by one, so that only the one at fault is left out.
            await faults.NoteAsync(page.Key, page.Url.Href, fault, cancellationToken);
            return null;
        }
    }

    private void LogUnchanged(WatchedPage page, ConditionalFetch fetch, string url, string projects, string decisions)
    {
        if (fetch.By is UnchangedBy.Site)
            Log.Unchanged(logger, url, projects, page.LastFetch!.SeenAt, decisions);
        else
            Log.SameReading(logger, url, projects, page.LastFetch!.SeenAt, decisions);
    }

    private async Task<PageOutcome> CheckAsync(
        WatchedPage page,
        IReadOnlyList<(Watcher Watcher, Project Project)> watching,
        RoundLinks known,
        ConditionalFetch? asked,
        TargetRound targets,
        CancellationToken either,
        CancellationToken budget,
        CancellationToken cancellationToken)
    {
        PageObservations observations;
        try
        {
            var recheck = asked ?? await unchanged.AskAsync(page, watching, known, ObeysRobots(watching), either);
            if (recheck is { UnchangedAt: not null }
                && await ConfirmAsync(page, watching, known, recheck, targets, either, cancellationToken) is { } confirmed)
                return confirmed;
            var seen = recheck?.Observations ?? (await related.CheckAsync(page.Url, ObeysRobots(watching), page.LastFetch, either))
                .After(page.LastFetch);
            if (seen.Seen.IsHostBusy)
                return PageOutcome.PutOff(page, time.GetUtcNow() + (seen.Seen.RetryAfter ?? SharedTurns.LongestWait));
            observations = await guard.ReviewAsync(seen, token => known.WasObservedAsync(watching[0].Watcher, token), either);
        }
        catch (Exception fault) when (CheckFaults.IsOurs(fault))
        {
            await faults.NoteAsync(page.Key, page.Url.Href, fault, cancellationToken);
            var ours = CheckFaults.Observed(page.Url, time.GetUtcNow());
            observations = new PageObservations(ours, ours);
        }

        var judged = await ApplyAsync(page, watching, known, observations, targets, budget, cancellationToken);
        observations.Seen.Reading?.Release();
        var (url, projects) = Logged(page, watching);
        var observed = judged.Seen(observations.Seen);
        Log.Checked(logger, url, projects, observed, judged.Decisions);

        // An earlier fetch does no harm: the links' evidence is newer, so nobody asks with it.
        var seenAt = observations.Seen.CheckedAt;
        return Outcome(page, judged, observations.LastFetch ?? page.LastFetch, seenAt) with
        {
            HostPause = HostPauses.AskedBy(observations.Seen),
            Kept = judged.Keep(seenAt, known.Kept),
            Settled = observations.LastFetch?.SeenAt == seenAt ? judged.Settle(watching, seenAt, seenAt) : null,
        };
    }

    /// <summary>Applies it that nothing has changed. Null when that is not enough for every link.</summary>
    private async Task<PageOutcome?> ConfirmAsync(
        WatchedPage page,
        IReadOnlyList<(Watcher Watcher, Project Project)> watching,
        RoundLinks known,
        ConditionalFetch recheck,
        TargetRound targets,
        CancellationToken either,
        CancellationToken cancellationToken)
    {
        if (!guard.NoteAnswer(page.Url))
            return null;
        try
        {
            if (await unchanged.ConfirmAsync(page, watching, known, recheck, targets, either) is not { } confirmed)
                return null;
            var (url, projects) = Logged(page, watching);
            LogUnchanged(page, recheck, url, projects, confirmed.Decisions);
            var at = recheck.UnchangedAt!.Value;
            return Outcome(page, confirmed, recheck.LastFetch, at) with
            {
                Settled = confirmed.Settle(watching, page.LastFetch!.SeenAt, at),
                Kept = confirmed.Keep(at, known.Kept),
            };
        }
        catch (Exception fault) when (CheckFaults.IsOurs(fault))
        {
            // The full fetch judges the links one by one, so that only the one at fault is left out.
            await faults.NoteAsync(page.Key, page.Url.Href, fault, cancellationToken);
            return null;
        }
    }

    private async Task<RoundOutcome> ApplyAsync(
        WatchedPage page,
        IReadOnlyList<(Watcher Watcher, Project Project)> watching,
        RoundLinks known,
        PageObservations observations,
        TargetRound targets,
        CancellationToken budget,
        CancellationToken cancellationToken)
    {
        using var round = new LinkRound(watching.Count)
        {
            Page = page,
            SeenBy = SeenBy,
            Links = known,
            Siblings = new PageSiblings(known, watching, SeenBy),
            Moves = new MoveSearch(observer, observations.Seen),
            Targets = targets,
            Budget = budget,
        };
        var outcomes = await linkCheck.ApplyAllAsync(round, watching, cancellationToken);

        var outcome = new RoundOutcome();
        outcome.AddJudgedBefore(page.Rest?.Due);
        foreach (var (index, (watcher, _)) in watching.Index())
        {
            if (outcomes[index] is { } link)
                outcome.Add(watcher, link);
            else
                outcome.AddLeft(watcher);
        }

        return outcome;

        Observation SeenBy(Project project) => project.ObeyRobots ? observations.Obedient : observations.Seen;
    }

    private static bool ObeysRobots(IReadOnlyList<(Watcher Watcher, Project Project)> watching) =>
        watching.All(one => one.Project.ObeyRobots);

    private static (string Url, string Projects) Logged(WatchedPage page, IReadOnlyList<(Watcher Watcher, Project Project)> watching) =>
        (LoggedUrl.Of(page.Url), RoundText.Projects(watching.Select(one => one.Project)));

    private PageOutcome Outcome(WatchedPage page, RoundOutcome links, LastFetch? lastFetch, DateTimeOffset checkedAt)
    {
        var outcome = new PageOutcome
        {
            Due = links.Due ?? checkedAt + LinkUpdate.OrphanAge,
            CheckedAt = checkedAt,
            LastFetch = lastFetch,
            From = links.TargetsFrom,
        };
        if (links.FirstLeft is not { } left)
            return outcome;

        // The rest of the round is due at once, and ends where the round began. What was seen must be seen again for it, so nothing is left
        // to ask with.
        var until = page.Rest is { } rest ? rest.Until : page.TargetsFrom;
        return outcome with
        {
            Due = time.GetUtcNow(),
            LastFetch = null,
            From = page.TargetsFrom,
            Rest = new RemainingLinks(left, until, links.Due),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information, Message = "{Url} for {Projects}: not changed since {SeenAt:u}, as the site says: {Decisions}")]
        public static partial void Unchanged(ILogger logger, string url, string projects, DateTimeOffset seenAt, string decisions);

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "{Url} for {Projects}: fetched, and nothing that matters has changed since {SeenAt:u}: {Decisions}")]
        public static partial void SameReading(ILogger logger, string url, string projects, DateTimeOffset seenAt, string decisions);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Url} for {Projects}: {Observed}: {Decisions}")]
        public static partial void Checked(ILogger logger, string url, string projects, string observed, string decisions);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "{Url} for {Projects}: the check took longer than {Budget} (RoundBudget); nothing is judged, and it is retried.")]
        public static partial void OutOfTime(ILogger logger, string url, string projects, TimeSpan budget);
    }
}
