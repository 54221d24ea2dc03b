using LinkMonitor.Engine.Judging.Targets;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Tracking;

/// <summary>A worse finding that is not confirmed yet: the state stays, a recheck is due.</summary>
public sealed record Suspicion
{
    /// <summary>The state that the finding leads to once confirmed.</summary>
    public required LinkState Towards { get; init; }

    public required Reason Reason { get; init; }

    /// <summary>
    /// When the doubt began: the first observation in the row that said so. It outlives a change of the finding's details, and of the
    /// way a link is lost.
    /// </summary>
    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>How many observations said so, 1 or more.</summary>
    public required int Observations { get; init; }
}

/// <summary>When a suspected finding becomes a change. All but <see cref="SilentTarget"/> are settings of a project.</summary>
public sealed record ConfirmationPolicy
{
    /// <summary>A target that gives no answer: 3 observations over a day. It may be our side, and it often passes.</summary>
    public static readonly ConfirmationRule SilentTarget = new(3, TimeSpan.FromDays(1));

    public static ConfirmationPolicy Default { get; } = new();

    /// <summary>Reasons about the link itself. 2 observations over 1 hour by default.</summary>
    public ConfirmationRule Link { get; init; } = new(2, TimeSpan.FromHours(1));

    /// <summary><see cref="ReasonCode.PageGone"/> and <see cref="ReasonCode.Soft404"/>. 2 observations over 6 hours by default.</summary>
    public ConfirmationRule PageGone { get; init; } = new(2, TimeSpan.FromHours(6));

    /// <summary><see cref="ReasonCode.DomainGone"/>. 3 observations over 48 hours by default.</summary>
    public ConfirmationRule DomainGone { get; init; } = new(3, TimeSpan.FromHours(48));

    /// <summary><see cref="ReasonCode.PageReplaced"/>. 3 observations over 72 hours by default.</summary>
    public ConfirmationRule PageReplaced { get; init; } = new(3, TimeSpan.FromHours(72));

    /// <summary>
    /// How long a page may stay unobservable before its links are <see cref="LinkState.Unreachable"/>. 7 days by default.
    /// </summary>
    public TimeSpan UnreachableAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>From a first suspicion to its first recheck. 5 minutes by default.</summary>
    public TimeSpan FirstRecheck { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Between later rechecks. 1 hour by default.</summary>
    public TimeSpan LaterRecheck { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The rule for one finding. The name of a target that does not exist is as good as a page that is gone.</summary>
    internal ConfirmationRule For(Reason reason) =>
        TargetBroken.IsSilence(reason) ? SilentTarget : TargetBroken.IsNameLoss(reason) ? PageGone : For(reason.Code);

    /// <summary>The rule for one reason.</summary>
    public ConfirmationRule For(ReasonCode code) => ReasonCatalogue.Of(code).Confirmed switch
    {
        ConfirmationGroup.PageGone => PageGone,
        ConfirmationGroup.DomainGone => DomainGone,
        ConfirmationGroup.PageReplaced => PageReplaced,
        _ => Link,
    };
}

/// <summary>How often, and over how long, a finding must be seen before it counts.</summary>
/// <param name="Observations">At least this many observations, 1 to 10.</param>
/// <param name="Over">At least this long from the first to the last of them, up to 30 days.</param>
public sealed record ConfirmationRule(int Observations, TimeSpan Over);

/// <summary>Carries suspicions from one observation to the next. What is already held is never suspected.</summary>
internal static class SuspicionTracking
{
    public static bool IsConfirmed(this Suspicion suspicion, ConfirmationPolicy policy)
    {
        var rule = policy.For(suspicion.Reason);
        return suspicion.Observations >= rule.Observations && suspicion.LastSeen - suspicion.FirstSeen >= rule.Over;
    }

    /// <summary>
    /// The suspicions after the link was seen with the reasons of <paramref name="verdict"/>; all others are refuted. A finding counts by
    /// its code: a redirect to a new session's URL each time is still a redirect. Only beside a confirmed finding of the same code do the
    /// details count, or values that rotate would make a new change every hour.
    /// </summary>
    public static List<Suspicion> OfChanges(IReadOnlyList<Suspicion> earlier, HeldState held, Verdict verdict) =>
        [.. verdict.Reasons
            .Where(reason => !held.Holds(reason))
            .Select(reason => NextChange(FindChange(earlier, held, reason), reason, verdict))];

    /// <summary>What is suspected of the target, when the check could not fetch that: neither confirmed nor refuted.</summary>
    public static List<Suspicion> LeftOpen(IReadOnlyList<Suspicion> earlier, HeldState held, Verdict verdict) =>
        verdict.LeavesTargetOpen
            ? [.. earlier.Where(suspicion =>
                TargetJudge.IsOfTarget(suspicion.Reason) && !held.Holds(suspicion.Reason) && !IsTold(verdict, suspicion))]
            : [];

    /// <summary>
    /// The suspicions after the link was not found on a page that answered. Such a page says nothing of how the link is where it
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

    /// <summary>
    /// The suspicions after the name did not resolve, or something else answered: nothing else is confirmed or refuted by that.
    /// </summary>
    public static List<Suspicion> OfUnseen(IReadOnlyList<Suspicion> earlier, LinkState towards, Reason reason, DateTimeOffset now)
    {
        var prior = earlier.FirstOrDefault(suspicion => suspicion.Reason.Code == reason.Code);
        return [.. earlier.Where(suspicion => suspicion.Reason.Code != reason.Code), Next(prior, towards, reason, now)];
    }

    /// <summary>
    /// What answered was the page, or a server that says it is gone: neither is its domain, nor does something else stand there.
    /// </summary>
    private static List<Suspicion> WithoutSomethingElse(IReadOnlyList<Suspicion> earlier) =>
        [.. earlier.Where(suspicion => suspicion.Reason.Code is not (ReasonCode.DomainGone or ReasonCode.PageReplaced))];

    public static List<Suspicion> WithoutDomainGone(IReadOnlyList<Suspicion> earlier) =>
        [.. earlier.Where(suspicion => suspicion.Reason.Code != ReasonCode.DomainGone)];

    /// <summary>The suspicion that a target stays silent, one observation on.</summary>
    public static Suspicion OfSilence(IReadOnlyList<Suspicion> earlier, Reason silence, Verdict verdict) =>
        NextChange(earlier.FirstOrDefault(suspicion => suspicion.Reason.IsSameAs(silence)), silence, verdict);

    private static bool IsTold(Verdict verdict, Suspicion suspicion) => verdict.SilentTarget?.IsSameAs(suspicion.Reason) is true;

    private static Suspicion? FindChange(IReadOnlyList<Suspicion> earlier, HeldState held, Reason reason) =>
        held.HoldsCode(reason.Code)
            ? earlier.FirstOrDefault(suspicion => suspicion.Reason.IsSameAs(reason))
            : earlier.FirstOrDefault(suspicion => suspicion.Reason.Code == reason.Code && !TargetBroken.IsSilence(suspicion.Reason));

    // One fetch of a target serves all checks of some minutes: it cannot confirm what it found itself.
    private static Suspicion NextChange(Suspicion? prior, Reason reason, Verdict verdict)
    {
        var now = verdict.Observation.CheckedAt;
        var next = Next(prior, LinkState.Changed, reason, now);
        if (!TargetJudge.IsOfTarget(reason) || verdict.Target?.At is not { } at)
            return next;
        return at <= prior?.LastSeen ? prior with { Reason = reason } : next with { LastSeen = at > now ? at : now };
    }

    private static Suspicion Next(Suspicion? prior, LinkState towards, Reason reason, DateTimeOffset now) => new()
    {
        Towards = towards,
        Reason = reason,
        FirstSeen = prior?.FirstSeen ?? now,
        LastSeen = now,
        Observations = (prior?.Observations ?? 0) + 1,
    };
}
