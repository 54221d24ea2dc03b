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
    /// What is kept of such words beside a status, in the place of the status that <see cref="Confirm"/> makes: that one, from the status
    /// whose times were moved already.
    /// </summary>
    /// <param name="moved">The status of the full fetch with its times of the last word.</param>
    /// <param name="at">The last word.</param>
    /// <param name="days">The days of all words since the full fetch, whatever their marks.</param>
    public static LinkStatus Restore(LinkStatus moved, DateTimeOffset at, UnchangedBy by, DayLog days)
    {
        ArgumentNullException.ThrowIfNull(moved);
        ArgumentNullException.ThrowIfNull(days);
        if (moved.LastEvidence?.CheckedAt is not { } seenAt)
            return moved;
        var log = moved.Days;
        for (var day = days.First; day <= days.Last; day = day.AddDays(1))
            log = days[day] is DayMark.NotChecked ? log : log.With(day, DayLogEntry.OfSeen(moved));
        return Marked(moved with { Days = log }, seenAt, at, by, target: null);
    }

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

        var moved = previous with
        {
            LastCheckedAt = at,
            LastObservedAt = at,
            LastSeenAt = WasSeen(previous, seenAt) ? at : previous.LastSeenAt,
            Days = previous.Days.With(DayLogEntry.Day(at), DayLogEntry.OfSeen(previous)),
        };
        return Marked(moved, seenAt, at, by, target);
    }

    /// <summary>Whether the full fetch of a time found the link, so that a word that nothing has changed has seen it again.</summary>
    public static bool WasSeen(LinkStatus status, DateTimeOffset seenAt)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status.LastSeenEvidence?.CheckedAt == seenAt;
    }

    // Evidence of that fetch says until when it is known to hold; other evidence stays.
    private static LinkStatus Marked(LinkStatus status, DateTimeOffset seenAt, DateTimeOffset at, UnchangedBy by, TargetGap? target)
    {
        return status with
        {
            LastEvidence = Mark(status.LastEvidence),
            LastSeenEvidence = Mark(status.LastSeenEvidence),
            LastAgreedEvidence = Mark(status.LastAgreedEvidence),
        };

        Evidence? Mark(Evidence? evidence) => evidence?.CheckedAt == seenAt
            ? evidence with { UnchangedAt = at, Explanation = UnchangedStep.AddTo(evidence.Explanation, seenAt, at, by, target) }
            : evidence;
    }
}
