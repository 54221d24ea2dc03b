using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Judging.Targets;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Checking;

/// <summary>
/// Judges links on an observed page, and their targets with them: the one way from an observation to a verdict, for every caller.
/// </summary>
public sealed class LinkChecker(TargetObserver targets, TimeProvider timeProvider)
{
    /// <summary>Judges a link that is watched, with what earlier checks know of it.</summary>
    /// <param name="round">Fetches the targets of the page's links.</param>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static Task<Verdict> CheckAsync(
        Observation observation, Expectation expectation, LinkStatus status, TargetRound round, CancellationToken cancellationToken) =>
        CheckWatchedAsync(observation, expectation, Memory(status), round, cancellationToken);

    /// <inheritdoc cref="CheckAsync(Observation, Expectation, LinkStatus, TargetRound, CancellationToken)"/>
    /// <param name="taken">The links of the page that other watched links of the project are: see <see cref="WatchedSet"/>.</param>
    public static Task<Verdict> CheckAsync(
        Observation observation, Expectation expectation, LinkStatus status, IReadOnlySet<int> taken, TargetRound round,
        CancellationToken cancellationToken) =>
        CheckWatchedAsync(observation, expectation, Memory(status) with { Taken = taken }, round, cancellationToken);

    private static async Task<Verdict> CheckWatchedAsync(
        Observation observation, Expectation expectation, LinkMemory memory, TargetRound round, CancellationToken cancellationToken)
    {
        var verdict = await CheckAsync(observation, expectation, memory, round, cancellationToken);
        if (memory.Baseline is not null || BaselineFactory.From(verdict) is not { } first)
            return verdict;

        // The first check is what later ones are compared with, so it differs from nothing; otherwise the second check would report a
        // recovery.
        return await CheckAsync(observation, expectation, memory with { Baseline = first }, round, cancellationToken);
    }

    /// <summary>
    /// Judges a link that nothing is known of, however long its target takes. Nobody will check it again: a target that our own network
    /// kept us from makes the verdict unknown.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<Verdict> CheckAsync(Observation observation, Expectation expectation, CancellationToken cancellationToken)
    {
        var verdict = await CheckAsync(observation, expectation, LinkMemory.None, cancellationToken);
        return verdict is { TargetGap: TargetGap.OurFault, Target: { } target }
            ? With(verdict, TargetJudge.ReasonsAlone(TargetFinding.Of(target)))
            : verdict;
    }

    /// <summary>A verdict on a link with what <see cref="TargetReasonsAsync"/> says of its target.</summary>
    public static Verdict With(Verdict verdict, IReadOnlyList<Reason> targetReasons) => verdict with
    {
        State = TargetJudge.StateWith(verdict.State, targetReasons),
        Reasons = [.. verdict.Reasons, .. targetReasons],
    };

    /// <summary>Judges a link of which something is known, however long its target takes.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<Verdict> CheckAsync(
        Observation observation, Expectation expectation, LinkMemory memory, CancellationToken cancellationToken) =>
        CheckAsync(observation, expectation, memory, Round(Timeout.InfiniteTimeSpan), cancellationToken);

    /// <summary>Judges a link without a check of its target; a redirector on the way to that is followed.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<Verdict> JudgeAsync(
        Observation observation, Expectation expectation, LinkMemory memory, CancellationToken cancellationToken) =>
        JudgeAsync(observation, expectation, memory, Round(Timeout.InfiniteTimeSpan), cancellationToken);

    /// <summary>The checks of targets of one round of a page.</summary>
    /// <param name="budget">For all of them together.</param>
    public TargetRound Round(TimeSpan budget) => new(targets, budget, timeProvider);

    /// <summary>
    /// What is wrong with the target of a link that was judged before, or that our own network kept us from it; empty when it is well, not
    /// asked for or not seen.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<IReadOnlyList<Reason>> TargetReasonsAsync(Expectation expectation, CancellationToken cancellationToken) =>
        await targets.FetchAsync(expectation.Target, cancellationToken) is { } fetched
            ? TargetJudge.ReasonsAlone(TargetFinding.Of(fetched))
            : [];

    /// <summary>
    /// Fetches the target of a link whose page has not changed: null when that would make the verdict another one, so that the page must
    /// be judged; else what was learnt, as <see cref="TargetFinding.Gap"/> tells.
    /// </summary>
    /// <param name="status">As of the last full fetch of the page.</param>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static async Task<TargetFinding?> RecheckTargetAsync(
        Expectation expectation, LinkStatus status, TargetRound round, CancellationToken cancellationToken)
    {
        var memory = Memory(status);
        if (!WasAsked(expectation, status))
            return TargetFinding.Missing(TargetGap.Off);
        var finding = await round.FetchAsync(expectation.Target, cancellationToken);
        var before = status.Reasons.Where(TargetJudge.IsOfTarget).ToList();
        var now = TargetJudge.ReasonsOf(finding, memory);
        var isFirstFetch = finding.Gap is null && memory.Baseline is { IsTargetUnknown: true };
        var isNewSilence = TargetJudge.SilenceOf(finding, before) is not null;
        var isSame = now.Count == before.Count && now.All(reason => before.Exists(reason.IsSameAs));
        return isSame && !isFirstFetch && !isNewSilence ? finding : null;
    }

    /// <summary>
    /// What the target of a link must go on being for the page's last reading to say all there is to say of the link. Null when that is
    /// more than a <see cref="SteadyTarget"/> tells: something is wrong with the target already, or it was never fetched.
    /// </summary>
    /// <param name="checksTargets">Whether the link's project has targets fetched.</param>
    public static SteadyTarget? SteadyTargetOf(Expectation expectation, LinkStatus status, bool checksTargets)
    {
        ArgumentNullException.ThrowIfNull(status);
        if (status.Reasons.Any(TargetJudge.IsOfTarget))
            return null;
        if (!WasAsked(expectation, status) || !checksTargets)
            return SteadyTarget.Unasked;
        return status.Baseline is { IsTargetUnknown: false } baseline
            ? new SteadyTarget(expectation.Target.Href) { LeadsTo = baseline.TargetLeadsTo }
            : null;
    }

    /// <summary>Fetches the target, if it is asked for.</summary>
    /// <returns>Whether it answered as it must; false also when nobody could tell.</returns>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static async Task<bool> IsAsItWasAsync(SteadyTarget target, TargetRound round, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(round);
        if (target.Url is null)
            return true;
        return WebUrl.TryParse(target.Url, out var url)
            && await round.FetchAsync(url, cancellationToken) is { Gap: null, Fetch: { } fetched }
            && TargetJudge.IsAsItWas(fetched, target.LeadsTo);
    }

    /// <summary>Whether the last full fetch found the link, so that its target mattered.</summary>
    private static bool WasAsked(Expectation expectation, LinkStatus status) =>
        status.State is LinkState.Live or LinkState.Changed && TargetJudge.IsAsked(expectation, status.Reasons);

    /// <summary>What earlier checks know of a link.</summary>
    public static LinkMemory Memory(LinkStatus status) => new()
    {
        Baseline = status.Baseline,
        TargetReasons = [.. HeldState.Of(status).Reasons.Where(TargetJudge.IsOfTarget)],
        TargetSuspectedAt = status.Suspicions.Where(suspicion => TargetJudge.IsOfTarget(suspicion.Reason))
            .Max(suspicion => (DateTimeOffset?)suspicion.LastSeen),
        MostOccurrences = status.LastSeenEvidence?.MostOccurrences ?? 0,
        Known = status.Known ?? FromEvidence(status.LastSeenEvidence),
        Outbound = status.Outbound,
        LastAnchor = status.LastSeenEvidence?.Anchor,
        Place = status.LastSeenEvidence is { ContextBefore: { } before, ContextAfter: { } after } ? (before, after) : null,
        AgreedPlace = AgreedPlace(status),
    };

    // A link that is known to have moved stands in its new place as before, which does not mean that it is only called otherwise.
    private static PlaceOnPage? AgreedPlace(LinkStatus status) =>
        status.LastAgreedEvidence is { ContextBefore: { } left, ContextAfter: { } right, TextShare: { } share }
            && HeldState.Of(status).Reasons.All(reason => reason.Code is not ReasonCode.PlacementChanged)
            ? new PlaceOnPage(left, right, share) : null;

    private static async Task<Verdict> JudgeAsync(
        Observation observation, Expectation expectation, LinkMemory memory, TargetRound round, CancellationToken cancellationToken)
    {
        var verdict = LinkJudge.Judge(observation, expectation, memory);
        if (verdict.Best is not null || IndirectLinks.Candidate(observation, expectation, memory) is not { } candidate)
            return verdict;
        var followed = new FollowedLink(candidate, await round.FollowAsync(candidate.Url!, cancellationToken))
        {
            StandsForLink = IndirectLinks.StandsForLink(observation, candidate, expectation, memory),
            IsKnown = IndirectLinks.IsKnownRedirector(observation, candidate, expectation),
        };
        return LinkJudge.Judge(observation, expectation, memory, followed);
    }

    /// <summary>What a link that was stored before pages were remembered knows of its page.</summary>
    private static KnownPage? FromEvidence(Evidence? seen) => seen is { TextLength: { } text, LinkCount: { } links }
        ? new KnownPage { FinalUrl = seen.FinalUrl, Title = seen.Title, TextLength = text, LinkCount = links }
        : null;

    private static async Task<Verdict> CheckAsync(
        Observation observation, Expectation expectation, LinkMemory memory, TargetRound round, CancellationToken cancellationToken)
    {
        var verdict = await JudgeAsync(observation, expectation, memory, round, cancellationToken);
        return TargetJudge.IsAsked(verdict, expectation)
            ? TargetJudge.Add(
                verdict, await round.FetchAsync(expectation.Target, memory.TargetSuspectedAt, cancellationToken), memory)
            : verdict;
    }
}

/// <summary>A target with which nothing is wrong, and which must go on so.</summary>
/// <param name="Url">Null when it is not fetched.</param>
public sealed record SteadyTarget(string? Url)
{
    public static SteadyTarget Unasked { get; } = new((string?)null);

    /// <summary>Where it led at the first check, as in <see cref="Baseline.TargetLeadsTo"/>; null for nowhere else.</summary>
    public string? LeadsTo { get; init; }
}
