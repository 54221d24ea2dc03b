using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Tracking;

/// <summary>Carries suspicions from one observation to the next. What is already held is never suspected.</summary>
internal static class Suspecting
{
    public static bool IsConfirmed(this Suspicion suspicion, ConfirmationPolicy policy)
    {
        var rule = policy.For(suspicion.Reason);
        return suspicion.Observations >= rule.Observations && suspicion.LastSeen - suspicion.FirstSeen >= rule.Over;
    }

    /// <summary>
    /// The suspicions after the link was seen with <paramref name="reasons"/>; all others are refuted. A finding counts by its code:
    /// a redirect to a new session's URL each time is still a redirect. Only beside a confirmed finding of the same code do the
    /// details count, or values that rotate would tell a new change every hour.
    /// </summary>
    public static List<Suspicion> OfChanges(
        IReadOnlyList<Suspicion> earlier, HeldState held, IReadOnlyList<Reason> reasons, DateTimeOffset now) =>
        [.. reasons
            .Where(reason => !held.Holds(reason))
            .Select(reason => Next(FindChange(earlier, held, reason), LinkState.Changed, reason, now))];

    /// <summary>What is suspected of the target, when the check could not look at that: neither confirmed nor refuted.</summary>
    public static List<Suspicion> LeftOpen(IReadOnlyList<Suspicion> earlier, HeldState held, Verdict verdict) =>
        verdict.LeavesTargetOpen
            ? [.. earlier.Where(suspicion =>
                TargetJudge.IsOfTarget(suspicion.Reason) && !held.Holds(suspicion.Reason) && !IsTold(verdict, suspicion))]
            : [];

    /// <summary>
    /// The suspicions after the link was not found on a page that answered. Such a page says nothing of how the link looks where it
    /// is, so suspected changes stay; it says that the domain is there, so that suspicion goes. Each way of being lost counts its
    /// own observations, but the clock does not restart when the way changes.
    /// </summary>
    public static List<Suspicion> OfLosses(
        IReadOnlyList<Suspicion> earlier, HeldState held, IReadOnlyList<Reason> reasons, DateTimeOffset now)
    {
        var kept = WithoutSomethingElse(earlier);
        var clock = kept.Where(suspicion => suspicion.Towards == LinkState.Lost).Select(suspicion => suspicion.FirstSeen)
            .DefaultIfEmpty(now).Min();
        foreach (var reason in reasons.Where(reason => !held.HoldsCode(reason.Code)).DistinctBy(reason => reason.Code))
        {
            var prior = kept.Find(suspicion => suspicion.Reason.Code == reason.Code);
            kept.RemoveAll(suspicion => suspicion.Reason.Code == reason.Code);
            kept.Add(Next(prior, LinkState.Lost, reason, now) with { FirstSeen = clock });
        }

        return kept;
    }

    /// <summary>The suspicions after the name did not resolve, or something else answered: nothing else is confirmed or refuted by that.</summary>
    public static List<Suspicion> OfUnseen(IReadOnlyList<Suspicion> earlier, LinkState towards, Reason reason, DateTimeOffset now)
    {
        var prior = earlier.FirstOrDefault(suspicion => suspicion.Reason.Code == reason.Code);
        return [.. earlier.Where(suspicion => suspicion.Reason.Code != reason.Code), Next(prior, towards, reason, now)];
    }

    /// <summary>What answered was the page, or a server that says it is gone: neither is its domain, nor does something else stand there.</summary>
    private static List<Suspicion> WithoutSomethingElse(IReadOnlyList<Suspicion> earlier) =>
        [.. earlier.Where(suspicion => suspicion.Reason.Code is not (ReasonCode.DomainGone or ReasonCode.PageReplaced))];

    public static List<Suspicion> WithoutDomainGone(IReadOnlyList<Suspicion> earlier) =>
        [.. earlier.Where(suspicion => suspicion.Reason.Code != ReasonCode.DomainGone)];

    /// <summary>The suspicion that a target stays silent, one observation on.</summary>
    public static Suspicion OfSilence(IReadOnlyList<Suspicion> earlier, Reason silence, DateTimeOffset now) =>
        Next(earlier.FirstOrDefault(suspicion => suspicion.Reason.IsSameAs(silence)), LinkState.Changed, silence, now);

    private static bool IsTold(Verdict verdict, Suspicion suspicion) => verdict.SilentTarget?.IsSameAs(suspicion.Reason) is true;

    private static Suspicion? FindChange(IReadOnlyList<Suspicion> earlier, HeldState held, Reason reason) =>
        held.HoldsCode(reason.Code)
            ? earlier.FirstOrDefault(suspicion => suspicion.Reason.IsSameAs(reason))
            : earlier.FirstOrDefault(suspicion => suspicion.Reason.Code == reason.Code && !TargetBroken.IsSilence(suspicion.Reason));

    private static Suspicion Next(Suspicion? prior, LinkState towards, Reason reason, DateTimeOffset now) => new()
    {
        Towards = towards,
        Reason = reason,
        FirstSeen = prior?.FirstSeen ?? now,
        LastSeen = now,
        Observations = (prior?.Observations ?? 0) + 1,
    };
}
