using System.Globalization;

namespace LinkMonitor.Alerts.Composing;

/// <summary>One change in the HTML part: a card with all its evidence, or a row of a list.</summary>
internal static class HtmlStory
{
    public static Markup Full(int number, ChangeStory story)
    {
        var name = HtmlStyles.Class(story.Kind);
        return Markup.Of($"""
            <table class="card" style="{HtmlStyles.Card}"><tr><td class="{name}-bar" style="padding:14px 16px;border-left:5px solid {HtmlStyles.Colour(story.Kind)};border-radius:8px;">
            <p style="margin:0 0 8px 0;font-weight:bold;overflow-wrap:anywhere;">{Number(number)}. <span class="{name}" style="color:{HtmlStyles.Colour(story.Kind)};">{ChangeKinds.Shape(story.Kind)} {ChangeKinds.Word(story.Kind)}</span>: {story.Gist}</p>
            <table style="width:100%;border-collapse:collapse;table-layout:fixed;">
            {Row("Page", Url(story.Page.Href))}{Row("Target", Url(story.Target.Href))}{Row("State", Markup.Of($"{story.Move}"))}{Markup.Join(story.Times.Select(time => Row(time.Label, Markup.Of($"{time.Value}"))))}</table>
            {Markup.Join(story.Differences.Select(Difference))}{Resolved(story)}<p style="margin:10px 0;"><strong>Why it matters:</strong> {story.Advice.Why} <strong>What to do:</strong> {story.Advice.Todo}</p>
            {Evidence(story)}{Snippet("HTML before", Mark(story.Snippets.Before, "del", "removed", HtmlStyles.Removed), story.NoSnippetBefore)}{Snippet("HTML now", Mark(story.Snippets.After, "ins", "added", HtmlStyles.Added), story.NoSnippetAfter)}<p class="muted" style="margin:6px 0 0 0;font-size:12px;{HtmlStyles.Muted}">{Details(story)}Event {story.EventId}</p>
            </td></tr></table>

            """);
    }

    public static Markup Brief(int number, ChangeStory story) => Markup.Of($"""
        <tr><td class="cell" style="padding:8px 12px;font-size:13px;word-break:break-word;overflow-wrap:anywhere;">{Number(number)}. <span class="{HtmlStyles.Class(story.Kind)}" style="color:{HtmlStyles.Colour(story.Kind)};">{ChangeKinds.Shape(story.Kind)} {ChangeKinds.Word(story.Kind)}</span>: {story.Gist}<br>{Url(story.Page.Href)} → {Url(story.Target.Href)}<br><span class="muted" style="{HtmlStyles.Muted}">{story.Times[0].Label} {story.Times[0].Value}</span> {Details(story)}</td></tr>

        """);

    private static Markup Row(string label, Markup value) => Markup.Of($"""
        <tr align="left" valign="top"><th class="muted" scope="row" style="{HtmlStyles.Label}">{label}</th><td style="{HtmlStyles.Value}">{value}</td></tr>

        """);

    private static Markup Difference(Difference difference)
    {
        var expected = difference.Expected is { } wanted ? Markup.Of($"<br>Expected: <strong>{wanted}</strong>") : Markup.Empty;
        var found = difference.Found is { } seen ? Markup.Of($"<br>Found: <strong>{seen}</strong>") : Markup.Empty;
        return Markup.Of($"""
            <p style="margin:10px 0 0 0;overflow-wrap:anywhere;"><strong>{difference.Label}</strong>: {difference.Sentence}{expected}{found}</p>

            """);
    }

    private static Markup Resolved(ChangeStory story) => story.Resolved.Count == 0 ? Markup.Empty : Markup.Of($"""
        <p style="margin:10px 0 0 0;overflow-wrap:anywhere;">As expected again: {string.Join("; ", story.Resolved)}</p>

        """);

    private static Markup Evidence(ChangeStory story) => Markup.Of($"""
        <table cellpadding="4" style="{HtmlStyles.Grid}">
        <tr align="left" valign="top"><th class="cell muted" scope="col" width="92" style="{HtmlStyles.Muted}">Evidence</th><th class="cell differs" scope="col">Before</th><th class="cell differs" scope="col">Now</th></tr>
        {Markup.Join(story.Evidence.Select(EvidenceRow))}</table>

        """);

    private static Markup EvidenceRow(EvidenceRow row)
    {
        var values = row.Differs
            ? Markup.Of($"""<td class="cell">{row.Before ?? "–"}</td><td class="cell differs">{row.After ?? "–"}</td>""")
            : Markup.Of($"""<td class="cell" colspan="2">{row.After ?? "–"}</td>""");
        return Markup.Of($"""
            <tr align="left" valign="top"><th class="cell muted" scope="row">{row.Label}</th>{values}</tr>

            """);
    }

    private static Markup Snippet(string label, Markup html, string otherwise) => Markup.Of($"""
        <p class="muted" style="margin:8px 0 0 0;font-size:12px;{HtmlStyles.Muted}">{label}</p>
        <code class="code" style="{HtmlStyles.Code}">{(html.Html.Length > 0 ? html : Markup.Of($"<em>{otherwise}</em>"))}</code>

        """);

    private static Markup Mark(IReadOnlyList<SnippetPiece> pieces, string element, string name, string style)
    {
        var tag = new Markup(element);
        return Markup.Join(pieces.Select(piece => piece.IsMarked
            ? Markup.Of($"""<{tag} class="{name}" style="{style}">{piece.Text}</{tag}>""")
            : Markup.Of($"{piece.Text}")));
    }

    private static Markup Details(ChangeStory story) => story.Details is { } url
        ? Markup.Of($"{Markup.Anchor(url.AbsoluteUri, "Details and history")} · ")
        : Markup.Empty;

    private static Markup Url(string href) => Markup.Anchor(href, WebText.Cut(href, EvidenceTable.MaxUrl));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
