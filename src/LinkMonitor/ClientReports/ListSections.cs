using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Wording;

namespace LinkMonitor.ClientReports;

/// <summary>The links and changes of a report, a row each.</summary>
internal sealed class ListSections(ReportPen pen)
{
    private readonly Language _say = pen.Say;
    private readonly ReportWords _words = pen.Words;
    private readonly ReportFigures _figures = pen.Figures;

    public Markup GainedAndLost() => Markup.Of($"""
        <p>{pen.Period()}</p>
        <h3>{_say.Text("Gained")}</h3>
        {ChangeTable(ReportPiece.Gained, _say.Text("No link was gained in the period."))}
        <h3>{_say.Text("Lost in the period")}</h3>
        {ChangeTable(ReportPiece.Lost, _say.Text("No link was lost in the period."))}
        """);

    public Markup Changes() => ChangeTable(ReportPiece.Changes, _say.Text("Nothing else has changed in the period."));

    private Markup ChangeTable(string list, string none)
    {
        var rows = pen.Content.Changes[list];
        if (rows.Items.Count == 0)
            return ReportPen.None(_figures.ChangesKeptSince > pen.Report.To ? _words.NoData : none);

        return Markup.Of($"""
            {Pager(list, rows.Part, rows.Parts)}
            <table class="rows"><thead><tr><th scope="col" class="day">{_say.Text("Day")}</th><th scope="col" class="wide">{_say.Text(
                "Page and target")}</th><th scope="col">{_say.Text("What happened")}</th></tr></thead><tbody>
            {Markup.Join(rows.Items.Select(ChangeRow))}</tbody></table>
            """);
    }

    // Reasons are sentences: they stand below the addresses, which have the width for them.
    private Markup ChangeRow(ReportedChange change) => Markup.Of($"""
        <tr><td class="day" data-of="{_say.Text("Day")}">{_words.Day(change.At, pen.Zone)}</td><th scope="row">{pen.Url(change.Page)}<span
        class="soft">→ {pen.Address(change.Target)}</span>{pen.Reasons(change.Holding)}</th><td data-of="{_say.Text(
            "What happened")}">{_words.Move(change.Move)}</td></tr>

        """);

    public Markup NotVerified()
    {
        var rows = pen.Content.Links[ReportPiece.NotVerified];
        if (rows.Items.Count == 0)
            return ReportPen.None(_say.Text("Every link of this report could be verified."));
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
                ? _say.Text("A person saw it on {day}.", ("day", _words.Day(told.At, pen.Zone)))
                : _say.Text("A person did not find it on {day}.", ("day", _words.Day(told.At, pen.Zone))))}</span>
            """);
        return Markup.Of($"""
            <tr><th scope="row">{pen.Url(link.Page)}<span class="soft">→ {pen.Address(link.Target)}</span></th><td
            data-of="{_say.Text("Why")}">{_words.Unseen(link.Look)}{answer}</td><td class="day" data-of="{_say.Text("Last seen")}">{(
                link.SeenAt is { } seen ? _words.Day(seen, pen.Zone) : _say.Text("never"))}</td></tr>

            """);
    }

    public Markup Links()
    {
        var rows = pen.Content.Links[ReportPiece.Links];
        return Markup.Of($"""
            {Pager(ReportPiece.Links, rows.Part, rows.Parts)}
            <table class="rows"><caption>{pen.Watched}</caption><thead><tr><th scope="col" class="wide">{_say.Text(
                "Page and target")}</th><th scope="col">{_say.Text("State")}</th><th scope="col" class="anchor">{_say.Text(
                "Anchor text")}</th><th scope="col">rel</th></tr></thead><tbody>
            {Markup.Join(rows.Items.Select(LinkRow))}</tbody></table>
            """);
    }

    private Markup LinkRow(ReportedLink link)
    {
        var (expected, found) = (link.Expected, link.Found);
        var isThere = link.State is Standing.AsAgreed or Standing.Changed;
        return Markup.Of($"""
            <tr><th scope="row">{pen.Url(link.Page)}<span class="soft">→ {pen.Address(link.Target)}</span>{(
                link.State == Standing.NotVerified ? Markup.Empty : pen.Reasons(link.Reasons))}</th><td
            data-of="{_say.Text("State")}">{pen.State(link.State)}<span class="soft">{_say.Text(
                "since {day}", ("day", _words.Day(link.Since, pen.Zone)))}</span></td><td data-of="{_say.Text("Anchor text")}">{Sight(
                    isThere, found?.Anchor, expected.Anchor)}</td><td class="day" data-of="rel">{Sight(
                        isThere, found?.Rel, expected.Rel)}</td></tr>

            """);
    }

    // Of a link that is not there nothing is found, whatever was when it was seen last.
    private Markup Sight(bool isThere, string? found, string? expected)
    {
        var now = !isThere ? Markup.Of($"–") : found is null ? Markup.Of($"{_words.NoData}") : Markup.Of($"{pen.Name(found)}");
        var isOther = isThere && found is not null && expected is not null
            && !string.Equals(Fold(found), Fold(expected), StringComparison.OrdinalIgnoreCase);
        return isOther
            ? Markup.Of($"""{now}<span class="soft">{_say.Text("expected: {value}", ("value", pen.Name(expected!)))}</span>""") : now;
    }

    private static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

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
}

/// <summary>How many of the links that are there have what in common.</summary>
internal sealed class TallySections(ReportPen pen)
{
    private readonly Language _say = pen.Say;
    private readonly ReportWords _words = pen.Words;
    private readonly ReportFigures _figures = pen.Figures;

    public Markup Anchors() => Tally(_figures.Anchors, _say.Text("Anchor text"), pen.Name);

    public Markup Domains() => Tally(_figures.Domains, _say.Text("Host"), pen.Text);

    public Markup Targets() => Tally(_figures.Targets, _say.Text("Target"), pen.Address);

    private Markup Tally(NameTally tally, string head, Func<string, string> show)
    {
        if (tally.Links == 0)
            return ReportPen.None(_figures.There == 0
                ? _say.Text("No watched link of this report is known to be there: there is no data.") : _words.NoData);
        var rest = tally.Names - tally.Top.Count;
        var more = rest <= 0 ? Markup.Empty : Markup.Of($"<p>{_say.Count(rest, "And {count} more.", "And {count} more.")}</p>");
        var unknown = tally.Unknown == 0 ? Markup.Empty : Markup.Of($"""
            <p>{_say.Count(tally.Unknown, "Of {count} link there is no data.", "Of {count} links there is no data.")}</p>
            """);
        return Markup.Of($"""
            <table><caption>{pen.OverThere}</caption>
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

    public Markup Follow()
    {
        var unknown = _figures.There - _figures.Followed - _figures.NotFollowed;
        if (_figures.FollowedShare is not { } share)
            return ReportPen.None(_say.Text("No watched link of this report is known to be there: there is no data."));
        return Markup.Of($"""
            <table><caption>{pen.OverThere}</caption>
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

    public Markup Placements() => Markup.Of($"""
        {Tally(_figures.Places ?? NameTally.None, _say.Text("Part of the page"), PlaceWords)}
        <h3>{_say.Text("Terms")}</h3>
        {(_figures.WithTerm == 0
            ? ReportPen.None(_say.Text("No end of a term is known for these links: there is no data.")) : Markup.Of($"""
            <p>{_say.Count(_figures.WithTerm, "{count} link has an agreed end.", "{count} links have an agreed end.")}
            {_say.Text("{over} ended, {ending} end within {days} days.", ("over", _words.Number(_figures.TermsOver)),
                ("ending", _words.Number(_figures.TermsEnding)), ("days", _words.Number(FigureTally.EndingDays)))}</p>
            """))}
        """);

    private string PlaceWords(string place) => Engine.Naming.WireName.TryParse<Engine.Links.Placement>(place, out var known)
        ? EvidenceWords.Of(known, _say) : pen.Text(place);
}
