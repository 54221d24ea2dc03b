using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Tracking;

/// <summary>Decides after a check that saw the page: verdicts live, changed and lost.</summary>
internal static class SeenPage
{
    public static Decision Decide(LinkStatus previous, Verdict verdict, ConfirmationPolicy policy) =>
        SilentTarget.Add(DecideOnLink(previous, verdict, policy), previous, verdict, policy);

    private static Decision DecideOnLink(LinkStatus previous, Verdict verdict, ConfirmationPolicy policy)
    {
        var held = HeldState.Of(previous);
        var now = verdict.Observation.CheckedAt;
        return (verdict.State, held.State) switch
        {
            (VerdictState.Live, _) => Decision.Settle(LinkState.Live, [], now) with { Suspicions = Suspecting.LeftOpen(previous.Suspicions, held, verdict) },
            (VerdictState.Changed, LinkState.Live or LinkState.Changed) => Compare(previous, held, verdict, policy),
            (VerdictState.Changed, _) => Decision.Settle(LinkState.Changed, verdict.Reasons, now) with { Suspicions = Suspecting.LeftOpen(previous.Suspicions, held, verdict) },
            (_, LinkState.Pending or LinkState.NotFound) => Decision.Settle(LinkState.NotFound, verdict.Reasons, now),
            _ => Miss(previous, held, verdict, policy),
        };
    }

    /// <summary>The link is there, not as expected, and was known to be there.</summary>
    private static Decision Compare(LinkStatus previous, HeldState held, Verdict verdict, ConfirmationPolicy policy)
    {
        var now = verdict.Observation.CheckedAt;
        var suspicions = Suspecting.OfChanges(previous.Suspicions, held, verdict.Reasons, now);
        var confirmed = suspicions.FindAll(suspicion => suspicion.IsConfirmed(policy));
        var doubted = suspicions.FindAll(suspicion => !suspicion.IsConfirmed(policy));
        var reasons = Reasons(held, verdict, confirmed);
        var after = new HeldState(reasons.Count == 0 ? LinkState.Live : LinkState.Changed, reasons);

        // The page is back, but nothing confirmed is true of it: neither "live again" nor "changed" could be told honestly yet.
        if (previous.State == LinkState.Unreachable && reasons.Count == 0 && doubted.Count > 0)
            return Decision.Keep(previous, doubted, now, isObserved: true) with { BeforeUnreachable = after };

        doubted.AddRange(Suspecting.LeftOpen(previous.Suspicions, held, verdict));
        return Decision.Settle(after.State, reasons, Earliest(confirmed, now)) with { Suspicions = doubted };
    }

    /// <summary>
    /// What is held after the verdict, in its order: what it confirms, and what it only varies until the variant is confirmed
    /// (nofollow that becomes sponsored has not recovered in between).
    /// </summary>
    private static List<Reason> Reasons(HeldState held, Verdict verdict, List<Suspicion> confirmed)
    {
        List<Reason> reasons = [];
        foreach (var reason in verdict.Reasons)
        {
            if (held.Holds(reason) || confirmed.Exists(suspicion => suspicion.Reason.IsSameAs(reason)))
                reasons.Add(reason);
            else if (!confirmed.Exists(suspicion => suspicion.Reason.Code == reason.Code))
                reasons.AddRange(held.Reasons.Where(one => one.Code == reason.Code && !reasons.Exists(one.IsSameAs)));
        }

        return reasons;
    }

    /// <summary>The page answered without the link, which was known to be there or to be lost.</summary>
    private static Decision Miss(LinkStatus previous, HeldState held, Verdict verdict, ConfirmationPolicy policy)
    {
        var now = verdict.Observation.CheckedAt;
        if (held.State == LinkState.Lost && verdict.Reasons.All(reason => held.HoldsCode(reason.Code)))
            return Decision.Settle(LinkState.Lost, held.Reasons, now);

        var suspicions = Suspecting.OfLosses(previous.Suspicions, held, verdict.Reasons, now);
        var confirmed = suspicions.FindAll(
            suspicion => suspicion.Towards == LinkState.Lost && suspicion.LastSeen == now && suspicion.IsConfirmed(policy));
        return confirmed.Count > 0
            ? Decision.Settle(LinkState.Lost, verdict.Reasons, Earliest(confirmed, now))
            : Decision.Keep(previous, suspicions, now, isObserved: true);
    }

    private static DateTimeOffset Earliest(List<Suspicion> confirmed, DateTimeOffset now) =>
        confirmed.Select(suspicion => suspicion.FirstSeen).DefaultIfEmpty(now).Min();
}
