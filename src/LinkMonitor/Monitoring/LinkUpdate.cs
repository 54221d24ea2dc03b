using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Cases;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Failures;
using LinkMonitor.Retention;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Telemetry;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Telemetry;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>Applies one observation of a page to one link watched on it, and keeps the outcome.</summary>
internal sealed partial class LinkUpdate(
    ILinkStore links,
    ILinkTypeStore types,
    ICaseStore cases,
    IPageStore pages,
    IAlertStore alerts,
    NudgeSender nudges,
    CheckFaults faults,
    ISetAside aside,
    IOptions<MonitoringOptions> options,
    ProductMeter meter,
    IOptions<AlertOptions> alertOptions,
    IOptions<RetentionOptions> retention,
    TimeProvider time,
    ILogger<LinkUpdate> logger)
{
    /// <summary>A watch without a link is a registration under way until it is this old.</summary>
    internal static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    /// <summary>
    /// Judges, tracks and saves. When somebody else wrote the link meanwhile, the same observation is judged against what they wrote.
    /// </summary>
    /// <param name="index">The link's place in the round.</param>
    /// <returns>Null when the round had no time for the link.</returns>
    internal async Task<LinkOutcome?> ApplyAsync(
        LinkRound round, int index, (Watcher Watcher, Project Project) watching, CancellationToken cancellationToken)
    {
        var (watcher, project) = watching;
        try
        {
            if (round.Budget.IsCancellationRequested)
                return null;
            var attempt = await Contention.GetAsync(
                $"Link {watcher.LinkId}", () => TryApplyAsync(round, index, watcher, project, cancellationToken), cancellationToken);
            if (!attempt.IsGone)
                return attempt.Outcome;
        }
        catch (ContentionException)
        {
            // It was written all the time, and judged by whoever wrote it; the others of the page do not wait.
            return new LinkOutcome(time.GetUtcNow() + options.Value.RetryOurFault, false) { Decision = "written by others each time" };
        }
        catch (Exception fault) when (CheckFaults.IsOurs(fault))
        {
            // The link itself cannot be read or written: the others of the page are served, and this one is tried again.
            await faults.NoteAsync(round.Page.Key, round.Page.Url.Href, fault, cancellationToken);
            return new LinkOutcome(time.GetUtcNow() + options.Value.RetryOurFault, false) { Decision = "failed through our fault" };
        }
        finally
        {
            round.Pass(index);
        }

        await ForgetOrphanAsync(round.Page.Key, watcher, cancellationToken);
        return default(LinkOutcome);
    }

    /// <returns>Null when others wrote the link meanwhile.</returns>
    private async Task<Attempt?> TryApplyAsync(
        LinkRound round, int index, Watcher watcher, Project project, CancellationToken cancellationToken)
    {
        if (await ReadAsync(watcher, cancellationToken) is not ({ } link, var typeVersion))
            return new Attempt(IsGone: true, null);
        using var span = LinkTrace.Begin(link, round.SeenBy(project).CheckedAt);
        if (await round.JudgeAsync(
            index, stop => JudgeAsync(round, watcher, project, link, stop), cancellationToken) is not { } judged)
            return new Attempt(IsGone: false, null);
        if (await TrySaveAsync(link, judged.Result, cancellationToken) is not { } written)
            return null;
        if (judged.Result.Transition is { } transition)
            meter.Changed(transition);
        var decision = RoundText.Decision(judged.Result.Status, judged.Result.Transition);
        var outcome = new LinkOutcome(judged.NextCheck, judged.IsTargetLeft)
        {
            Decision = decision,
            Written = written,
            TypeVersion = typeVersion,
        };
        return new Attempt(IsGone: false, outcome);
    }

    /// <summary>
    /// The link, with what its type says now: so a type that is changed reaches each of its links with the next check, and nobody has to go
    /// through all of them.
    /// </summary>
    private async Task<(WatchedLink? Link, string? TypeVersion)> ReadAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        var link = await links.GetAsync(watcher.ProjectId, watcher.LinkId, cancellationToken);
        if (link?.Type is not { } key)
            return (link, null);
        var known = await types.ReadAsync(watcher.ProjectId, cancellationToken);
        return (LinkTyping.Follow(link, known), known.Find(key)?.Version);
    }

    /// <summary>A link whose judging throws learns nothing: the fault is ours, and none of the page's.</summary>
    private async Task<JudgedLink> JudgeAsync(
        LinkRound round, Watcher watcher, Project project, WatchedLink link, CancellationToken cancellationToken)
    {
        var observation = round.SeenBy(project);
        try
        {
            var targets = project.CheckTargets ? round.Targets : TargetRound.Off;
            var verdict = await LinkChecker.CheckAsync(observation, link.Expectation, link.Status, targets, cancellationToken);
            if (verdict.Reasons.Any(reason => reason.Code == ReasonCode.TargetChanged)
                && await round.Siblings.TakenFromAsync(watcher, cancellationToken) is { Count: > 0 } taken)
                verdict = await LinkChecker.CheckAsync(observation, link.Expectation, link.Status, taken, targets, cancellationToken);
            var result = LinkTracker.Apply(link.Status, verdict, project.Confirmation);
            if (MoveSearch.IsDue(link.Status, verdict, result)
                && await round.Moves.FindAsync(link.Expectation, link.Status.LastSeenEvidence, cancellationToken) is { } moved)
                result = LinkTracker.Apply(link.Status, verdict with { MovedTo = moved }, project.Confirmation);
            return Judged(result, observation, verdict.TargetGap == TargetGap.OutOfTime);
        }
        catch (Exception fault) when (CheckFaults.IsOurs(fault))
        {
            await faults.NoteAsync(round.Page.Key, round.Page.Url.Href, fault, cancellationToken);
            var ours = CheckFaults.Observed(round.Page.Url, observation.CheckedAt);
            return Judged(
                LinkTracker.Apply(link.Status, LinkJudge.Judge(ours, link.Expectation, LinkMemory.None), project.Confirmation),
                ours,
                false);
        }

        JudgedLink Judged(TrackingResult result, Observation seen, bool isTargetLeft) =>
            new(result, NextCheck.For(result, project.CheckEvery, seen, options.Value), isTargetLeft);
    }

    /// <summary>
    /// Keeps that the page has not changed since its full fetch, and fetches what is not on the page: the target. A link that was written
    /// meanwhile is checked as it is now.
    /// </summary>
    /// <param name="page">The page, with the last fetch that its site was asked with.</param>
    /// <param name="unchanged">When and how that was known.</param>
    /// <returns>Null when that is not enough to know how the link is: the page must be read.</returns>
    internal async Task<LinkOutcome?> ConfirmAsync(
        WatchedPage page, Watcher watcher, Project project, ConditionalFetch unchanged, TargetRound targets,
        CancellationToken cancellationToken)
    {
        var attempt = await Contention.GetAsync(
            $"Link {watcher.LinkId}",
            () => TryConfirmAsync(page.LastFetch!.SeenAt, watcher, project, unchanged, targets, cancellationToken),
            cancellationToken);
        if (!attempt.IsGone)
            return attempt.Outcome;

        await ForgetOrphanAsync(page.Key, watcher, cancellationToken);
        return default(LinkOutcome);
    }

    /// <returns>Null when others wrote the link meanwhile.</returns>
    private async Task<Attempt?> TryConfirmAsync(
        DateTimeOffset seenAt, Watcher watcher, Project project, ConditionalFetch unchanged, TargetRound targets,
        CancellationToken cancellationToken)
    {
        var at = unchanged.UnchangedAt!.Value;
        if (await ReadAsync(watcher, cancellationToken) is not ({ } link, var typeVersion))
            return new Attempt(IsGone: true, null);
        if (!UnchangedPage.IsEnough(link.Status, seenAt)
            || await LinkChecker.RecheckTargetAsync(link.Expectation, link.Status, targets, cancellationToken) is not { } target
            || UnchangedPage.Confirm(link.Status, seenAt, at, unchanged.By, target.Gap) is not { } status)
            return new Attempt(IsGone: false, null);
        if (await TrySaveAsync(link, new TrackingResult(status, null, null), cancellationToken) is not { } written)
            return null;
        var outcome = new LinkOutcome(at + project.CheckEvery, target.Gap == TargetGap.OutOfTime)
        {
            Decision = RoundText.Decision(status, null),
            Written = written,
            TypeVersion = typeVersion,
        };
        return new Attempt(IsGone: false, outcome);
    }

    /// <summary>Whether the last check of the link, if there was one, could see its page.</summary>
    public async Task<bool> WasObservedAsync(Watcher watcher, CancellationToken cancellationToken) =>
        await links.FindReadableAsync(watcher.ProjectId, watcher.LinkId, cancellationToken) is
        { Status: { LastObservedAt: not null, UnobservedSince: null } };

    /// <returns>As it is stored, without a version where that is not known; null when others wrote the link meanwhile.</returns>
    private async Task<WatchedLink?> TrySaveAsync(WatchedLink link, TrackingResult result, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(result.Status, link.Status))
            return link;
        var saved = await SaveAsync(link, result, cancellationToken);
        if (saved.Outcome == SaveOutcome.Saved)
            return link with { Status = result.Status, ETag = saved.Version };
        Log.LinkMoved(logger, link.Id, saved.Outcome);
        return null;
    }

    private async Task<SavedLink> SaveAsync(WatchedLink link, TrackingResult result, CancellationToken cancellationToken)
    {
        if (link.Status.LastCheckedAt is { } last && StoredTime.IsFromFuture(last, time.GetUtcNow()))
            await aside.NoteFutureAsync($"links of {link.ProjectId}", cancellationToken);

        var change = result.Transition is { } transition ? ChangeOf(link, transition) : null;
        var step = change is null ? null : await CaseOfAsync(link, change, cancellationToken);
        var saved = link with { Status = Kept(result.Status), CaseId = step?.Case.Id ?? link.CaseId };
        if (change is not { Transition.Alerts: true })
            return await links.SaveJudgedAsync(saved, change, step, cancellationToken);

        // The note comes before the outbox row: a crash between the two leaves a note too many, never a change untold.
        await alerts.MarkPendingAsync(link.ProjectId, time.GetUtcNow(), cancellationToken);
        var outcome = await links.SaveJudgedAsync(saved, change, step, cancellationToken);
        if (outcome.Outcome == SaveOutcome.Saved)
            await nudges.NudgeAsync(link.ProjectId, time.GetUtcNow() + alertOptions.Value.GroupingDelay, cancellationToken);
        return outcome;
    }

    // In one transaction with the change: a change without its case, or the other way round, cannot be.
    private async Task<CaseStep?> CaseOfAsync(WatchedLink link, LinkChange change, CancellationToken cancellationToken) =>
        CaseRules.Of(await CaseRegistry.LastOfAsync(cases, link, cancellationToken), change, link.IsMutedAt(time.GetUtcNow()));

    // Every check takes the marks away that have been kept for long enough, so that nobody has to go through all links for it.
    private LinkStatus Kept(LinkStatus status) =>
        status with { Days = status.Days.Since(DayLogEntry.Day(time.GetUtcNow()).AddDays(1 - retention.Value.DayMarks)) };

    private static LinkChange ChangeOf(WatchedLink link, LinkTransition transition) => new()
    {
        Id = ChangeIdFactory.For(link.ProjectId, link.Id, transition),
        ProjectId = link.ProjectId,
        LinkId = link.Id,
        Page = link.Page,
        Target = link.Expectation.Target,
        Type = link.Type,
        Transition = transition,
        Trace = ProductTelemetry.CurrentTrace,
    };

    private async Task ForgetOrphanAsync(PageKey page, Watcher watcher, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - watcher.Since < OrphanAge)
            return;
        await pages.RemoveOrphanAsync(page, watcher, cancellationToken);
        Log.OrphanForgotten(logger, watcher.LinkId, watcher.ProjectId);
    }

    /// <param name="Outcome">Null when the link is gone, the round had no time for it, or its page must be read.</param>
    private sealed record Attempt(bool IsGone, LinkOutcome? Outcome);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Link {LinkId} was written by someone else ({Outcome}); judging again.")]
        public static partial void LinkMoved(ILogger logger, LinkId linkId, SaveOutcome outcome);

        [LoggerMessage(
            Level = LogLevel.Debug, Message = "Removed the watch of link {LinkId} of project {ProjectId}, which no longer exists.")]
        public static partial void OrphanForgotten(ILogger logger, LinkId linkId, ProjectId projectId);
    }
}
