using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Telemetry;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Telemetry;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>
/// Applies one observation of a page to the links watched on it, and keeps the outcome: those of a project together. Links that cannot be
/// kept so, since somebody wrote one of them or one is at fault, are read, judged and written one by one. <see cref="OutcomeWriter"/>
/// writes.
/// </summary>
internal sealed partial class LinkUpdate(
    OutcomeWriter writer,
    IPageStore pages,
    CheckFaults faults,
    IOptions<MonitoringOptions> options,
    TimeProvider time,
    ILogger<LinkUpdate> logger)
{
    /// <summary>A watch without a link is a registration under way until it is this old.</summary>
    internal static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    /// <summary>What is judged is written after this, also when others are still to be judged: targets may take minutes.</summary>
    internal static readonly TimeSpan LongestHeld = TimeSpan.FromSeconds(30);

    /// <summary>Judges the links in their order, and writes them together.</summary>
    /// <returns>In their order; null for each that the round had no time for.</returns>
    internal async Task<LinkOutcome?[]> ApplyAllAsync(
        LinkRound round, IReadOnlyList<(Watcher Watcher, Project Project)> watching, CancellationToken cancellationToken)
    {
        var outcomes = new LinkOutcome?[watching.Count];
        for (var from = 0; from < watching.Count && !round.Budget.IsCancellationRequested; from += RoundLinks.Most)
        {
            var read = await round.Links.ReadAllAsync(Part(watching, from), cancellationToken);
            List<HeldLink> held = [];
            try
            {
                var since = time.GetUtcNow();
                foreach (var (offset, link) in read.Index())
                {
                    var index = from + offset;
                    if (link is null)
                        outcomes[index] = await ApplyAsync(round, index, watching[index], cancellationToken);
                    else if (await JudgeAsync(round, index, watching[index], link, cancellationToken) is { } judged)
                        held.Add(judged);
                    if (time.GetUtcNow() - since < LongestHeld)
                        continue;
                    await SaveAsync(held);
                    (held, since) = ([], time.GetUtcNow());
                }

                await SaveAsync(held);
            }
            finally
            {
                held.ForEach(one => one.Span?.Dispose());
            }
        }

        return outcomes;

        Task SaveAsync(List<HeldLink> held) => writer.SaveAsync(
            round.Links, held, outcomes, index => ApplyAsync(round, index, watching[index], cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Judges, tracks and saves one link. When somebody else wrote it meanwhile, the same observation is judged against what they wrote.
    /// </summary>
    /// <param name="index">The link's place in the round.</param>
    /// <returns>Null when the round had no time for the link.</returns>
    private async Task<LinkOutcome?> ApplyAsync(
        LinkRound round, int index, (Watcher Watcher, Project Project) watching, CancellationToken cancellationToken)
    {
        var (watcher, _) = watching;
        try
        {
            if (round.Budget.IsCancellationRequested)
                return null;
            var attempt = await Contention.GetAsync(
                $"Link {watcher.LinkId}", () => TryApplyAsync(round, index, watching, cancellationToken), cancellationToken);
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
        LinkRound round, int index, (Watcher Watcher, Project Project) watching, CancellationToken cancellationToken)
    {
        if (await round.Links.ReadAgainAsync(watching.Watcher, cancellationToken) is not { } read)
            return new Attempt(IsGone: true, null);
        if (await JudgeAsync(round, index, watching, read, cancellationToken) is not { } judged)
            return new Attempt(IsGone: false, null);
        return await writer.SaveOneAsync(judged, cancellationToken) is { } outcome ? new Attempt(IsGone: false, outcome) : null;
    }

    /// <returns>Null when the round is over before it is judged.</returns>
    private async Task<HeldLink?> JudgeAsync(
        LinkRound round, int index, (Watcher Watcher, Project Project) watching, TypedLink read, CancellationToken cancellationToken)
    {
        var (watcher, project) = watching;
        var span = LinkTrace.Begin(read.Link, round.SeenBy(project).CheckedAt);
        HeldLink? held = null;
        try
        {
            if (await round.JudgeAsync(
                index, stop => JudgeAsync(round, watcher, project, read.Link, stop), cancellationToken) is not { } judged)
                return null;
            var outcome = new LinkOutcome(judged.NextCheck, judged.IsTargetLeft)
            {
                Decision = RoundText.Decision(judged.Result.Status, judged.Result.Transition),
                TypeVersion = read.TypeVersion,
            };
            return held = Held(round.Page, index, watcher, read, judged.Result, outcome) with { Span = span };
        }
        finally
        {
            if (held is null)
                span?.Dispose();
        }
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
    /// Keeps that the page has not changed since its full fetch, and fetches what is not on the page: the targets. A link that was written
    /// meanwhile is checked as it is now.
    /// </summary>
    /// <returns>Null when that is not enough to know how one of the links is: the page must be read.</returns>
    internal async Task<IReadOnlyList<LinkOutcome>?> ConfirmAllAsync(
        UnchangedRound round, IReadOnlyList<(Watcher Watcher, Project Project)> watching, CancellationToken cancellationToken)
    {
        var outcomes = new LinkOutcome?[watching.Count];
        for (var from = 0; from < watching.Count; from += RoundLinks.Most)
        {
            var read = await round.Links.ReadAllAsync(Part(watching, from), cancellationToken);
            List<HeldLink> held = [];
            foreach (var (offset, link) in read.Index())
            {
                var index = from + offset;
                if (link is null && (outcomes[index] = await ConfirmAsync(round, index, watching[index], cancellationToken)) is null)
                    return null;
                if (link is null)
                    continue;
                if (await HoldUnchangedAsync(round, index, watching[index], link, cancellationToken) is not { } confirmed)
                    return null;
                held.Add(confirmed);
            }

            await writer.SaveAsync(
                round.Links, held, outcomes, index => ConfirmAsync(round, index, watching[index], cancellationToken), cancellationToken);
            if (held.Exists(one => outcomes[one.Index] is null))
                return null;
        }

        return [.. outcomes.Select(outcome => outcome!.Value)];
    }

    private async Task<LinkOutcome?> ConfirmAsync(
        UnchangedRound round, int index, (Watcher Watcher, Project Project) watching, CancellationToken cancellationToken)
    {
        var attempt = await Contention.GetAsync(
            $"Link {watching.Watcher.LinkId}", () => TryConfirmAsync(round, index, watching, cancellationToken), cancellationToken);
        if (!attempt.IsGone)
            return attempt.Outcome;

        await ForgetOrphanAsync(round.Page.Key, watching.Watcher, cancellationToken);
        return default(LinkOutcome);
    }

    /// <returns>Null when others wrote the link meanwhile.</returns>
    private async Task<Attempt?> TryConfirmAsync(
        UnchangedRound round, int index, (Watcher Watcher, Project Project) watching, CancellationToken cancellationToken)
    {
        if (await round.Links.ReadAgainAsync(watching.Watcher, cancellationToken) is not { } read)
            return new Attempt(IsGone: true, null);
        if (await HoldUnchangedAsync(round, index, watching, read, cancellationToken) is not { } confirmed)
            return new Attempt(IsGone: false, null);
        return await writer.SaveOneAsync(confirmed, cancellationToken) is { } outcome ? new Attempt(IsGone: false, outcome) : null;
    }

    /// <returns>Null when the page must be read.</returns>
    private static async Task<HeldLink?> HoldUnchangedAsync(
        UnchangedRound round, int index, (Watcher Watcher, Project Project) watching, TypedLink read, CancellationToken cancellationToken)
    {
        var ((watcher, project), link) = (watching, read.Link);
        var (seenAt, at) = (round.Page.LastFetch!.SeenAt, round.Fetch.UnchangedAt!.Value);
        var targets = project.CheckTargets ? round.Targets : TargetRound.Off;
        if (!UnchangedPage.IsEnough(link.Status, seenAt)
            || await LinkChecker.RecheckTargetAsync(link.Expectation, link.Status, targets, cancellationToken) is not { } target
            || UnchangedPage.Confirm(link.Status, seenAt, at, round.Fetch.By, target.Gap) is not { } status)
            return null;
        var outcome = new LinkOutcome(at + project.CheckEvery, target.Gap == TargetGap.OutOfTime)
        {
            Decision = RoundText.Decision(status, null),
            TypeVersion = read.TypeVersion,
        };
        return Held(round.Page, index, watcher, read, new TrackingResult(status, null, null), outcome);
    }

    private static List<Watcher> Part(IReadOnlyList<(Watcher Watcher, Project Project)> watching, int from) =>
        [.. watching.Skip(from).Take(RoundLinks.Most).Select(one => one.Watcher)];

    // The change carries the trace that is current here.
    private static HeldLink Held(
        WatchedPage page, int index, Watcher watcher, TypedLink read, TrackingResult result, LinkOutcome outcome) =>
        new(index, watcher, read, result, result.Transition is { } transition ? ChangeOf(read.Link, transition) : null, outcome)
        {
            MayBeUntold = read.Stored.Status.LastCheckedAt is { } at && !(at <= page.LastCheckedAt),
        };

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
        [LoggerMessage(
            Level = LogLevel.Debug, Message = "Removed the watch of link {LinkId} of project {ProjectId}, which no longer exists.")]
        public static partial void OrphanForgotten(ILogger logger, LinkId linkId, ProjectId projectId);
    }
}

/// <summary>A page that has not changed since its full fetch.</summary>
/// <param name="Page">With the last fetch that its site was asked with.</param>
/// <param name="Fetch">When and how it was known.</param>
internal sealed record UnchangedRound(WatchedPage Page, ConditionalFetch Fetch, TargetRound Targets, RoundLinks Links);
