using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.ClientReports;

/// <summary>What all sections of a report are written with: its facts, its language, and how a link, a state and a text look.</summary>
internal sealed class ReportPen(ReportContent content)
{
    private const int MaxUrl = 300;
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
        var told = Say.Text(
            "In the period: {came} gained, {went} lost, {other} other changes.", ("came", Words.Number(Figures.CameInPeriod)),
            ("went", Words.Number(Figures.WentInPeriod)), ("other", Words.Number(Figures.ChangesInPeriod)));
        return Figures.ChangesKeptSince is { } day
            ? $"{told} {Say.Text("Of the days before {day} no changes are kept: there is no data.", ("day", Words.Day(day)))}" : told;
    }

    public Markup Reasons(IReadOnlyList<ReportedReason> reasons) => Markup.Join(reasons.Select(reason => Markup.Of($"""
        <span class="soft">{Say.Cut(ReasonWords.Sentence(reason.ToReason(), Say), MaxText)}</span>
        """)));

    /// <summary>A state as shape, word and colour.</summary>
    public Markup State(ReportedState state)
    {
        var name = state switch
        {
            ReportedState.AsAgreed => "live",
            ReportedState.Changed => "changed",
            ReportedState.Lost => "lost",
            ReportedState.NotFound => "not-found",
            _ => "unknown",
        };
        return Markup.Of($"""<span class="s {name}">{new Markup(States.Shape(name).ToString()!)}{Words.State(state)}</span>""");
    }

    /// <summary>What is said where there is nothing to show.</summary>
    public static Markup None(string words) => Markup.Of($"""<p class="soft">{words}</p>""");

    /// <summary>A text of a link, which may be empty.</summary>
    public string Name(string text) => text.Trim().Length == 0 ? Say.Text("(no text)") : Text(text);

    /// <summary>A text from the web, cut.</summary>
    public string Text(string text) => Say.Cut(WebText.Readable(text), MaxUrl);

    public Markup Url(string url) =>
        url.Length <= 4_000 && Uri.TryCreate(url, UriKind.Absolute, out var read) && read.Scheme is "http" or "https"
            ? Markup.Of($"""<a href="{url}" rel="nofollow noreferrer noopener">{Text(url)}</a>""")
            : Markup.Of($"{Text(url)}");
}
