using System.Globalization;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Views;
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
        {(_pen.Figures.Links == 0
            ? ReportPen.None(_say.Text("No watched link belongs to this report: there is no data."))
            : Markup.Join(_pen.Content.Sections.Select(Section)))}
        </main>
        <footer><p>{_say.Text("All figures are over the watched links of this report, not over the whole web.")}
        {_say.Text("“No data” means that it is not known; it is never 0.")}
        {_say.Text("Made with LinkMonitor.")}</p></footer>
        </body>
        </html>

        """);

    // Beside all sections, as it is true of each.
    private Markup Unread => Markup.Join(
    [
        _pen.Figures.Unreadable == 0 ? Markup.Empty : Markup.Of($"""
            <p>{_say.Count(
                _pen.Figures.Unreadable,
                "{count} link of the project could not be read; whether it belongs to this report is not known, and it is in no figure.",
                "{count} links of the project could not be read; whether they belong to this report is not known, and they are in no "
                    + "figure.")}</p>
            """),
        _pen.Figures.UnreadableChanges == 0 ? Markup.Empty : Markup.Of($"""
            <p>{_say.Count(
                _pen.Figures.UnreadableChanges,
                "{count} change of the project in the period could not be read; whether it belongs to this report is not known, and it is "
                    + "in no figure.",
                "{count} changes of the project in the period could not be read; whether they belong to this report is not known, and "
                    + "they are in no figure.")}</p>
            """),
    ]);

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
        {Body(section)}</section>

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

/// <summary>What all sections of a report are written with: its facts, its language, and how a link, a state and a text look.</summary>
internal sealed class ReportPen(ReportContent content)
{
    // Longer than browsers open; what is not on paper nobody can look up.
    private const int MaxUrl = 2_083;
    private const int MaxText = 300;

    public ReportContent Content => content;

    public ClientReport Report => content.Report;

    public ReportFigures Figures => content.Kept.Figures;

    public Language Say { get; } = Language.Of(content.Report.Language);

    public ReportWords Words { get; } = new(Language.Of(content.Report.Language));

    public TimeZoneInfo Zone { get; } = LocalTimes.Find(content.Report.TimeZone);

    /// <summary>Over how many links.</summary>
    public string Watched => Say.Count(
        Figures.Links, "Over {count} watched link.", "Over {count} watched links.");

    /// <summary>Over how many of them, those that are there.</summary>
    public string OverThere => Say.Count(
        Figures.There, "Over the {count} watched link that is there, of {all}.",
        "Over the {count} watched links that are there, of {all}.",
        ("all", Words.Number(Figures.Links)));

    /// <summary>What came and went.</summary>
    public string Period()
    {
        var told = Say.Count(
            Figures.ChangesInPeriod, "In the period: {came} gained, {went} lost, {count} other change.",
            "In the period: {came} gained, {went} lost, {count} other changes.", ("came", Words.Number(Figures.CameInPeriod)),
            ("went", Words.Number(Figures.WentInPeriod)));
        return Figures.ChangesKeptSince is { } day
            ? $"{told} {Say.Text("Of the days before {day} no changes are kept: there is no data.", ("day", Words.Day(day)))}" : told;
    }

    public Markup Reasons(IEnumerable<ReportedReason> reasons) => Markup.Join(reasons.Select(reason => Markup.Of($"""
        <span class="soft">{Say.Cut(ReasonWords.Sentence(reason.ToReason(), Say), MaxText)}</span>
        """)));

    /// <summary>A state as shape, word and colour.</summary>
    public Markup State(Standing state)
    {
        var name = state switch
        {
            Standing.AsAgreed => "live",
            Standing.Changed => "changed",
            Standing.Lost => "lost",
            Standing.NotFound => "not-found",
            _ => "unknown",
        };
        return Markup.Of($"""<span class="s {name}">{new Markup(States.Shape(name).ToString()!)}{Words.State(state)}</span>""");
    }

    /// <summary>What is said where there is nothing to show.</summary>
    public static Markup None(string words) => Markup.Of($"""<p class="soft">{words}</p>""");

    /// <summary>A text of a link, which may be empty.</summary>
    public string Name(string text) => text.Trim().Length == 0 ? Say.Text("(no text)") : Text(text);

    /// <summary>A text from the web, cut.</summary>
    public string Text(string text) => Say.Cut(WebText.Readable(text), MaxText);

    /// <summary>A URL as people read it, whole.</summary>
    public string Address(string url) => Say.Cut(WebText.Readable(url), MaxUrl);

    public Markup Url(string url) =>
        url.Length <= 4_000 && Uri.TryCreate(url, UriKind.Absolute, out var read) && read.Scheme is "http" or "https"
            ? Markup.Of($"""<a href="{url}" rel="nofollow noreferrer noopener">{Address(url)}</a>""")
            : Markup.Of($"{Address(url)}");
}
