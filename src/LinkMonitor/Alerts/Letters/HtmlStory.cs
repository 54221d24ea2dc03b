using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Letters;

/// <summary>One change in the HTML part: a card with all its evidence.</summary>
internal static class HtmlStory
{
    public static Markup Write(ChangeStory story, Language say)
    {
        var tone = ChangeKindOf.ToneOf(story.Kind);
        return Markup.Of($"""
            <table role="presentation" class="card" style="{HtmlStyles.Card}"><tr><td class="{HtmlStyles.Class(tone)}-bar"
            style="padding:12px 16px;border-left:5px solid {HtmlStyles.Colour(tone)};border-radius:8px;">
            {Head(story, tone, say)}<table style="{HtmlStyles.Plain}">
            {HtmlLetter.Row(say.Text("Page"), Url(story.Page.Href, say))}{HtmlLetter.Row(say.Text("Target"), Url(story.Target.Href, say))}
            {Markup.Join(story.Facts.Select(fact => HtmlLetter.Row(fact.Label, Markup.Of($"{fact.Value}"))))}</table>
            {Markup.Join(story.Differences.Select(difference => Difference(difference, say)))}{Resolved(story, say)}{Advice(story, say)}
            {HtmlButtons.WriteShortly(story.Buttons)}{Evidence(story, say)}{Snippets(story, say)}
            <p class="muted" style="{HtmlStyles.Footer}">{say.Text("Event")} {story.EventId}</p>
            </td></tr></table>

            """);
    }

    private static Markup Head(ChangeStory story, Tone tone, Language say) => story.Number is not { } number ? Markup.Empty : Markup.Of($"""
        <h3 style="font-size:15px;line-height:1.4;margin:0 0 6px 0;">{say.Number(number)}. <span class="{HtmlStyles.Class(tone)}"
        style="color:{HtmlStyles.Colour(tone)};">{ToneStyle.Marked(tone, ChangeKindOf.Word(story.Kind, say))}</span>: {story.Gist}</h3>

        """);

    private static Markup Difference(Difference difference, Language say)
    {
        var expected = difference.Expected is { } wanted
            ? Markup.Of($"<br>{say.Text("Expected")}: <strong>{wanted}</strong>")
            : Markup.Empty;
        var found = difference.Found is { } seen ? Markup.Of($"<br>{say.Text("Found")}: <strong>{seen}</strong>") : Markup.Empty;
        return Markup.Of($"""
            <p style="margin:10px 0 0 0;"><strong>{difference.Label}:</strong> {difference.Sentence}{expected}{found}</p>

            """);
    }

    private static Markup Resolved(ChangeStory story, Language say) => story.Resolved.Count == 0 ? Markup.Empty : Markup.Of($"""
        <p style="margin:10px 0 0 0;"><strong>{say.Text("As expected again")}:</strong> {string.Join("; ", story.Resolved)}</p>

        """);

    private static Markup Advice(ChangeStory story, Language say) => story.Advice is not { } advice ? Markup.Empty : Markup.Of($"""
        <p style="margin:10px 0 0 0;"><strong>{say.Text("Why it matters")}:</strong> {advice.Why} <strong>{say.Text("What to do")}:</strong>
        {advice.Todo}</p>

        """);

    private static Markup Evidence(ChangeStory story, Language say)
    {
        var rows = story.Differing.ToList();
        var table = rows.Count == 0 ? Markup.Empty : Markup.Of($"""
            <table cellpadding="4" style="{HtmlStyles.Grid}">
            <tr align="left" valign="top"><th class="cell muted" scope="col" width="84"
            style="{HtmlStyles.Muted}">{say.Text("Evidence")}</th><th class="cell differs" scope="col">{say.Text("Before")}</th><th
            class="cell differs" scope="col">{say.Text("Now")}</th></tr>
            {Markup.Join(rows.Select(EvidenceRow))}</table>

            """);
        var alike = story.Alike.Length == 0 ? Markup.Empty : Markup.Of($"""
            <p class="muted" style="{HtmlStyles.Small}">{say.Text("The same in both checks")}: {story.Alike}.</p>

            """);
        var elsewhere = story.PageToldAt is not { } number ? Markup.Empty : Markup.Of($"""
            <p class="muted" style="{HtmlStyles.Small}">
            {say.Text("What the checks saw on the page is shown at {number}.", ("number", say.Number(number)))}</p>

            """);
        return Markup.Of($"{table}{alike}{elsewhere}");
    }

    private static Markup EvidenceRow(EvidenceRow row) => Markup.Of($"""
        <tr align="left" valign="top"><th class="cell muted" scope="row">{row.Label}</th><td class="cell">{row.Before ?? "–"}</td><td
        class="cell differs">{row.After ?? "–"}</td></tr>

        """);

    private static Markup Snippets(ChangeStory story, Language say)
    {
        var (before, after) = story.Snippets;
        if (before.Count == 0 && after.Count == 0)
            return Markup.Empty;
        if (story.Snippets.IsSame)
            return Snippet(story.SameSnippet, Mark(after, "ins", "added", HtmlStyles.Added), "");
        return Markup.Of($"""
            {Snippet(say.Text("HTML before"), Mark(before, "del", "removed", HtmlStyles.Removed), story.NoSnippetBefore)}
            {Snippet(say.Text("HTML now"), Mark(after, "ins", "added", HtmlStyles.Added), story.NoSnippetAfter)}
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

    private static Markup Url(string href, Language say) => Markup.Anchor(href, say.Cut(ReadableHost.In(href), EvidenceTable.MaxUrl));
}

/// <summary>
/// Buttons that every client shows: a table cell with a border around a link. Each is a table of its own, so that they wrap on a phone;
/// without any style they are links side by side.
/// </summary>
internal static class HtmlButtons
{
    /// <summary>The first is the main one.</summary>
    public static Markup Write(IReadOnlyList<LetterButton> buttons) => buttons.Count == 0 ? Markup.Empty : Markup.Of($"""
        <div style="margin:12px 0 0 0;">
        {Markup.Join(buttons.Select(Button))}<br clear="all" style="line-height:0;font-size:0;"></div>

        """);

    /// <summary>Only the main one as a button, the others as links beside it: for a mail with many.</summary>
    public static Markup WriteShortly(IReadOnlyList<LetterButton> buttons) => buttons.Count == 0 ? Markup.Empty : Markup.Of($"""
        <div style="margin:10px 0 0 0;">
        {Button(buttons[0], 0)}<div class="others">{Markup.Join(buttons.Skip(1).Select(Link))}</div><br clear="all"
        style="line-height:0;font-size:0;"></div>

        """);

    private static Markup Link(LetterButton button, int position) =>
        Markup.Of($"{(position > 0 ? " · " : "")}{Markup.Anchor(button.Url, button.Label)}");

    private static Markup Button(LetterButton button, int position)
    {
        var (name, cell, text) = position == 0
            ? ("main-button", HtmlStyles.MainButton, HtmlStyles.MainButtonText)
            : ("button", HtmlStyles.Button, HtmlStyles.ButtonText);
        return Markup.Of($"""
            <table role="presentation" align="left" style="border-collapse:separate;margin:0 8px 8px 0;"><tr><td class="{name}"
            style="{cell}">{Markup.Anchor(button.Url, button.Label, text)}</td></tr></table>

            """);
    }
}
