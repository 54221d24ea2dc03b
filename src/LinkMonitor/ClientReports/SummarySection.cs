using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Wording;

namespace LinkMonitor.ClientReports;

/// <summary>The figures of a report, beside those of the one before, and the states over its days.</summary>
internal sealed class SummarySection(ReportPen pen)
{
    private readonly Language _say = pen.Say;
    private readonly ReportWords _words = pen.Words;
    private readonly ReportFigures _figures = pen.Figures;

    public Markup Summary()
    {
        var earlier = pen.Content.Kept.Earlier;
        var before = earlier?.Figures;
        var since = earlier is null ? Markup.Empty : Markup.Of($"""
            <th scope="col" class="num">{_say.Text(
                "Since report {number} of {day}", ("number", earlier.Number.ToString(CultureInfo.InvariantCulture)),
                ("day", _words.Day(earlier.On)))}</th>
            """);
        return Markup.Of($"""
            <table><caption>{pen.Watched}</caption>
            <thead><tr><th scope="col">{_say.Text("Figure")}</th><th scope="col" class="num">{_say.Text("Now")}</th>{since}</tr></thead>
            <tbody>
            {Row(Markup.Of($"{_say.Text("Watched links")}"), _figures.Links, before?.Links)}
            {Row(pen.State(Standing.AsAgreed), _figures.AsAgreed, before?.AsAgreed)}
            {Row(pen.State(Standing.Changed), _figures.Changed, before?.Changed)}
            {Row(pen.State(Standing.Lost), _figures.Lost, before?.Lost)}
            {Row(pen.State(Standing.NotFound), _figures.NotFound, before?.NotFound)}
            {Row(pen.State(Standing.NotVerified), _figures.NotVerified, before?.NotVerified)}
            {ShareRow(
                _say.Text("As agreed, of those verified"), _figures.AsAgreed, _figures.Verified,
                before is null ? null : Share.Of(before.AsAgreed, before.Links - before.NotVerified))}
            {ShareRow(
                _say.Text("Followed, of those that are there"), _figures.Followed, _figures.Followed + _figures.NotFollowed,
                before is null ? null : Share.Of(before.Followed, before.Followed + before.NotFollowed))}
            <tr><th scope="row">{_say.Text("Referring hosts")}</th><td class="num">{_words.Number(_figures.DomainCount)}</td>{Since(
                before is null ? null : _words.Difference(_figures.DomainCount, before.Domains))}</tr>
            </tbody></table>
            {(_figures.OwnTargetFaults == 0 ? Markup.Empty : Markup.Of($"""
                <p>{_say.Count(
                    _figures.OwnTargetFaults, "{count} link is as agreed, but its target on your own site has a fault.",
                    "{count} links are as agreed, but their targets on your own site have a fault.")}</p>
                """))}
            <p>{pen.Period()}</p>
            {Days()}
            """);
    }

    private Markup Row(Markup name, int now, int? before) => Markup.Of($"""
        <tr><th scope="row">{name}</th><td class="num">{_words.Number(now)}</td>{Since(
            before is { } then ? _words.Difference(now, then) : null)}</tr>

        """);

    private Markup ShareRow(string name, int count, int all, double? before) => Markup.Of($"""
        <tr><th scope="row">{name}</th><td class="num">{_words.Percent(Share.Of(count, all))}{(all == 0 ? Markup.Empty : Markup.Of($"""
            <span class="soft">{_say.Text(
                "{count} of {all}", ("count", _words.Number(count)), ("all", _words.Number(all)))}</span>
            """))}</td>{Since(
            pen.Content.Kept.Earlier is null ? null : _words.Difference(Share.Of(count, all), before))}</tr>

        """);

    private static Markup Since(string? words) => words is null ? Markup.Empty : Markup.Of($"""<td class="num">{words}</td>""");

    private Markup Days()
    {
        // What was never checked is not verified today, and no picture.
        var isKnown = _figures.Days.Any(day => day.AsAgreed + day.Changed + day.Lost + day.NotFound > 0)
            || _figures.Days.SkipLast(1).Any(day => day.NotVerified > 0);
        if (!isKnown)
            return Markup.Of($"<h3>{_say.Text("States over the days")}</h3>{ReportPen.None(_words.NoData)}");
        var last = _figures.Days[^1];
        var label = _say.Text(
            "What the checks saw from {from} to {to}; where nothing was checked there is no data. On the last day: {agreed} as agreed, "
                + "{changed} changed, {lost} lost or not found, {unknown} not verified, {none} not checked.",
            ("from", _words.Day(_figures.Days[0].Day)), ("to", _words.Day(last.Day)), ("agreed", _words.Number(last.AsAgreed)),
            ("changed", _words.Number(last.Changed)), ("lost", _words.Number(last.Lost + last.NotFound)),
            ("unknown", _words.Number(last.NotVerified)), ("none", _words.Number(last.NotChecked)));
        return Markup.Of($"""
            <h3>{_say.Text("States over the days")}</h3>
            {DayChart.Svg(_figures.Days, label)}
            <ul class="key"><li>{DayChart.Key("live")}{_words.State(Standing.AsAgreed)}</li><li>{DayChart.Key("changed")}{_words.State(
                Standing.Changed)}</li><li>{DayChart.Key("lost")}{_say.Text("Lost or not found")}</li><li>{DayChart.Key(
                "unknown")}{_say.Text("Not verified")}</li></ul>
            <p class="small soft">{label}</p>
            """);
    }
}

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
