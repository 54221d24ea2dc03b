using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Clocks;
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
    private const int MaxUrl = 300;
    private const int MaxText = 300;

    private readonly ReportContent _content;
    private readonly ClientReport _report;
    private readonly ReportFigures _figures;
    private readonly Language _say;
    private readonly ReportWords _words;
    private readonly TimeZoneInfo _zone;

    private ReportDocument(ReportContent content)
    {
        (_content, _report, _figures) = (content, content.Report, content.Kept.Figures);
        _say = Language.Of(_report.Language);
        _words = new ReportWords(_say);
        _zone = LocalTimes.Find(_report.TimeZone);
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
        {Markup.Join(_content.Sections.Select(Section))}
        </main>
        <footer><p>{_say.Text("All figures are over the watched links of this report, not over the whole web.")}
        {_say.Text("“No data” means that it is not known; it is never 0.")}
        {_say.Text("Made with LinkMonitor.")}</p></footer>
        </body>
        </html>

        """);

    private string Numbered => _say.Text("Report {number}", ("number", _report.Number.ToString(CultureInfo.InvariantCulture)));

    private Markup Head()
    {
        var logo = _content.LogoUrl is { } url
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
        {(_figures.Links == 0 ? None(_say.Text("No watched link belongs to this report: there is no data.")) : Body(section))}</section>

        """);

    private Markup Body(ReportSection section) => section switch
    {
        ReportSection.Summary => Summary(),
        ReportSection.GainedAndLost => GainedAndLost(),
        ReportSection.Changes => Changes(),
        ReportSection.NotVerified => NotVerified(),
        ReportSection.Links => Links(),
        ReportSection.Anchors => Anchors(),
        ReportSection.Domains => Domains(),
        ReportSection.Follow => Follow(),
        ReportSection.Targets => Targets(),
        _ => Placements(),
    };

    private Markup Summary()
    {
        var earlier = _content.Kept.Earlier;
        var before = earlier?.Figures;
        var since = earlier is null ? Markup.Empty : Markup.Of($"""
            <th scope="col" class="num">{_say.Text(
                "Since report {number} of {day}", ("number", earlier.Number.ToString(CultureInfo.InvariantCulture)),
                ("day", _words.Day(earlier.On)))}</th>
            """);
        return Markup.Of($"""
            <table><caption>{Watched}</caption>
            <thead><tr><th scope="col">{_say.Text("Figure")}</th><th scope="col" class="num">{_say.Text("Now")}</th>{since}</tr></thead>
            <tbody>
            {Row(Markup.Of($"{_say.Text("Watched links")}"), _figures.Links, before?.Links)}
            {Row(State(ReportedState.AsAgreed), _figures.AsAgreed, before?.AsAgreed)}
            {Row(State(ReportedState.Changed), _figures.Changed, before?.Changed)}
            {Row(State(ReportedState.Lost), _figures.Lost, before?.Lost)}
            {Row(State(ReportedState.NotFound), _figures.NotFound, before?.NotFound)}
            {Row(State(ReportedState.NotVerified), _figures.NotVerified, before?.NotVerified)}
            {ShareRow(
                _say.Text("As agreed, of those verified"), _figures.AgreedShare,
                before is null ? null : Share.Of(before.AsAgreed, before.Links - before.NotVerified))}
            {ShareRow(
                _say.Text("Followed, of those that are there"), _figures.FollowedShare,
                before is null ? null : Share.Of(before.Followed, before.Followed + before.NotFollowed))}
            <tr><th scope="row">{_say.Text("Referring domains")}</th><td class="num">{_words.Number(_figures.DomainCount)}</td>{Since(
                before is null ? null : _words.Difference(_figures.DomainCount, before.Domains))}</tr>
            </tbody></table>
            <p>{Period()}</p>
            {Days()}
            """);
    }

    private string Watched => _say.Count(
        _figures.Links, "Over {count} watched link.", "Over {count} watched links.");

    private string OverThere => _say.Count(
        _figures.There, "Over the {count} watched link that is there, of {all}.",
        "Over the {count} watched links that are there, of {all}.",
        ("all", _words.Number(_figures.Links)));

    private string Period()
    {
        var told = _say.Text(
            "In the period: {came} gained, {went} lost, {other} other changes.", ("came", _words.Number(_figures.CameInPeriod)),
            ("went", _words.Number(_figures.WentInPeriod)), ("other", _words.Number(_figures.ChangesInPeriod)));
        return _figures.ChangesKeptSince is { } day
            ? $"{told} {_say.Text("Of the days before {day} no changes are kept: there is no data.", ("day", _words.Day(day)))}" : told;
    }

    private Markup Row(Markup name, int now, int? before) => Markup.Of($"""
        <tr><th scope="row">{name}</th><td class="num">{_words.Number(now)}</td>{Since(
            before is { } then ? _words.Difference(now, then) : null)}</tr>

        """);

    private Markup ShareRow(string name, double? now, double? before) => Markup.Of($"""
        <tr><th scope="row">{name}</th><td class="num">{_words.Percent(now)}</td>{Since(
            _content.Kept.Earlier is null ? null : _words.Difference(now, before))}</tr>

        """);

    private static Markup Since(string? words) => words is null ? Markup.Empty : Markup.Of($"""<td class="num">{words}</td>""");

    private Markup Days()
    {
        if (_figures.Days.All(day => day.NotChecked == _figures.Links))
            return Markup.Of($"<h3>{_say.Text("States over the days")}</h3>{None(_words.NoData)}");
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
            <ul class="key"><li>{DayChart.Key("live")}{_words.State(ReportedState.AsAgreed)}</li><li>{DayChart.Key("changed")}{_words.State(
                ReportedState.Changed)}</li><li>{DayChart.Key("lost")}{_say.Text("Lost or not found")}</li><li>{DayChart.Key(
                "unknown")}{_say.Text("Not verified")}</li></ul>
            <p class="small soft">{label}</p>
            """);
    }

    private Markup GainedAndLost() => Markup.Of($"""
        <p>{Period()}</p>
        <h3>{_say.Text("Gained")}</h3>
        {ChangeTable(ReportPiece.Gained, _say.Text("No link was gained in the period."))}
        <h3>{_say.Text("Lost in the period")}</h3>
        {ChangeTable(ReportPiece.Lost, _say.Text("No link was lost in the period."))}
        """);

    private Markup Changes() => ChangeTable(ReportPiece.Changes, _say.Text("Nothing else has changed in the period."));

    private Markup ChangeTable(string list, string none)
    {
        var rows = _content.Changes[list];
        if (rows.Items.Count == 0)
            return None(_figures.ChangesKeptSince > _report.To ? _words.NoData : none);
        return Markup.Of($"""
            {Pager(list, rows.Part, rows.Parts)}
            <table class="rows"><thead><tr><th scope="col">{_say.Text("Day")}</th><th scope="col" class="wide">{_say.Text(
                "Page and target")}</th><th scope="col">{_say.Text("What happened")}</th></tr></thead><tbody>
            {Markup.Join(rows.Items.Select(ChangeRow))}</tbody></table>
            """);
    }

    private Markup ChangeRow(ReportedChange change) => Markup.Of($"""
        <tr><td class="day" data-of="{_say.Text("Day")}">{_words.Day(change.At, _zone)}</td><th scope="row">{Url(change.Page)}<span
        class="soft">→ {Text(change.Target)}</span></th><td data-of="{_say.Text("What happened")}">{_words.Move(change.Move)}{Reasons(
            change.Reasons)}</td></tr>

        """);

    private Markup NotVerified()
    {
        var rows = _content.Links[ReportPiece.NotVerified];
        if (rows.Items.Count == 0)
            return None(_say.Text("Every link of this report could be verified."));
        return Markup.Of($"""
            <p>{_say.Text("No check could tell what these links are now. They count neither as there nor as lost; a person should "
                + "look.")}</p>
            {Pager(ReportPiece.NotVerified, rows.Part, rows.Parts)}
            <table class="rows"><thead><tr><th scope="col" class="wide">{_say.Text("Page and target")}</th><th scope="col">{_say.Text(
                "Why")}</th><th scope="col">{_say.Text("Last seen")}</th></tr></thead><tbody>
            {Markup.Join(rows.Items.Select(UnseenRow))}</tbody></table>
            """);
    }

    private Markup UnseenRow(ReportedLink link)
    {
        var answer = link.Answer is not { } told ? Markup.Empty : Markup.Of($"""
            <span class="soft">{(told.Says == Storage.Links.AnswerKind.Seen
                ? _say.Text("A person saw it on {day}.", ("day", _words.Day(told.At, _zone)))
                : _say.Text("A person did not find it on {day}.", ("day", _words.Day(told.At, _zone))))}</span>
            """);
        return Markup.Of($"""
            <tr><th scope="row">{Url(link.Page)}<span class="soft">→ {Text(link.Target)}</span></th><td
            data-of="{_say.Text("Why")}">{_words.Unseen(link.Look)}{answer}</td><td class="day" data-of="{_say.Text("Last seen")}">{(
                link.SeenAt is { } seen ? _words.Day(seen, _zone) : _say.Text("never"))}</td></tr>

            """);
    }

    private Markup Links()
    {
        var rows = _content.Links[ReportPiece.Links];
        return Markup.Of($"""
            {Pager(ReportPiece.Links, rows.Part, rows.Parts)}
            <table class="rows"><caption>{Watched}</caption><thead><tr><th scope="col" class="wide">{_say.Text(
                "Page and target")}</th><th scope="col">{_say.Text("State")}</th><th scope="col">{_say.Text(
                "Anchor text")}</th><th scope="col">rel</th></tr></thead><tbody>
            {Markup.Join(rows.Items.Select(LinkRow))}</tbody></table>
            """);
    }

    private Markup LinkRow(ReportedLink link)
    {
        var (expected, found) = (link.Expected, link.Found);
        var isThere = link.State is ReportedState.AsAgreed or ReportedState.Changed;
        return Markup.Of($"""
            <tr><th scope="row">{Url(link.Page)}<span class="soft">→ {Text(link.Target)}</span></th><td
            data-of="{_say.Text("State")}">{State(link.State)}<span class="soft">{_say.Text(
                "since {day}", ("day", _words.Day(link.Since, _zone)))}</span>{(link.State == ReportedState.NotVerified
                ? Markup.Empty : Reasons(link.Reasons))}</td><td data-of="{_say.Text("Anchor text")}">{Sight(
                    isThere, found?.Anchor, expected.Anchor)}</td><td class="day" data-of="rel">{Sight(
                        isThere, found?.Rel, expected.Rel)}</td></tr>

            """);
    }

    // Of a link that is not there nothing is found, whatever was when it was seen last.
    private Markup Sight(bool isThere, string? found, string? expected)
    {
        var now = !isThere ? Markup.Of($"–") : found is null ? Markup.Of($"{_words.NoData}") : Markup.Of($"{Name(found)}");
        var isOther = isThere && found is not null && expected is not null
            && !string.Equals(Fold(found), Fold(expected), StringComparison.OrdinalIgnoreCase);
        return isOther
            ? Markup.Of($"""{now}<span class="soft">{_say.Text("expected: {value}", ("value", Name(expected!)))}</span>""") : now;
    }

    private static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private Markup Anchors() => Tally(_figures.Anchors, _say.Text("Anchor text"), Name);

    private Markup Domains() => Tally(_figures.Domains, _say.Text("Domain"), Text);

    private Markup Targets() => Tally(_figures.Targets, _say.Text("Target"), Text);

    private string Name(string text) => text.Trim().Length == 0 ? _say.Text("(no text)") : Text(text);

    private Markup Tally(NameTally tally, string head, Func<string, string> show)
    {
        if (tally.Links == 0)
            return None(_figures.There == 0
                ? _say.Text("No watched link of this report is known to be there: there is no data.") : _words.NoData);
        var rest = tally.Names - tally.Top.Count;
        var more = rest <= 0 ? Markup.Empty : Markup.Of($"<p>{_say.Count(rest, "And {count} more.", "And {count} more.")}</p>");
        var unknown = tally.Unknown == 0 ? Markup.Empty : Markup.Of($"""
            <p>{_say.Count(tally.Unknown, "Of {count} link there is no data.", "Of {count} links there is no data.")}</p>
            """);
        return Markup.Of($"""
            <table><caption>{OverThere}</caption>
            <thead><tr><th scope="col">{head}</th><th scope="col" class="num">{_say.Text("Links")}</th><th scope="col"
            class="num">{_say.Text(
                "Share")}</th></tr></thead><tbody>
            {Markup.Join(tally.Top.Select(one => Markup.Of($"""
                <tr><th scope="row">{show(one.Name)}</th><td class="num">{_words.Number(one.Links)}</td><td class="num">{_words.Percent(
                    Share.Of(one.Links, tally.Links))}</td></tr>

                """)))}</tbody></table>
            {more}{unknown}
            """);
    }

    private Markup Follow()
    {
        var unknown = _figures.There - _figures.Followed - _figures.NotFollowed;
        if (_figures.FollowedShare is not { } share)
            return None(_say.Text("No watched link of this report is known to be there: there is no data."));
        return Markup.Of($"""
            <table><caption>{OverThere}</caption>
            <thead><tr><th scope="col">{_say.Text("Links")}</th><th scope="col" class="num">{_say.Text("Number")}</th><th scope="col"
            class="num">{_say.Text("Share")}</th></tr></thead><tbody>
            <tr><th scope="row">{_say.Text("Followed by search engines")}</th><td class="num">{_words.Number(
                _figures.Followed)}</td><td class="num">{_words.Percent(share)}</td></tr>
            <tr><th scope="row">{_say.Text("Not followed: nofollow, sponsored, ugc, or a page that says so")}</th><td
            class="num">{_words.Number(
                _figures.NotFollowed)}</td><td class="num">{_words.Percent(
                    Share.Of(_figures.NotFollowed, _figures.Followed + _figures.NotFollowed))}</td></tr>
            </tbody></table>
            {(unknown > 0 ? Markup.Of($"""
                <p>{_say.Count(unknown, "Of {count} link there is no data.", "Of {count} links there is no data.")}</p>
                """) : Markup.Empty)}
            """);
    }

    private Markup Placements() => Markup.Of($"""
        {Tally(_figures.Places ?? NameTally.None, _say.Text("Part of the page"), PlaceWords)}
        <h3>{_say.Text("Terms")}</h3>
        {(_figures.WithTerm == 0 ? None(_say.Text("No end of a term is known for these links: there is no data.")) : Markup.Of($"""
            <p>{_say.Count(_figures.WithTerm, "{count} link has an agreed end.", "{count} links have an agreed end.")}
            {_say.Text("{over} ended, {ending} end within {days} days.", ("over", _words.Number(_figures.TermsOver)),
                ("ending", _words.Number(_figures.TermsEnding)), ("days", _words.Number(FigureTally.EndingDays)))}</p>
            """))}
        """);

    private string PlaceWords(string place) => Engine.Naming.WireName.TryParse<Engine.Links.Placement>(place, out var known)
        ? EvidenceWords.Of(known, _say) : Text(place);

    private Markup Reasons(IReadOnlyList<ReportedReason> reasons) => Markup.Join(reasons.Select(reason => Markup.Of($"""
        <span class="soft">{_say.Cut(ReasonWords.Sentence(reason.ToReason(), _say), MaxText)}</span>
        """)));

    private Markup State(ReportedState state)
    {
        var name = state switch
        {
            ReportedState.AsAgreed => "live",
            ReportedState.Changed => "changed",
            ReportedState.Lost => "lost",
            ReportedState.NotFound => "not-found",
            _ => "unknown",
        };
        return Markup.Of($"""<span class="s {name}">{new Markup(States.Shape(name).ToString()!)}{_words.State(state)}</span>""");
    }

    // All that is not shown is said, also on paper.
    private Markup Pager(string list, int part, int parts)
    {
        if (parts <= 1)
            return Markup.Empty;
        var ways = new StringBuilder();
        if (part > 1)
            ways.Append(Way(part - 1, _say.Text("Previous part")).Html);
        if (part < parts)
            ways.Append(Way(part + 1, _say.Text("Next part")).Html);
        return Markup.Of($"""
            <p>{_say.Text("Part {part} of {parts}.", ("part", _words.Number(part)), ("parts", _words.Number(parts)))}</p>
            <nav aria-label="{_say.Text("Parts of the list")}">{new Markup(ways.ToString())}</nav>
            """);

        Markup Way(int to, string words) =>
            Markup.Of($"""<a href="?{list}={to.ToString(CultureInfo.InvariantCulture)}">{words}</a>""");
    }

    private static Markup None(string words) => Markup.Of($"""<p class="soft">{words}</p>""");

    private string Text(string text) => _say.Cut(WebText.Readable(text), MaxUrl);

    private Markup Url(string url) =>
        url.Length <= 4_000 && Uri.TryCreate(url, UriKind.Absolute, out var read) && read.Scheme is "http" or "https"
            ? Markup.Of($"""<a href="{url}" rel="nofollow noreferrer noopener">{Text(url)}</a>""")
            : Markup.Of($"{Text(url)}");
}
