using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Targets;

/// <summary>Adds to a verdict on a link what is wrong with its target.</summary>
public static class TargetJudge
{
    // In the order in which they are reported, after all that is wrong with the link.
    private static readonly ITargetRule[] Rules = [new TargetBroken(), new TargetRedirects()];

    /// <summary>
    /// Whether the target matters to the verdict: the link is there, points to the target and not elsewhere, and the target is one page.
    /// </summary>
    public static bool IsAsked(Verdict verdict, Expectation expectation) =>
        verdict.State is VerdictState.Live or VerdictState.Changed && IsAsked(expectation, verdict.Reasons);

    /// <summary>What was found of a target, as a reason has it, in words.</summary>
    public static string Words(string found) => TargetBroken.Words(found);

    /// <summary>The same of a link that is there.</summary>
    internal static bool IsAsked(Expectation expectation, IReadOnlyList<Reason> reasons) =>
        expectation.Match is TargetMatch.Page or TargetMatch.Exact && reasons.All(reason => reason.Code is not ReasonCode.TargetChanged);

    /// <summary>What is wrong with the target; empty when it is well.</summary>
    public static IReadOnlyList<Reason> Reasons(TargetFetch target, Baseline? baseline) =>
        [.. Rules.Select(rule => rule.Check(target, baseline)).OfType<Reason>()];

    /// <summary>Whether nothing is wrong with a target that leads where it did at the first check.</summary>
    /// <param name="leadsTo">As in <see cref="Baseline.TargetLeadsTo"/>.</param>
    internal static bool IsAsItWas(TargetFetch target, string? leadsTo) =>
        !target.IsBroken && !target.IsSilent && (!target.IsRedirected || TargetRedirects.Key(target) == leadsTo);

    /// <summary>
    /// What a check says of the target that nothing was known of before: what is wrong with it, or that our own network failed.
    /// </summary>
    public static IReadOnlyList<Reason> ReasonsAlone(TargetFinding target) => target switch
    {
        { Gap: TargetGap.OurFault, Fetch: { } failed } =>
        [
            new Reason
            {
                Code = ReasonCode.OurFault,
                Message = $"The link is there, but its target {failed.Url} could not be checked. {failed.Problem}",
            },
        ],
        { Fetch: { } fetched } => Reasons(fetched, null),
        _ => [],
    };

    /// <summary>
    /// The state of a link that is there, with what is said of its target: changed when something is wrong with it, and unknown when our
    /// own network kept us from it and nothing else is wrong.
    /// </summary>
    public static VerdictState StateWith(VerdictState state, IReadOnlyList<Reason> reasons) =>
        reasons.Any(reason => reason.Code != ReasonCode.OurFault) ? VerdictState.Changed
        : reasons.Count > 0 && state == VerdictState.Live ? VerdictState.Unknown
        : state;

    /// <summary>What is held to be wrong with the target after a fetch, or after none.</summary>
    internal static IReadOnlyList<Reason> ReasonsOf(TargetFinding target, LinkMemory memory) => target switch
    {
        { Gap: TargetGap.Off } => [],
        { Gap: null, Fetch: { } fetched } => Reasons(fetched, memory.Baseline),
        _ => memory.TargetReasons,
    };

    /// <summary>
    /// What it means if the target goes on giving no answer; null when it gave one, and when it is held to be broken anyway.
    /// </summary>
    /// <param name="held">What is held to be wrong with the target.</param>
    internal static Reason? SilenceOf(TargetFinding target, IEnumerable<Reason> held) =>
        target.Fetch is { IsSilent: true } fetched && held.All(reason => reason.Code is not ReasonCode.TargetBroken)
            ? TargetBroken.Silent(fetched)
            : null;

    /// <summary>Whether a reason is about the target itself.</summary>
    internal static bool IsOfTarget(Reason reason) => OwnSide.Is(reason.Code);

    /// <summary>
    /// The verdict on the link and its target. Of a target that nobody could check, what was known before stands: it is not judged, and
    /// it has not recovered.
    /// </summary>
    public static Verdict Add(Verdict verdict, TargetFinding target, LinkMemory memory)
    {
        var reasons = ReasonsOf(target, memory);
        return verdict with
        {
            State = StateWith(verdict.State, reasons),
            Reasons = [.. verdict.Reasons, .. reasons],
            Target = target.Fetch,
            TargetGap = target.Gap,
            SilentTarget = SilenceOf(target, memory.TargetReasons),
        };
    }
}

/// <summary>One thing that can be wrong with the target itself. Registered by one line in <see cref="TargetJudge"/>.</summary>
internal interface ITargetRule
{
    /// <summary>Why the link is worth less than it was; null when the target is well.</summary>
    Reason? Check(TargetFetch target, Baseline? baseline);
}
