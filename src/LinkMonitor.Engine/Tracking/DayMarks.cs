using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Tracking;

/// <summary>What a check writes into the day log.</summary>
public static class DayMarks
{
    /// <summary>
    /// The mark of a check that saw the page (or its confirmed absence), from what is held after it. What is only suspected is neither
    /// lost nor changed, and neither is it as agreed; what only our own target is to blame for is as agreed.
    /// </summary>
    public static DayMark OfSeen(LinkState state, IReadOnlyList<Reason> reasons, IReadOnlyList<Suspicion> suspicions) => state switch
    {
        LinkState.Lost => DayMark.Lost,
        LinkState.NotFound => DayMark.NotFound,
        LinkState.Changed when reasons.Any(reason => !OwnSide.Is(reason.Code)) => DayMark.Changed,
        _ when suspicions.Any(suspicion => !OwnSide.Is(suspicion.Reason.Code)) => DayMark.CouldNotTell,
        LinkState.Live or LinkState.Changed => DayMark.AsAgreed,
        _ => DayMark.CouldNotTell,
    };

    /// <summary>The mark of a check that saw the page just as the last one did.</summary>
    public static DayMark OfSeen(LinkStatus status) => OfSeen(status.State, status.Reasons, status.Suspicions);

    /// <summary>The day that a check belongs to.</summary>
    public static DateOnly Day(DateTimeOffset checkedAt) => DateOnly.FromDateTime(checkedAt.UtcDateTime);
}
