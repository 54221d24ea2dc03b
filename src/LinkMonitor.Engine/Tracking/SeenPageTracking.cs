using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Tracking;

/// <summary>Decides after a check that saw the page: verdicts live, changed and lost.</summary>
internal static class SeenPageTracking
{
    public static Decision Decide(LinkStatus previous, Verdict verdict, ConfirmationPolicy policy) =>
        SilentTarget.Add(DecideOnLink(previous, verdict, policy), previous, verdict, policy);

    private static Decision DecideOnLink(LinkStatus previous, Verdict verdict, ConfirmationPolicy policy)
    {
        var held = HeldState.Of(previous);
        var now = verdict.Observation.CheckedAt;
        return (verdict.State, held.State) switch
        {
            (VerdictState.Live, _) =>
                Decision.Settle(
                    LinkState.Live, [], now) with
                {
                    Suspicions = SuspicionTracking.LeftOpen(previous.Suspicions, held, verdict),
                },
            (VerdictState.Changed, LinkState.Live or LinkState.Changed) => Compare(previous, held, verdict, policy),
            (VerdictState.Changed, _) =>
                Decision.Settle(
                    LinkState.Changed,
                    verdict.Reasons,
                    now) with
                {
                    Suspicions = SuspicionTracking.LeftOpen(previous.Suspicions, held, verdict),
                },
            (_, LinkState.Pending or LinkState.NotFound) => Decision.Settle(LinkState.NotFound, verdict.Reasons, now),
            _ => Miss(previous, held, verdict, policy),
        };
    }

    /// <summary>The link is there, not as expected, and was known to be there.</summary>
    private static Decision Compare(LinkStatus previous, HeldState held, Verdict verdict, ConfirmationPolicy policy)
    {
        var now = verdict.Observation.CheckedAt;
        held = Retyping.Held(previous, held, verdict);
        var suspicions = SuspicionTracking.OfChanges(previous.Suspicions, held, verdict);
        var confirmed = suspicions.FindAll(suspicion => suspicion.IsConfirmed(policy));
        var doubted = suspicions.FindAll(suspicion => !suspicion.IsConfirmed(policy));
        var reasons = Reasons(held, verdict, confirmed);
        var after = new HeldState(reasons.Count == 0 ? LinkState.Live : LinkState.Changed, reasons);

        // The page is back, but nothing confirmed is true of it: neither "live again" nor "changed" could be reported honestly yet.
        if (previous.State == LinkState.Unreachable && reasons.Count == 0 && doubted.Count > 0)
            return Decision.Keep(previous, doubted, now, isObserved: true) with { BeforeUnreachable = after };

        doubted.AddRange(SuspicionTracking.LeftOpen(previous.Suspicions, held, verdict));
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

        var suspicions = SuspicionTracking.OfLosses(previous.Suspicions, held, verdict.Reasons, now);
        var confirmed = suspicions.FindAll(
            suspicion => suspicion.Towards == LinkState.Lost && suspicion.LastSeen == now && suspicion.IsConfirmed(policy));
        return confirmed.Count > 0
            ? Decision.Settle(LinkState.Lost, verdict.Reasons, Earliest(confirmed, now))
            : Decision.Keep(previous, suspicions, now, isObserved: true);
    }

    private static DateTimeOffset Earliest(List<Suspicion> confirmed, DateTimeOffset now) =>
        confirmed.Select(suspicion => suspicion.FirstSeen).DefaultIfEmpty(now).Min();
}

/// <summary>What one verdict makes of what is held, before it is written into a status.</summary>
internal sealed record Decision
{
    public required LinkState State { get; init; }

    public required IReadOnlyList<Reason> Reasons { get; init; }

    public required IReadOnlyList<Suspicion> Suspicions { get; init; }

    /// <summary>The first observation that said so, if this is a move.</summary>
    public required DateTimeOffset Since { get; init; }

    public HeldState? BeforeUnreachable { get; init; }

    /// <summary>Whether the page, or its confirmed absence, was seen.</summary>
    public required bool IsObserved { get; init; }

    /// <summary>The state stays as it is.</summary>
    public static Decision Keep(LinkStatus status, IReadOnlyList<Suspicion> suspicions, DateTimeOffset now, bool isObserved) => new()
    {
        State = status.State,
        Reasons = status.Reasons,
        Suspicions = suspicions,
        Since = now,
        BeforeUnreachable = status.BeforeUnreachable,
        IsObserved = isObserved,
    };

    /// <summary>An observation settles the state: nothing of another kind stays suspected.</summary>
    public static Decision Settle(LinkState state, IReadOnlyList<Reason> reasons, DateTimeOffset since) => new()
    {
        State = state,
        Reasons = reasons,
        Suspicions = [],
        Since = since,
        IsObserved = true,
    };
}

/// <summary>Adds to a decision on a link that its target gives no answer: suspected at first, and a reason once that has lasted.</summary>
internal static class SilentTarget
{
    public static Decision Add(Decision decision, LinkStatus previous, Verdict verdict, ConfirmationPolicy policy)
    {
        // Of the very first check there is no "before" that a change could be reported with: the next one begins to count.
        if (verdict.SilentTarget is not { } silence || previous.LastAgreedEvidence is null)
            return decision;

        var suspicion = SuspicionTracking.OfSilence(previous.Suspicions, silence, verdict);
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

/// <summary>
/// What a change of a link's type makes of what was seen already: an earlier check saw the page as this one does, so nothing is in doubt,
/// and nothing has happened that anybody should be notified of.
/// </summary>
internal static class Retyping
{
    /// <summary>What is held, and what the type's new expectation finds amiss that was so at the last check that found the link.</summary>
    public static HeldState Held(LinkStatus previous, HeldState held, Verdict verdict)
    {
        if (previous.RetypedParts == ExpectationParts.None || previous.LastSeenEvidence is not { } before)
            return held;
        var now = EvidenceFactory.From(verdict);
        var known = verdict.Reasons.Where(reason => !held.Holds(reason) && IsOld(previous.RetypedParts, reason.Code, before, now)).ToList();
        return known.Count == 0 ? held : held with { Reasons = [.. held.Reasons, .. known] };
    }

    /// <summary>Whether all that came and went between two statuses was so on the page before.</summary>
    public static bool IsAllThereIs(LinkStatus previous, LinkStatus status, Evidence now)
    {
        if (previous.RetypedParts == ExpectationParts.None || previous.LastSeenEvidence is not { } before
            || previous.State is not (LinkState.Live or LinkState.Changed) || status.State is not (LinkState.Live or LinkState.Changed))
            return false;
        var moved = previous.Reasons.Where(reason => !status.Reasons.Any(reason.IsSameAs))
            .Concat(status.Reasons.Where(reason => !previous.Reasons.Any(reason.IsSameAs)));
        return moved.All(reason => IsOld(previous.RetypedParts, reason.Code, before, now));
    }

    private static bool IsOld(ExpectationParts retyped, ReasonCode code, Evidence before, Evidence now) => code switch
    {
        ReasonCode.RelChanged or ReasonCode.PageNofollow => retyped.HasFlag(ExpectationParts.Rel) && SameLook.Is(code, before, now),
        ReasonCode.AnchorChanged => retyped.HasFlag(ExpectationParts.Anchor) && SameLook.Is(code, before, now),
        ReasonCode.PlacementChanged => retyped.HasFlag(ExpectationParts.Placement) && SameLook.Is(code, before, now),
        ReasonCode.Noindex => retyped.HasFlag(ExpectationParts.Indexable) && SameLook.Is(code, before, now),

        // No evidence of the link tells what robots.txt said then.
        ReasonCode.GoogleDisallowed => retyped.HasFlag(ExpectationParts.Indexable),
        _ => false,
    };
}

/// <summary>Whether a link was seen the same way twice: then a reason is new only because something else is expected.</summary>
public static class SameLook
{
    /// <param name="code">Of what is looked at: what the reason is about. False for one that no expectation decides.</param>
    /// <param name="before">Of a check that found the link.</param>
    public static bool Is(ReasonCode code, Evidence before, Evidence now)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        return code switch
        {
            ReasonCode.RelChanged => RelText.Qualifiers(before.Rel ?? []) == RelText.Qualifiers(now.Rel ?? []),
            ReasonCode.PageNofollow => before.Robots is { } was && was.Follow == now.Robots?.Follow,
            ReasonCode.AnchorChanged => before.Anchor == now.Anchor,
            ReasonCode.PlacementChanged => before.Placement == now.Placement,
            ReasonCode.Noindex => before.Robots is { } was && was.Index == now.Robots?.Index,
            _ => false,
        };
    }
}

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
