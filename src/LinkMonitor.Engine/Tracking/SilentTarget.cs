using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Tracking;

/// <summary>Adds to a decision on a link that its target gives no answer: suspected at first, and a reason once that has lasted.</summary>
internal static class SilentTarget
{
    public static Decision Add(Decision decision, LinkStatus previous, Verdict verdict, ConfirmationPolicy policy)
    {
        // Of the very first sight there is no "before" that a change could be told with: the next one begins to count.
        if (verdict.SilentTarget is not { } silence || previous.LastAgreedEvidence is null)
            return decision;

        var suspicion = Suspecting.OfSilence(previous.Suspicions, silence, verdict.Observation.CheckedAt);
        if (!suspicion.IsConfirmed(policy))
            return decision with { Suspicions = [.. decision.Suspicions, suspicion] };

        // A page that was unreachable until now is back with that: something confirmed is true of its link.
        var reasons = decision.BeforeUnreachable?.Reasons ?? decision.Reasons;
        return decision with
        {
            State = LinkState.Changed,
            Reasons = [.. reasons, silence],
            BeforeUnreachable = null,
            Since = reasons.Count == 0 ? suspicion.FirstSeen : decision.Since,
        };
    }
}
