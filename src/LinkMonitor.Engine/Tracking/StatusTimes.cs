using LinkMonitor.Engine.Clocks;

namespace LinkMonitor.Engine.Tracking;

/// <summary>
/// Mends the times of a status that a clock which was ahead has left in the future: they would keep every check from counting until they
/// come. The clock is the time of a check, and a check may be applied late, so that only what is further ahead than any run lasts counts as
/// wrong. Pure.
/// </summary>
internal static class StatusTimes
{
    /// <summary>Longer than any function may run: an observation is never applied so late.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(30);

    /// <summary>Whether the last check is from a clock that was ahead.</summary>
    /// <param name="at">When this check was made.</param>
    public static bool IsAhead(LinkStatus status, DateTimeOffset at) =>
        IsWrong(status.LastCheckedAt, at) || IsWrong(status.LastObservedAt, at);

    /// <summary>
    /// The status with every time that is from the future moved to <paramref name="at"/>; the same instance when there is none.
    /// </summary>
    public static LinkStatus Mend(LinkStatus status, DateTimeOffset at)
    {
        var isWrong = IsAhead(status, at)
            || IsWrong(status.Since, at)
            || IsWrong(status.LastSeenAt, at)
            || IsWrong(status.UnobservedSince, at)
            || status.Suspicions.Any(suspicion => IsWrong(suspicion.LastSeen, at) || IsWrong(suspicion.FirstSeen, at));
        return !isWrong ? status : status with
        {
            Since = Mend(status.Since, at),
            LastCheckedAt = Mend(status.LastCheckedAt, at),
            LastObservedAt = Mend(status.LastObservedAt, at),
            LastSeenAt = Mend(status.LastSeenAt, at),
            UnobservedSince = Mend(status.UnobservedSince, at),
            Suspicions =
            [
                .. status.Suspicions.Select(suspicion =>
                    suspicion with { FirstSeen = Mend(suspicion.FirstSeen, at), LastSeen = Mend(suspicion.LastSeen, at) }),
            ],
        };
    }

    private static bool IsWrong(DateTimeOffset? time, DateTimeOffset at) =>
        time is { } stored && StoredTime.IsTooFar(stored, LongestRun, at);

    private static DateTimeOffset Mend(DateTimeOffset time, DateTimeOffset at) => StoredTime.Due(time, LongestRun, at);

    private static DateTimeOffset? Mend(DateTimeOffset? time, DateTimeOffset at) => time is { } stored ? Mend(stored, at) : null;
}
