using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Judging;

/// <summary>What one observation says of one watched link.</summary>
public sealed record Verdict
{
    public required VerdictState State { get; init; }

    /// <summary>Empty exactly when <see cref="State"/> is <see cref="VerdictState.Live"/>.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>Every matching link of the page, in document order.</summary>
    public IReadOnlyList<PageLink> Occurrences { get; init; } = [];

    /// <summary>The occurrence that decided: the one that misses the fewest expectations. Null without occurrences.</summary>
    public PageLink? Best { get; init; }

    /// <summary>
    /// What an unknown verdict would mean if it lasted: <see cref="ReasonCode.DomainGone"/> when the name does not exist. One check
    /// proves nothing, so it only counts towards a confirmation.
    /// </summary>
    public Reason? Suspected { get; init; }

    public required Observation Observation { get; init; }

    /// <summary>Where the link was found instead, by a search of its own; null when nobody searched or nothing was found.</summary>
    public MovedLink? MovedTo { get; init; }

    /// <summary>What earlier checks add; the tracker sets it, and a judge that knows of none leaves it null.</summary>
    public Hindsight? Hindsight { get; init; }

    /// <summary>Whether what came is the page at all; null when nothing was read.</summary>
    public IdentityFinding? Identity { get; init; }

    /// <summary>What is to be told of the way from the link to the target, when it is not a direct one; null else.</summary>
    public string? Detour { get; init; }

    /// <summary>What to remember of the page on which the link was found; null when it was not.</summary>
    public KnownPage? Known { get; init; }

    /// <summary>Whether the page names another one as its canonical, and the link was looked for there and is missing.</summary>
    public bool IsMissingOnCanonical { get; init; }

    /// <summary>What the check saw of the target itself; null when nobody looked.</summary>
    public TargetSight? Target { get; init; }

    /// <summary>
    /// Why the check cannot say how the target is; null when it can, and when the target does not matter. But for <see cref="TargetGap.Off"/>, what was known of
    /// the target before stands: it is among <see cref="Reasons"/>.
    /// </summary>
    public TargetGap? TargetGap { get; init; }

    /// <summary>
    /// What it would mean if the target went on giving no answer. One check proves nothing, so it is no reason yet and only counts towards
    /// a confirmation.
    /// </summary>
    public Reason? SilentTarget { get; init; }

    /// <summary>The check neither confirms nor refutes what is suspected of the target.</summary>
    internal bool LeavesTargetOpen => TargetGap is Judging.TargetGap.NoAnswer or Judging.TargetGap.OutOfTime;
}
