using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Tracking;

/// <summary>
/// What it makes of a link's status that its page has not changed since it was read in full: the times move, and the evidence
/// bears a mark. Never a transition. A pure function, as <see cref="LinkTracker"/> is.
/// </summary>
public static class UnchangedPage
{
    /// <summary>
    /// Whether everything about the link rests on the full fetch of <paramref name="seenAt"/>, so that "not changed since" says all there
    /// is to say: that fetch saw the page, its result is held, nothing is in doubt, and nothing else has been expected since.
    /// </summary>
    public static bool IsEnough(LinkStatus status, DateTimeOffset seenAt) =>
        status is
        {
            State: not (LinkState.Pending or LinkState.Unreachable),
            Suspicions.Count: 0,
            UnobservedSince: null,
            BeforeUnreachable: null,
            ExpectationChanged: false,
            LastEvidence: { Observation: ObservationKind.Observed } evidence,
        }
        && evidence.CheckedAt == seenAt
        && status.LastObservedAt == status.LastCheckedAt;

    /// <summary>
    /// Applies one such word. One that is not newer than the last check applied changes nothing, so a repeated or late one is harmless.
    /// </summary>
    /// <param name="seenAt">The full fetch that the page has not changed since.</param>
    /// <param name="at">When that was known.</param>
    /// <param name="by">How it was known.</param>
    /// <param name="target">Why nobody could check the link's target in the same round; null when somebody could.</param>
    /// <returns>
    /// The new status, the same instance when nothing changed; null when the word is not enough and the page must be read.
    /// </returns>
    public static LinkStatus? Confirm(LinkStatus previous, DateTimeOffset seenAt, DateTimeOffset at, UnchangedBy by, TargetGap? target)
    {
        ArgumentNullException.ThrowIfNull(previous);
        if (StatusTimes.IsAhead(previous, at))
            return null;
        if (at <= previous.LastCheckedAt)
            return previous;
        if (!IsEnough(previous, seenAt))
            return null;

        var wasSeen = previous.LastSeenEvidence?.CheckedAt == seenAt;
        return previous with
        {
            LastCheckedAt = at,
            LastObservedAt = at,
            LastSeenAt = wasSeen ? at : previous.LastSeenAt,
            Days = previous.Days.With(DayLogEntry.Day(at), DayLogEntry.OfSeen(previous)),
            LastEvidence = Mark(previous.LastEvidence),
            LastSeenEvidence = Mark(previous.LastSeenEvidence),
            LastAgreedEvidence = Mark(previous.LastAgreedEvidence),
        };

        // Evidence of that fetch says until when it is known to hold; other evidence stays.
        Evidence? Mark(Evidence? evidence) => evidence?.CheckedAt == seenAt
            ? evidence with { UnchangedAt = at, Explanation = UnchangedStep.AddTo(evidence.Explanation, seenAt, at, by, target) }
            : evidence;
    }
}
