using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements.Vendors;

/// <summary>Whether a link was still as agreed so many days after its start.</summary>
public static class Survival
{
    /// <summary>How far from the day itself a check may be to speak for it.</summary>
    public const int Reach = 7;

    /// <summary>
    /// By the day log: the mark of that very day where it tells, else of the nearest day before that does, else of the nearest after,
    /// within
    /// <see cref="Reach"/> days. A link that was lost and is back counts as agreed: the question is how things stood on that day.
    /// </summary>
    /// <param name="days">1 or more.</param>
    /// <param name="today">The day in UTC; it is not over and does not count.</param>
    public static SurvivalOutcome At(WatchedLink link, int days, DateOnly today)
    {
        if (Start(link) is not { } start)
            return SurvivalOutcome.NoStart;
        var day = start.AddDays(days);
        if (link.Terms?.End < day)
            return SurvivalOutcome.TermOver;
        if (day >= today)
            return SurvivalOutcome.TooYoung;
        return Nearest(link.Status.Days, day, today) switch
        {
            null => SurvivalOutcome.NotObservable,
            DayMark.AsAgreed => SurvivalOutcome.AsAgreed,
            _ => SurvivalOutcome.NotAsAgreed,
        };
    }

    /// <summary>The start that was agreed on, else the day when the link was first seen; null for neither.</summary>
    public static DateOnly? Start(WatchedLink link) =>
        link.Terms?.Start ?? (link.Status.Baseline is { } baseline ? DayLogEntry.Day(baseline.SeenAt) : null);

    private static DayMark? Nearest(DayLog log, DateOnly day, DateOnly today)
    {
        var before = Enumerable.Range(0, Reach + 1).Select(away => day.AddDays(-away));
        var after = Enumerable.Range(1, Reach).Select(away => day.AddDays(away)).Where(one => one < today);
        return before.Concat(after).Select(one => log[one]).Where(Tells).Select(mark => (DayMark?)mark).FirstOrDefault();
    }

    private static bool Tells(DayMark mark) => mark is not (DayMark.NotChecked or DayMark.CouldNotTell);
}

/// <summary>What is known of a link so many days after its start.</summary>
public enum SurvivalOutcome
{
    AsAgreed,
    NotAsAgreed,

    /// <summary>Not that old yet: what becomes of it is not known. Not counted.</summary>
    TooYoung,

    /// <summary>Its term had ended by then, so that nobody owed it any more. Not counted.</summary>
    TermOver,

    /// <summary>No check within 7 days of that day could tell. Not counted.</summary>
    NotObservable,

    /// <summary>No start was agreed on, and it was never seen. Not counted.</summary>
    NoStart,
}
