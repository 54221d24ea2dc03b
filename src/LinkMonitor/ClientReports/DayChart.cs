using System.Globalization;
using System.Text;
using LinkMonitor.Wording;

namespace LinkMonitor.ClientReports;

/// <summary>The days of a report as a picture: one path for each state, and in words for whoever does not see it.</summary>
internal static class DayChart
{
    private const int Width = 900;
    private const int Height = 140;

    private static readonly (string Name, Func<ReportedDay, int> Of)[] Series =
    [
        ("live", day => day.AsAgreed), ("changed", day => day.Changed), ("lost", day => day.Lost + day.NotFound),
        ("unknown", day => day.NotVerified),
    ];

    public static Markup Svg(IReadOnlyList<ReportedDay> days, string label)
    {
        var most = Math.Max(1, days.Max(day => Series.Sum(one => one.Of(day))));
        var floor = new int[days.Count];
        var paths = new StringBuilder();
        foreach (var (name, of) in Series)
        {
            paths.Append(CultureInfo.InvariantCulture, $"<path class=\"f-{name}\" d=\"");
            for (var at = 0; at < days.Count; at++)
            {
                if (of(days[at]) is var count && count == 0)
                    continue;
                var (top, bottom) = (Y(floor[at] + count), Y(floor[at]));
                floor[at] += count;
                var (left, right) = (at * Width / days.Count, (at + 1) * Width / days.Count);
                paths.Append(CultureInfo.InvariantCulture, $"M{left} {bottom}V{top}H{right}V{bottom}z");
            }

            paths.Append("\"/>");
        }

        return Markup.Of($"""
            <svg class="chart" viewBox="0 0 900 140" preserveAspectRatio="none" role="img" aria-label="{label}">{new Markup(
                paths.ToString())}</svg>
            """);

        int Y(int count) => Height - (int)((long)count * Height / most);
    }

    public static Markup Key(string name) => Markup.Of($"""
        <svg viewBox="0 0 8 8" aria-hidden="true"><path class="f-{name}" d="M0 0h8v8H0z"/></svg>
        """);
}
