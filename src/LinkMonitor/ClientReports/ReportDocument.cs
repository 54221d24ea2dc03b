using System.Globalization;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Wording;

namespace LinkMonitor.ClientReports;

/// <summary>What a report shows: its sections, and a part of each list that they need.</summary>
internal sealed record ReportContent(
    ClientReport Report, KeptFigures Kept, IReadOnlyList<ReportSection> Sections, string? LogoUrl,
    IReadOnlyDictionary<string, ReportRows<ReportedLink>> Links, IReadOnlyDictionary<string, ReportRows<ReportedChange>> Changes);

/// <summary>Writes a report as a page to be read or printed, in its language.</summary>
internal sealed class ReportDocument
{
    private readonly ReportPen _pen;
    private readonly Language _say;
    private readonly ClientReport _report;
    private readonly ReportWords _words;

    private ReportDocument(ReportContent content)
    {
        _pen = new ReportPen(content);
        (_say, _report, _words) = (_pen.Say, _pen.Report, _pen.Words);
    }

    /// <summary>The style that the page contains, for the policy of its answer.</summary>
    public static ReportSheet SheetOf(ClientReport report) => ReportSheet.Of(
        report.Brand.Accent,
        Language.Of(report.Language) is var say
            ? say.Text("Report {number}", ("number", report.Number.ToString(CultureInfo.InvariantCulture))) : "");

    public static string Write(ReportContent content) => new ReportDocument(content).Page().Html;

    private Markup Page() => Markup.Of($"""
        <!doctype html>
        <html lang="{_say.Code}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex, nofollow">
        <title>{WebText.Visible(_report.Title)} – {Numbered}</title>
        <link rel="icon" href="data:,">
        <style>{new Markup(SheetOf(_report).Css)}</style>
        </head>
        <body>
        {Head()}
        <main>
        {Unread}
        {Markup.Join(_pen.Content.Sections.Select(Section))}
        </main>
        <footer><p>{_say.Text("All figures are over the watched links of this report, not over the whole web.")}
        {_say.Text("“No data” means that it is not known; it is never 0.")}
        {_say.Text("Made with LinkMonitor.")}</p></footer>
        </body>
        </html>

        """);

    // Beside all sections, as it is true of each.
    private Markup Unread => _pen.Figures.Unreadable == 0 ? Markup.Empty : Markup.Of($"""
        <p>{_say.Count(
            _pen.Figures.Unreadable,
            "{count} link of the project could not be read; whether it belongs to this report is not known, and it is in no figure.",
            "{count} links of the project could not be read; whether they belong to this report is not known, and they are in no "
                + "figure.")}</p>
        """);

    private string Numbered => _say.Text("Report {number}", ("number", _report.Number.ToString(CultureInfo.InvariantCulture)));

    private Markup Head()
    {
        var logo = _pen.Content.LogoUrl is { } url
            ? Markup.Of($"""<img src="{url}" alt="{WebText.Visible(_report.Brand.Name ?? "")}">""") : Markup.Empty;
        var name = _report.Brand.Name is { } maker ? Markup.Of($"<strong>{WebText.Visible(maker)}</strong>") : Markup.Empty;
        var client = _report.Client is { } whom
            ? Markup.Of($"<p>{_say.Text("For {client}", ("client", WebText.Visible(whom)))}</p>") : Markup.Empty;
        return Markup.Of($"""
            <header><div class="maker">{logo}{name}<span>{Numbered}</span></div>
            <h1>{WebText.Visible(_report.Title)}</h1>
            {client}
            <p>{_say.Text("{from} to {to}", ("from", _words.Day(_report.From)), ("to", _words.Day(_report.To)))}</p>
            <p class="small">{_say.Text(
                "As known on {time}.", ("time", new ProjectTime(_report.TimeZone, _say).Write(_report.CreatedAt)))}</p>
            </header>
            """);
    }

    private Markup Section(ReportSection section) => Markup.Of($"""
        <section><h2>{_words.Section(section)}</h2>
        {(_pen.Figures.Links == 0
            ? ReportPen.None(_say.Text("No watched link belongs to this report: there is no data.")) : Body(section))}</section>

        """);

    private Markup Body(ReportSection section) => section switch
    {
        ReportSection.Summary => new SummarySection(_pen).Summary(),
        ReportSection.GainedAndLost => new ListSections(_pen).GainedAndLost(),
        ReportSection.Changes => new ListSections(_pen).Changes(),
        ReportSection.NotVerified => new ListSections(_pen).NotVerified(),
        ReportSection.Links => new ListSections(_pen).Links(),
        ReportSection.Anchors => new TallySections(_pen).Anchors(),
        ReportSection.Domains => new TallySections(_pen).Domains(),
        ReportSection.Follow => new TallySections(_pen).Follow(),
        ReportSection.Targets => new TallySections(_pen).Targets(),
        _ => new TallySections(_pen).Placements(),
    };
}
