using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;

namespace LinkMonitor.Engine.Tracking;

/// <summary>Everything the tracker remembers of a watched link between two checks.</summary>
public sealed record LinkStatus
{
    public required LinkState State { get; init; }

    /// <summary>Why the state is not <see cref="LinkState.Live"/>; empty for live and pending.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>
    /// When the state began: the first observation that said so, not the one that confirmed it. Reasons that come and go within a
    /// state do not move it.
    /// </summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Null until an observation finds the link.</summary>
    public Baseline? Baseline { get; init; }

    public IReadOnlyList<Suspicion> Suspicions { get; init; } = [];

    /// <summary>The last check, whatever it saw; null before the first.</summary>
    public DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>The last check that really saw the page (or its confirmed absence).</summary>
    public DateTimeOffset? LastObservedAt { get; init; }

    /// <summary>The last check that saw the link.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>
    /// The first of the checks in a row that could not see the page; null when the last one could. A check that was our own fault
    /// neither starts nor ends such a row.
    /// </summary>
    public DateTimeOffset? UnobservedSince { get; init; }

    /// <summary>
    /// The part of the time since <see cref="UnobservedSince"/> that passed under our own faults; it does not count towards
    /// <see cref="LinkState.Unreachable"/>.
    /// </summary>
    public TimeSpan UnobservedByOurFault { get; init; }

    /// <summary>Something else is expected than at the last check that saw the page: only a full look at it can tell whether that is met.</summary>
    public bool ExpectationChanged { get; init; }

    /// <summary>What was held when the page became unreachable; set exactly while it is.</summary>
    public HeldState? BeforeUnreachable { get; init; }

    /// <summary>The last check, seen or not.</summary>
    public Evidence? LastEvidence { get; init; }

    /// <summary>What the last check saw of the page; null before the first.</summary>
    public LookKind? LastLook => LastEvidence is { } last ? last.Look ?? LookKinds.Of(last.Observation) : null;

    /// <summary>The last check that found the link: the "before" of a loss.</summary>
    public Evidence? LastSeenEvidence { get; init; }

    /// <summary>
    /// The last check that agreed with the state and left nothing suspected: the "before" of a change. <see cref="LastSeenEvidence"/>
    /// cannot be that, for the check that raised the suspicion also found the link.
    /// </summary>
    public Evidence? LastAgreedEvidence { get; init; }

    /// <summary>
    /// The page's other outbound links at the last check that found the link with the rel that is expected; null before one did.
    /// </summary>
    public OutboundLinks? Outbound { get; init; }

    /// <summary>The page at the last check that found the link; null before one did, and in links that were stored before this was kept.</summary>
    public KnownPage? Known { get; init; }

    /// <summary>A mark a day of what the checks saw.</summary>
    public DayLog Days { get; init; } = DayLog.Empty;

    /// <summary>A link that has just been registered.</summary>
    public static LinkStatus New(DateTimeOffset now) => new() { State = LinkState.Pending, Since = now };
}
