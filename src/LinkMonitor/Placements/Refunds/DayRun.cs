using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Placements.Refunds;

/// <summary>Days in a row of which the checks saw the same.</summary>
/// <param name="From">The first of them.</param>
/// <param name="To">The last of them.</param>
public sealed record DayRun(DateOnly From, DateOnly To, DayMark Mark)
{
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>All days from one to another, both included; outside the log they are not checked.</summary>
    public static IReadOnlyList<DayRun> Of(DayLog log, DateOnly from, DateOnly to)
    {
        List<DayRun> runs = [];
        for (var day = from; day <= to;)
        {
            var mark = log[day];
            var last = End(log, day, to, mark);
            runs.Add(new DayRun(day, last, mark));
            day = last.AddDays(1);
        }

        return runs;
    }

    private static DateOnly End(DayLog log, DateOnly day, DateOnly to, DayMark mark)
    {
        while (day < to && log[day.AddDays(1)] == mark)
            day = day.AddDays(1);
        return day;
    }
}
