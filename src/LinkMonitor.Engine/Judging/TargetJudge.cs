using LinkMonitor.Engine.Links;

namespace LinkMonitor.Engine.Judging;

/// <summary>Adds to a verdict on a link what is wrong with its target.</summary>
public static class TargetJudge
{
    // In the order in which they are told, after all that is wrong with the link.
    private static readonly ITargetRule[] Rules = [new TargetBroken(), new TargetRedirects()];

    /// <summary>
    /// Whether the target matters to the verdict: the link is there, points to the target and not elsewhere, and the target is one page.
    /// </summary>
    public static bool IsAsked(Verdict verdict, Expectation expectation) =>
        verdict.State is VerdictState.Live or VerdictState.Changed
        && expectation.Match is TargetMatch.Page or TargetMatch.Exact
        && verdict.Reasons.All(reason => reason.Code is not ReasonCode.TargetChanged);

    /// <summary>What is wrong with the target; empty when it is well.</summary>
    public static IReadOnlyList<Reason> Reasons(TargetSight target, Baseline? baseline) =>
        [.. Rules.Select(rule => rule.Check(target, baseline)).OfType<Reason>()];

    /// <summary>The verdict on the link and its target.</summary>
    public static Verdict Add(Verdict verdict, TargetSight target, Baseline? baseline)
    {
        var reasons = Reasons(target, baseline);
        return verdict with
        {
            State = reasons.Count == 0 ? verdict.State : VerdictState.Changed,
            Reasons = [.. verdict.Reasons, .. reasons],
            Target = target,
        };
    }
}
