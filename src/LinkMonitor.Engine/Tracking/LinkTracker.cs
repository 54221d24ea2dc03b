using LinkMonitor.Engine.Links;
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
        var status = Write(previous, verdict, decision, evidence);
        return new TrackingResult(status, Transition(previous, status, decision, evidence), RecheckSchedule.Next(status, policy));
    }

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
