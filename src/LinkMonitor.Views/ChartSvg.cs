using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace LinkMonitor.Views;

/// <summary>Charts as SVG: one path for each series, no styles inside, and in words for whoever does not see them.</summary>
public static class ChartSvg
{
    private const int Width = 900;
    private const int Height = 160;

    private static readonly (string Class, string Words, Func<ChartDay, int> Of)[] Series =
    [
        ("live", "live", day => day.Live), ("changed", "changed", day => day.Changed), ("lost", "lost or not found", day => day.Lost),
        ("unknown", "could not tell", day => day.Unknown),
    ];

    /// <summary>The series' classes and words, for the key below the chart.</summary>
    public static IEnumerable<(string Class, string Words)> Key => Series.Select(one => (one.Class, one.Words));

    /// <summary>A project's days, stacked.</summary>
    public static IHtmlContent Stacked(Chart chart)
    {
        var svg = new StringBuilder();
        var last = chart.Days[^1];
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" preserveAspectRatio=\"none\" height=\"{Height}\" role=\"img\" ");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"aria-label=\"{chart.Days.Count} days to {last.Day:yyyy-MM-dd}: on the last, {last.Live} live, {last.Changed} changed, ");
        svg.Append(CultureInfo.InvariantCulture, $"{last.Lost} lost or not found, {last.Unknown} could not be told\">");
        var floor = new int[chart.Days.Count];
        foreach (var (name, _, of) in Series)
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"f-{name}\" d=\"{Area(chart, floor, of)}\"/>");
        return new HtmlString(svg.Append("</svg>").ToString());
    }

    /// <summary>A link's days, one bar.</summary>
    public static IHtmlContent Bar(IReadOnlyList<DayLine> days)
    {
        var svg = new StringBuilder();
        var told = string.Join(", ", days.GroupBy(day => day.Mark).Select(mark => $"{mark.Count()} {WordsOf(mark.Key)}"));
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"chart\" viewBox=\"0 0 {days.Count * 10} 34\" preserveAspectRatio=\"none\" height=\"34\" role=\"img\" ");
        var mixed = days.Count(day => day.Also is not null);
        var both = mixed == 0 ? "" : $"; {mixed} of them were otherwise before they ended so";
        svg.Append(CultureInfo.InvariantCulture, $"aria-label=\"The last {days.Count} days: {told}{both}\">");
        foreach (var mark in days.Select((day, at) => (day.Mark, At: at)).GroupBy(day => day.Mark))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"f-{mark.Key}\" d=\"");
            foreach (var (_, at) in mark)
                svg.Append(CultureInfo.InvariantCulture, $"M{at * 10} 0h8v34h-8z");
            svg.Append("\"/>");
        }

        // What a day was besides is told by a title of its own.
        foreach (var (day, at) in days.Select((day, at) => (day, at)).Where(one => one.day.Also is not null))
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"f-{day.Mark}\" d=\"M{at * 10} 0h8v34h-8z\"><title>{day.Day:yyyy-MM-dd}: first {WordsOf(day.Also!)}, then ")
                .Append(CultureInfo.InvariantCulture, $"{WordsOf(day.Mark)}</title></path>");
        return new HtmlString(svg.Append("</svg>").ToString());
    }

    private static string WordsOf(string mark) => mark switch
    {
        "none" => "not checked",
        "unknown" => "could not be told",
        _ => mark,
    };

    // Along the top from left to right, and back along what lies below.
    private static string Area(Chart chart, int[] floor, Func<ChartDay, int> of)
    {
        var path = new StringBuilder();
        var back = new StringBuilder();
        for (var i = 0; i < floor.Length; i++)
        {
            var below = floor[i];
            floor[i] += of(chart.Days[i]);
            path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "M" : "L")}{X(i)} {Y(floor[i])}H{X(i + 1)}");
            back.Insert(0, string.Create(CultureInfo.InvariantCulture, $"L{X(i + 1)} {Y(below)}H{X(i)}"));
        }

        return path.Append(back).Append('Z').ToString();

        int X(int day) => day * Width / floor.Length;
        int Y(int count) => Height - (int)((long)count * Height / Math.Max(1, chart.Most));
    }
}
