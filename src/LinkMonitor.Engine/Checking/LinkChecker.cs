using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Engine.Checking;

/// <summary>Judges links on an observed page, and their targets with them: the one way from an observation to a verdict, for every caller.</summary>
public sealed class LinkChecker(TargetObserver targets, TimeProvider timeProvider)
{
    /// <summary>Judges a link that is watched, with what earlier checks know of it.</summary>
    /// <param name="round">Looks at the targets of the page's links.</param>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static async Task<Verdict> CheckAsync(
        Observation observation, Expectation expectation, LinkStatus status, TargetRound round, CancellationToken cancellationToken)
    {
        var memory = Memory(status);
        var verdict = await CheckAsync(observation, expectation, memory, round, cancellationToken);
        if (memory.Baseline is not null || BaselineFactory.From(verdict) is not { } first)
            return verdict;

        // The first sight is what later ones are compared with, so it differs from nothing; else the second check would tell a recovery.
        return await CheckAsync(observation, expectation, memory with { Baseline = first }, round, cancellationToken);
    }

    /// <summary>Judges a link that nothing is known of, however long its target takes.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<Verdict> CheckAsync(Observation observation, Expectation expectation, CancellationToken cancellationToken) =>
        CheckAsync(observation, expectation, LinkMemory.None, Round(Timeout.InfiniteTimeSpan), cancellationToken);

    /// <summary>The looks at targets of one round of a page.</summary>
    /// <param name="budget">For all of them together.</param>
    public TargetRound Round(TimeSpan budget) => new(targets, budget, timeProvider);

    /// <summary>What is wrong with the target of a link that was judged before; empty when it is well, not asked for or not seen.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<IReadOnlyList<Reason>> TargetReasonsAsync(Expectation expectation, CancellationToken cancellationToken) =>
        TargetJudge.Reasons(await targets.LookAsync(expectation.Target, cancellationToken), null);

    /// <summary>
    /// Looks at the target of a link whose page has not changed: null when that would make the verdict another one, so that the page must be judged; else
    /// what was learnt, as <see cref="TargetLook.Gap"/> tells.
    /// </summary>
    /// <param name="status">As of the last full look at the page.</param>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static async Task<TargetLook?> LookAgainAsync(
        Expectation expectation, LinkStatus status, TargetRound round, CancellationToken cancellationToken)
    {
        var memory = Memory(status);
        if (!WasAsked(expectation, status))
            return TargetLook.Missing(TargetGap.Off);
        var look = await round.LookAsync(expectation.Target, cancellationToken);
        var before = status.Reasons.Where(TargetJudge.IsOfTarget).ToList();
        var now = TargetJudge.ReasonsOf(look, memory);
        var isFirstSight = look.Gap is null && memory.Baseline is { IsTargetUnknown: true };
        var isNewSilence = TargetJudge.SilenceOf(look, before) is not null;
        var isSame = now.Count == before.Count && now.All(reason => before.Exists(reason.IsSameAs));
        return isSame && !isFirstSight && !isNewSilence ? look : null;
    }

    /// <summary>Whether the last full look found the link, so that its target mattered.</summary>
    private static bool WasAsked(Expectation expectation, LinkStatus status) =>
        status.State is LinkState.Live or LinkState.Changed && TargetJudge.IsAsked(expectation, status.Reasons);

    private static LinkMemory Memory(LinkStatus status) => new()
    {
        Baseline = status.Baseline,
        TargetReasons = [.. HeldState.Of(status).Reasons.Where(TargetJudge.IsOfTarget)],
        LastSeen = status.LastSeenEvidence is { TextLength: { } text, LinkCount: { } links } ? new PageMeasure(text, links) : null,
    };

    private static async Task<Verdict> CheckAsync(
        Observation observation, Expectation expectation, LinkMemory memory, TargetRound round, CancellationToken cancellationToken)
    {
        var verdict = LinkJudge.Judge(observation, expectation, memory);
        return TargetJudge.IsAsked(verdict, expectation)
            ? TargetJudge.Add(verdict, await round.LookAsync(expectation.Target, cancellationToken), memory)
            : verdict;
    }
}
