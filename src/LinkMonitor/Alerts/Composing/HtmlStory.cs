namespace LinkMonitor.Alerts.Composing;

/// <summary>One change in the HTML part: a card with all its evidence.</summary>
internal static class HtmlStory
{
    public static Markup Write(ChangeStory story)
    {
        var tone = ChangeKinds.ToneOf(story.Kind);
        return Markup.Of($"""
            <table role="presentation" class="card" style="{HtmlStyles.Card}"><tr><td class="{HtmlStyles.Class(tone)}-bar" style="padding:12px 16px;border-left:5px solid {HtmlStyles.Colour(tone)};border-radius:8px;">
            {Head(story, tone)}<table style="{HtmlStyles.Plain}">
            {HtmlLetter.Row("Page", Url(story.Page.Href))}{HtmlLetter.Row("Target", Url(story.Target.Href))}{Markup.Join(story.Facts.Select(fact => HtmlLetter.Row(fact.Label, Markup.Of($"{fact.Value}"))))}</table>
            {Markup.Join(story.Differences.Select(Difference))}{Resolved(story)}{Advice(story)}{HtmlButtons.WriteShortly(story.Buttons)}{Evidence(story)}{Snippets(story)}<p class="muted" style="{HtmlStyles.Footer}">Event {story.EventId}</p>
            </td></tr></table>

            """);
    }

    private static Markup Head(ChangeStory story, Tone tone) => story.Number is not { } number ? Markup.Empty : Markup.Of($"""
        <h3 style="font-size:15px;line-height:1.4;margin:0 0 6px 0;">{HtmlLetter.Number(number)}. <span class="{HtmlStyles.Class(tone)}" style="color:{HtmlStyles.Colour(tone)};">{Tones.Marked(tone, ChangeKinds.Word(story.Kind))}</span>: {story.Gist}</h3>

        """);

    private static Markup Difference(Difference difference)
    {
        var expected = difference.Expected is { } wanted ? Markup.Of($"<br>Expected: <strong>{wanted}</strong>") : Markup.Empty;
        var found = difference.Found is { } seen ? Markup.Of($"<br>Found: <strong>{seen}</strong>") : Markup.Empty;
        return Markup.Of($"""
            <p style="margin:10px 0 0 0;"><strong>{difference.Label}:</strong> {difference.Sentence}{expected}{found}</p>

            """);
    }

    private static Markup Resolved(ChangeStory story) => story.Resolved.Count == 0 ? Markup.Empty : Markup.Of($"""
        <p style="margin:10px 0 0 0;"><strong>As expected again:</strong> {string.Join("; ", story.Resolved)}</p>

        """);

    private static Markup Advice(ChangeStory story) => story.Advice is not { } advice ? Markup.Empty : Markup.Of($"""
        <p style="margin:10px 0 0 0;"><strong>Why it matters:</strong> {advice.Why} <strong>What to do:</strong> {advice.Todo}</p>

        """);

    private static Markup Evidence(ChangeStory story)
    {
        var rows = story.Differing.ToList();
        var table = rows.Count == 0 ? Markup.Empty : Markup.Of($"""
            <table cellpadding="4" style="{HtmlStyles.Grid}">
            <tr align="left" valign="top"><th class="cell muted" scope="col" width="84" style="{HtmlStyles.Muted}">Evidence</th><th class="cell differs" scope="col">Before</th><th class="cell differs" scope="col">Now</th></tr>
            {Markup.Join(rows.Select(EvidenceRow))}</table>

            """);
        var alike = story.Alike.Length == 0 ? Markup.Empty : Markup.Of($"""
            <p class="muted" style="{HtmlStyles.Small}">The same in both checks: {story.Alike}.</p>

            """);
        var elsewhere = story.PageToldAt is not { } number ? Markup.Empty : Markup.Of($"""
            <p class="muted" style="{HtmlStyles.Small}">What the checks saw of the page stands at {HtmlLetter.Number(number)}.</p>

            """);
        return Markup.Of($"{table}{alike}{elsewhere}");
    }

    private static Markup EvidenceRow(EvidenceRow row) => Markup.Of($"""
        <tr align="left" valign="top"><th class="cell muted" scope="row">{row.Label}</th><td class="cell">{row.Before ?? "–"}</td><td class="cell differs">{row.After ?? "–"}</td></tr>

        """);

    private static Markup Snippets(ChangeStory story)
    {
        var (before, after) = story.Snippets;
        if (before.Count == 0 && after.Count == 0)
            return Markup.Empty;
        if (story.Snippets.IsSame)
            return Snippet("HTML, the same in both checks", Mark(after, "ins", "added", HtmlStyles.Added), "");
        return Markup.Of($"""
            {Snippet("HTML before", Mark(before, "del", "removed", HtmlStyles.Removed), story.NoSnippetBefore)}{Snippet("HTML now", Mark(after, "ins", "added", HtmlStyles.Added), story.NoSnippetAfter)}
            """);
    }

    private static Markup Snippet(string label, Markup html, string otherwise) => html.Html.Length == 0
        ? Markup.Of($"""
            <p class="muted" style="{HtmlStyles.Small}">{label}: {otherwise}</p>

            """)
        : Markup.Of($"""
            <p class="muted" style="{HtmlStyles.Small}">{label}:</p>
            <code class="code" style="{HtmlStyles.Code}">{html}</code>

            """);

    private static Markup Mark(IReadOnlyList<SnippetPiece> pieces, string element, string name, string style)
    {
        var tag = new Markup(element);
        return Markup.Join(pieces.Select(piece => piece.IsMarked
            ? Markup.Of($"""<{tag} class="{name}" style="{style}">{piece.Text}</{tag}>""")
            : Markup.Of($"{piece.Text}")));
    }

    private static Markup Url(string href) => Markup.Anchor(href, WebText.Cut(href, EvidenceTable.MaxUrl));
}
