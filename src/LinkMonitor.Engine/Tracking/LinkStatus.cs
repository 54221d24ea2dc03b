using System.Text.Json.Serialization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

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

    /// <summary>
    /// Something else is expected than at the last check that saw the page: only a full fetch of it can tell whether that is met.
    /// </summary>
    public bool ExpectationChanged { get; init; }

    /// <summary>
    /// The parts of the expectation that the link's type, not a person, has changed since the last check that saw the page. Where the page
    /// is in them what it was, nothing has happened that anybody should be notified of.
    /// </summary>
    public ExpectationParts RetypedParts { get; init; }

    /// <summary>What was held when the page became unreachable; set exactly while it is.</summary>
    public HeldState? BeforeUnreachable { get; init; }

    /// <summary>The last check, seen or not.</summary>
    public Evidence? LastEvidence { get; init; }

    /// <summary>What the last check saw of the page; null before the first.</summary>
    public CheckOutcome? LastOutcome => LastEvidence?.Look();

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

    /// <summary>
    /// The page at the last check that found the link; null before one did, and in links that were stored before this was kept.
    /// </summary>
    public KnownPage? Known { get; init; }

    /// <summary>A mark a day of what the checks saw.</summary>
    public DayLog Days { get; init; } = DayLog.Empty;

    /// <summary>A link that has just been registered.</summary>
    public static LinkStatus New(DateTimeOffset now) => new() { State = LinkState.Pending, Since = now };
}

/// <summary>A state with its reasons, as confirmed.</summary>
/// <param name="State">Never <see cref="LinkState.Unreachable"/>.</param>
/// <param name="Reasons">Empty for live and pending.</param>
public sealed record HeldState(LinkState State, IReadOnlyList<Reason> Reasons)
{
    /// <summary>What is held of the link itself: an unreachable page takes nothing away from it.</summary>
    internal static HeldState Of(LinkStatus status) => status.BeforeUnreachable ?? new HeldState(status.State, status.Reasons);

    internal bool Holds(Reason reason) => Reasons.Any(reason.IsSameAs);

    internal bool HoldsCode(ReasonCode code) => Reasons.Any(reason => reason.Code == code);
}

/// <summary>What we hold true about a watched link (axis B).</summary>
[JsonConverter(typeof(WireNameJsonConverter<LinkState>))]
public enum LinkState
{
    /// <summary>Never observed.</summary>
    Pending,

    /// <summary>There, as expected.</summary>
    Live,

    /// <summary>There, not as expected.</summary>
    Changed,

    /// <summary>Was there, and is confirmed gone.</summary>
    Lost,

    /// <summary>Was not there at the first observation, and has not been since.</summary>
    NotFound,

    /// <summary>Could not be observed for seven days (a setting).</summary>
    Unreachable,
}

/// <summary>
/// When a suspicion should be checked again: after minutes when it is fresh, then after an hour, then after a quarter of its age up
/// to six hours, so that a page that cannot be seen, or a domain that takes days to confirm, is not hammered. A check is brought
/// forward to the moment that can confirm. What would notify nobody, or was already reported in another wording, waits the six hours.
/// </summary>
public static class RecheckSchedule
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);
    private const int AgeShare = 4;

    /// <summary>A function of the status alone, so that applying an observation again gives the same answer.</summary>
    /// <returns>Null without suspicions.</returns>
    public static DateTimeOffset? Next(LinkStatus status, ConfirmationPolicy policy)
    {
        if (status.Suspicions.Count == 0 || status.LastCheckedAt is not { } now)
            return null;

        var held = HeldState.Of(status);
        var wait = status.Suspicions.Min(suspicion => Wait(suspicion, held, policy, now));
        return now + Longer(wait, Shortest);
    }

    private static TimeSpan Wait(Suspicion suspicion, HeldState held, ConfirmationPolicy policy, DateTimeOffset now)
    {
        if (held.State is LinkState.Lost or LinkState.NotFound || held.HoldsCode(suspicion.Reason.Code))
            return Longer(Longest, policy.LaterRecheck);

        var isFresh = suspicion.Observations == 1 && suspicion.LastSeen >= now;
        var age = now - suspicion.FirstSeen;
        var wait = isFresh
            ? policy.FirstRecheck
            : Longer(policy.LaterRecheck, Shorter(age / AgeShare, Longest));

        // Once that moment has passed, only the pace counts: the page could not be seen when it mattered.
        var rule = policy.For(suspicion.Reason);
        var untilConfirmed = rule.Over - age;
        return suspicion.Observations + 1 >= rule.Observations && untilConfirmed > TimeSpan.Zero
            ? Shorter(wait, untilConfirmed)
            : wait;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
