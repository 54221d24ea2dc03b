namespace LinkMonitor.Engine.Tracking;

/// <summary>
/// When a suspicion should be looked at again: after minutes when it is fresh, then after an hour, then after a quarter of its age up
/// to six hours, so that a page that cannot be seen, or a domain that takes days to confirm, is not hammered. A look is brought
/// forward to the moment that can confirm. What nobody would be told, or has been told in another wording, waits the six hours.
/// </summary>
public static class RecheckPace
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

        var isFresh = suspicion.Observations == 1 && suspicion.LastSeen == now;
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
