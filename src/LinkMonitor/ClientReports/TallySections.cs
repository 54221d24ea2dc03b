using LinkMonitor.Wording;

namespace LinkMonitor.ClientReports;

/// <summary>How many of the links that are there have what in common.</summary>
internal sealed class TallySections(ReportPen pen)
{
    private readonly Language _say = pen.Say;
    private readonly ReportWords _words = pen.Words;
    private readonly ReportFigures _figures = pen.Figures;

    public Markup Anchors() => Tally(_figures.Anchors, _say.Text("Anchor text"), pen.Name);

    public Markup Domains() => Tally(_figures.Domains, _say.Text("Host"), pen.Text);

    public Markup Targets() => Tally(_figures.Targets, _say.Text("Target"), pen.Text);

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
