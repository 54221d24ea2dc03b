using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Tracking;

/// <summary>
/// Decides after a check that could not see the page. It neither confirms nor refutes what is suspected of the link; it can only
/// count towards a vanished domain or a replaced page and, after days, towards unreachable.
/// </summary>
internal static class UnseenPageTracking
{
    public static Decision Decide(LinkStatus previous, Verdict verdict, ConfirmationPolicy policy)
    {
        var now = verdict.Observation.CheckedAt;
        if (verdict.Suspected is { } suspected)
            return Suspect(previous, suspected, verdict, policy);

        // Any answer of a server, even "forbidden", says that the domain is there.
        var suspicions = verdict.Observation.Status is null
            ? previous.Suspicions
            : SuspicionTracking.WithoutDomainGone(previous.Suspicions);
        return Age(previous, suspicions, verdict, policy, now);
    }

    private static Decision Suspect(LinkStatus previous, Reason suspected, Verdict verdict, ConfirmationPolicy policy)
    {
        var now = verdict.Observation.CheckedAt;
        var held = HeldState.Of(previous);
        var wasThere = held.State is not (LinkState.Pending or LinkState.NotFound);
        var towards = wasThere ? LinkState.Lost : LinkState.NotFound;
        if (held.State == towards && held.HoldsCode(suspected.Code))
            return Decision.Settle(towards, held.Reasons, now);

        var suspicions = SuspicionTracking.OfUnseen(WithoutRefuted(previous, suspected), towards, suspected, now);
        var suspicion = suspicions[^1];
        return suspicion.IsConfirmed(policy)
            ? Decision.Settle(towards, [suspected], suspicion.FirstSeen)
            : Age(previous, suspicions, verdict, policy, now);
    }

    // A page of whatever kind says that the domain is there.
    private static IReadOnlyList<Suspicion> WithoutRefuted(LinkStatus previous, Reason suspected) =>
        suspected.Code == ReasonCode.PageReplaced ? SuspicionTracking.WithoutDomainGone(previous.Suspicions) : previous.Suspicions;

    private static Decision Age(
        LinkStatus previous, IReadOnlyList<Suspicion> suspicions, Verdict verdict, ConfirmationPolicy policy, DateTimeOffset now)
    {
        var kept = Decision.Keep(previous, suspicions, now, isObserved: false);
        var since = previous.UnobservedSince ?? now;
        var isDue = now - since - previous.UnobservedByOurFault >= policy.UnreachableAfter;
        return isDue && previous.State is LinkState.Pending or LinkState.Live or LinkState.Changed
            ? kept with
            {
                State = LinkState.Unreachable,
                Reasons = verdict.Reasons,
                Since = since,
                BeforeUnreachable = new HeldState(previous.State, previous.Reasons),
            }
            : kept;
    }
}
