using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Engine.Checking;

/// <summary>Judges links on an observed page, and their targets with them: the one way from an observation to a verdict, for every caller.</summary>
public sealed class LinkChecker(TargetObserver targets)
{
    /// <summary>Judges a link that is watched, with what earlier checks know of it.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<Verdict> CheckAsync(Observation observation, Expectation expectation, LinkStatus status, CancellationToken cancellationToken)
    {
        var memory = Memory(status);
        var verdict = await CheckAsync(observation, expectation, memory, cancellationToken);
        if (memory.Baseline is not null || BaselineFactory.From(verdict) is not { } first)
            return verdict;

        // The first sight is what later ones are compared with, so it differs from nothing; else the second check would tell a recovery.
        return await CheckAsync(observation, expectation, memory with { Baseline = first }, cancellationToken);
    }

    /// <summary>Judges a link that nothing is known of.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<Verdict> CheckAsync(Observation observation, Expectation expectation, CancellationToken cancellationToken) =>
        CheckAsync(observation, expectation, LinkMemory.None, cancellationToken);

    /// <summary>What is wrong with the target of a link that was judged before; empty when it is well, not asked for or not seen.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<IReadOnlyList<Reason>> TargetReasonsAsync(Expectation expectation, CancellationToken cancellationToken) =>
        await targets.LookAsync(expectation.Target, cancellationToken) is { } target ? TargetJudge.Reasons(target, null) : [];

    private static LinkMemory Memory(LinkStatus status) => new()
    {
        Baseline = status.Baseline,
        LastSeen = status.LastSeenEvidence is { TextLength: { } text, LinkCount: { } links } ? new PageMeasure(text, links) : null,
    };

    private async Task<Verdict> CheckAsync(Observation observation, Expectation expectation, LinkMemory memory, CancellationToken cancellationToken)
    {
        var verdict = LinkJudge.Judge(observation, expectation, memory);
        if (!TargetJudge.IsAsked(verdict, expectation))
            return verdict;
        return await targets.LookAsync(expectation.Target, cancellationToken) is { } target
            ? TargetJudge.Add(verdict, target, memory.Baseline)
            : verdict;
    }
}
