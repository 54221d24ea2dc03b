using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Judging.Targets;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Tracking;

/// <summary>
/// What was held of a link, and what one check says of it, give what is held now. A pure function: the only clock is the time of the
/// check. Worse findings must be confirmed (<see cref="ConfirmationPolicy"/>), better ones count at once.
/// </summary>
/// <remarks>
/// An unreachable page gives its link back as soon as a check agrees with something that was held before; a new finding is
/// confirmed first, and the link stays unreachable until then.
/// </remarks>
public static class LinkTracker
{
    /// <summary>
    /// Applies one check. A check that is not newer than the last one applied changes nothing, so a redelivered or late one is harmless;
    /// unless the last one is from a clock that was ahead (<see cref="StatusTimes"/>).
    /// </summary>
    public static TrackingResult Apply(LinkStatus previous, Verdict verdict, ConfirmationPolicy policy)
    {
        var at = verdict.Observation.CheckedAt;
        if (at <= previous.LastCheckedAt && !StatusTimes.IsAhead(previous, at))
            return new TrackingResult(previous, null, RecheckSchedule.Next(previous, policy));

        previous = StatusTimes.Mend(previous, at);
        verdict = VerdictMemory.Enrich(verdict, previous);
        var evidence = EvidenceFactory.From(verdict);
        if (verdict.Observation.Kind == ObservationKind.OurFault)
            return Pass(previous, evidence, policy);

        var decision = verdict.State == VerdictState.Unknown
            ? UnseenPageTracking.Decide(previous, verdict, policy)
            : SeenPageTracking.Decide(previous, verdict, policy);
        evidence = WithWhatIsHeld(evidence, verdict, decision);
        var status = Write(previous, verdict, decision, evidence);
        return new TrackingResult(status, Transition(previous, status, decision, evidence), RecheckSchedule.Next(status, policy));
    }

    // A check that only suspects says that it may pass; that is over when it confirms what was suspected.
    private static Evidence WithWhatIsHeld(Evidence evidence, Verdict verdict, Decision decision) =>
        decision.State is LinkState.Lost or LinkState.NotFound
        && verdict.Suspected is { } suspected && evidence.Explanation is { } explanation
        && decision.Reasons is [var held, ..] && held.Code == suspected.Code
            ? evidence with { Explanation = explanation with { Sentence = ShortText.Cut(held.Message, Explainer.LongestSentence) } }
            : evidence;

    /// <summary>Our own fault says nothing of the link; it only stops the clock that runs towards unreachable.</summary>
    private static TrackingResult Pass(LinkStatus previous, Evidence evidence, ConfirmationPolicy policy)
    {
        var lostTime = previous.UnobservedSince is { } since ? evidence.CheckedAt - (previous.LastCheckedAt ?? since) : TimeSpan.Zero;
        var status = previous with
        {
            LastCheckedAt = evidence.CheckedAt,
            LastEvidence = evidence,
            UnobservedByOurFault = previous.UnobservedByOurFault + lostTime,
        };
        return new TrackingResult(status, null, RecheckSchedule.Next(status, policy));
    }

    private static LinkStatus Write(LinkStatus previous, Verdict verdict, Decision decision, Evidence evidence)
    {
        var now = evidence.CheckedAt;
        var status = previous with
        {
            State = decision.State,
            Reasons = decision.Reasons,
            Suspicions = decision.Suspicions,
            Since = decision.State == previous.State ? previous.Since : decision.Since,
            BeforeUnreachable = decision.BeforeUnreachable,
            LastCheckedAt = now,
            LastEvidence = evidence,
            Days = previous.Days.With(DayLogEntry.Day(now), Mark(decision)),
        };
        if (!decision.IsObserved)
            return status with { UnobservedSince = previous.UnobservedSince ?? now };

        status = status with
        {
            LastObservedAt = now,
            UnobservedSince = null,
            UnobservedByOurFault = TimeSpan.Zero,
            ExpectationChanged = false,
            RetypedParts = ExpectationParts.None,
            LastAgreedEvidence = decision.Suspicions.Count == 0 ? evidence : previous.LastAgreedEvidence,
        };
        return verdict.State is VerdictState.Live or VerdictState.Changed ? WriteFound(status, verdict, evidence) : status;
    }

    private static DayMark Mark(Decision decision) =>
        decision.IsObserved ? DayLogEntry.OfSeen(decision.State, decision.Reasons, decision.Suspicions) : DayMark.CouldNotTell;

    private static LinkStatus WriteFound(LinkStatus status, Verdict verdict, Evidence evidence) => status with
    {
        LastSeenAt = evidence.CheckedAt,
        LastSeenEvidence = evidence,
        Outbound = VerdictMemory.Outbound(verdict, status.Outbound),
        Known = verdict.Known ?? status.Known,
        Baseline = BaselineFactory.After(status.Baseline, verdict),
    };

    private static LinkTransition? Transition(LinkStatus previous, LinkStatus status, Decision decision, Evidence evidence)
    {
        var isNewState = previous.State != status.State;
        var isNewReason = !AreSame(previous.Reasons, status.Reasons);
        if (!isNewState && (!isNewReason || status.State == LinkState.NotFound))
            return null;

        var isFirst = HeldState.Of(previous).State == LinkState.Pending;
        var isLoss = isNewState && status.State == LinkState.Lost;
        return new LinkTransition
        {
            From = previous.State,
            To = status.State,
            ReasonsBefore = previous.Reasons,
            ReasonsAfter = status.Reasons,
            At = evidence.CheckedAt,
            Since = decision.Since,
            Before = isLoss ? previous.LastSeenEvidence : previous.LastAgreedEvidence,
            After = evidence,
            HeldBefore = previous.BeforeUnreachable,
            Alerts = !isFirst && (isNewState || status.State != LinkState.Lost) && !Retyping.IsAllThereIs(previous, status, evidence),
        };
    }

    private static bool AreSame(IReadOnlyList<Reason> some, IReadOnlyList<Reason> others) =>
        some.Count == others.Count && some.All(reason => others.Any(reason.IsSameAs));
}

/// <summary>A move of a link's state or of its reasons; becomes a stored change.</summary>
public sealed record LinkTransition
{
    public required LinkState From { get; init; }

    public required LinkState To { get; init; }

    public required IReadOnlyList<Reason> ReasonsBefore { get; init; }

    public required IReadOnlyList<Reason> ReasonsAfter { get; init; }

    /// <summary>
    /// What was held when the page became unreachable, for a move out of <see cref="LinkState.Unreachable"/>; null for all others, and in
    /// changes that were stored before this was kept.
    /// </summary>
    public HeldState? HeldBefore { get; init; }

    /// <summary>The observation that completed the move.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The first observation that said so; equal to <see cref="At"/> when no confirmation was needed.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>
    /// The last check before that found the link (for a loss) or agreed with the state and reasons until now (for all else). Null at
    /// the first observation.
    /// </summary>
    public required Evidence? Before { get; init; }

    public required Evidence After { get; init; }

    /// <summary>
    /// Whether people are notified: false for a link that was never observed before (an import never alerts), for a lost link that is
    /// lost in another way, and where the page is what it was and only the link's type expects something else.
    /// </summary>
    public required bool Alerts { get; init; }
}

/// <summary>What one observation made of a link's status.</summary>
/// <param name="Status">The new status; equal to the old one when the observation had been applied before.</param>
/// <param name="Transition">The change, if the state or its reasons moved.</param>
/// <param name="RecheckAt">When an unconfirmed finding should be checked again; null when the ordinary schedule will do.</param>
public sealed record TrackingResult(LinkStatus Status, LinkTransition? Transition, DateTimeOffset? RecheckAt);

internal static class BaselineFactory
{
    /// <summary>
    /// What <paramref name="verdict"/> saw of the link; null when it did not find one. A link to another URL of the site is proof of that,
    /// but not what "as first seen" should mean for the watched one.
    /// </summary>
    public static Baseline? From(Verdict verdict)
    {
        if (verdict.Best is not { } link || verdict.Reasons.Any(reason => reason.Code == ReasonCode.TargetChanged))
            return null;

        var robots = verdict.Observation.Reading?.Robots ?? RobotsDirectives.None;
        return new Baseline
        {
            Rel = link.Qualifiers,
            Anchor = link.Anchor,
            Placement = link.Placement,
            Hidden = link.Hidden,
            Indexable = robots.Index,
            PageNofollow = !robots.Follow,
            GoogleDisallowed = verdict.Observation.DisallowedForGoogle is not null,
            IsMissingOnCanonical = verdict.IsMissingOnCanonical,
            TargetLeadsTo = LeadsTo(verdict),
            IsTargetUnknown = verdict.TargetGap is not null,
            SeenAt = verdict.Observation.CheckedAt,
        };
    }

    /// <summary>The first check of a link stays; that of its target may come later.</summary>
    public static Baseline? After(Baseline? first, Verdict verdict) => first switch
    {
        null => From(verdict),
        { IsTargetUnknown: true } when verdict is { Target: not null, TargetGap: null } =>
            first with { TargetLeadsTo = LeadsTo(verdict), IsTargetUnknown = false },
        _ => first,
    };

    private static string? LeadsTo(Verdict verdict) =>
        verdict.Target is { IsRedirected: true } target ? TargetRedirects.Key(target) : null;
}

/// <summary>
/// Mends the times of a status that a clock which was ahead has left in the future: they would keep every check from counting until they
/// come. The clock is the time of a check, and a check may be applied late, so that only what is further ahead than any run lasts counts as
/// wrong. Pure.
/// </summary>
internal static class StatusTimes
{
    /// <summary>Longer than any function may run: an observation is never applied so late.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(30);

    /// <summary>Whether the last check is from a clock that was ahead.</summary>
    /// <param name="at">When this check was made.</param>
    public static bool IsAhead(LinkStatus status, DateTimeOffset at) =>
        IsWrong(status.LastCheckedAt, at) || IsWrong(status.LastObservedAt, at);

    /// <summary>
    /// The status with every time that is from the future moved to <paramref name="at"/>; the same instance when there is none.
    /// </summary>
    public static LinkStatus Mend(LinkStatus status, DateTimeOffset at)
    {
        var isWrong = IsAhead(status, at)
            || IsWrong(status.Since, at)
            || IsWrong(status.LastSeenAt, at)
            || IsWrong(status.UnobservedSince, at)
            || status.Suspicions.Any(suspicion => IsWrong(suspicion.LastSeen, at) || IsWrong(suspicion.FirstSeen, at));
        return !isWrong ? status : status with
        {
            Since = Mend(status.Since, at),
            LastCheckedAt = Mend(status.LastCheckedAt, at),
            LastObservedAt = Mend(status.LastObservedAt, at),
            LastSeenAt = Mend(status.LastSeenAt, at),
            UnobservedSince = Mend(status.UnobservedSince, at),
            Suspicions =
            [
                .. status.Suspicions.Select(suspicion =>
                    suspicion with { FirstSeen = Mend(suspicion.FirstSeen, at), LastSeen = Mend(suspicion.LastSeen, at) }),
            ],
        };
    }

    private static bool IsWrong(DateTimeOffset? time, DateTimeOffset at) =>
        time is { } stored && StoredTime.IsTooFar(stored, LongestRun, at);

    private static DateTimeOffset Mend(DateTimeOffset time, DateTimeOffset at) => StoredTime.Due(time, LongestRun, at);

    private static DateTimeOffset? Mend(DateTimeOffset? time, DateTimeOffset at) => time is { } stored ? Mend(stored, at) : null;
}
