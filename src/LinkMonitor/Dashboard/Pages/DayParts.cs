using LinkMonitor.Engine.Tracking;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>The marks of a link's last 90 days.</summary>
internal static class DayParts
{
    private const int BarDays = 90;

    /// <summary>
    /// The day log keeps the best mark of each day, as the account of what was paid needs it. Here a day on which a change was confirmed
    /// has the mark that it ended with, and says both: a link that was lost today is shown as lost.
    /// </summary>
    /// <param name="newestFirst">The link's changes, as far back as they are known.</param>
    public static IReadOnlyList<DayLine> Of(DayLog log, IReadOnlyList<LinkTransition> newestFirst, DateOnly today)
    {
        if (log.IsEmpty)
            return [];
        var ends = newestFirst.GroupBy(one => DayLogEntry.Day(one.At)).ToDictionary(day => day.Key, day => day.First());
        List<DayLine> days = [];
        for (var day = today.AddDays(1 - BarDays); day <= today; day = day.AddDays(1))
        {
            var (best, last) = (log[day], ends.TryGetValue(day, out var change) ? DayLogEntry.OfChange(change) : log[day]);
            days.Add(new DayLine(day, MarkOf(last)) { Also = best != last ? MarkOf(best) : null });
        }

        return days;
    }

    private static string MarkOf(DayMark mark) => mark switch
    {
        DayMark.AsAgreed => "live",
        DayMark.Changed => "changed",
        DayMark.Lost or DayMark.NotFound => "lost",
        DayMark.CouldNotTell => "unknown",
        _ => "none",
    };
}
