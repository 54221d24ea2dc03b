namespace LinkMonitor.Alerts.Composing;

/// <summary>Things told in a few lines each: one card with a row for each. Kept small, because there may be a hundred.</summary>
internal static class HtmlRows
{
    public static Markup Write(LetterSection section, Language say)
    {
        if (section.Rows.Count == 0 && section.More == 0)
            return Markup.Empty;
        return Markup.Of($"""
            <table role="presentation" class="card" style="{HtmlStyles.Card}">
            {Markup.Join(section.Rows.Select(row => Row(row, say)))}{More(section, say)}</table>

            """);
    }

    private static Markup Row(LetterRow row, Language say)
    {
        var number = row.Number is { } n ? $"{say.Number(n)}. " : "";
        var head = row.Head.Length == 0 ? Markup.Of($"{number}") : row.Tone == Tone.Plain
            ? Markup.Of($"{number}<strong>{row.Head}</strong><br>")
            : Markup.Of($"""{number}<strong class="{HtmlStyles.Class(row.Tone)}" style="color:{HtmlStyles.Colour(row.Tone)};">{Tones.Marked(row.Tone, row.Head)}</strong><br>""");
        return Markup.Of($"""
            <tr><td class="cell" style="padding:8px 14px;font-size:14px;">{head}{Link(row, say)}{Notes(row, say)}</td></tr>

            """);
    }

    private static Markup Link(LetterRow row, Language say)
    {
        if (row.Link is not { } link)
            return Markup.Empty;
        var target = row.ShowsTarget ? Markup.Of($" → {say.Cut(link.Target.Href, EvidenceTable.MaxUrl)}") : Markup.Empty;
        return Markup.Of($"{Markup.Anchor(link.Page.Href, say.Cut(link.Page.Href, EvidenceTable.MaxUrl))}{target}");
    }

    private static Markup Notes(LetterRow row, Language say)
    {
        var notes = row.Notes.Select(note => Markup.Of($"{note}")).ToList();
        if (row.Details is { } url)
            notes.Add(Markup.Anchor(url.AbsoluteUri, say.Text("Details")));
        if (notes.Count == 0)
            return Markup.Empty;
        var line = Markup.Join(notes.Select((note, position) => position == 0 ? note : Markup.Of($" · {note}")));
        var end = row.Link is null ? Markup.Empty : Markup.Of($"<br>");
        return Markup.Of($"""{end}<span class="muted" style="{HtmlStyles.Muted}">{line}</span>""");
    }

    private static Markup More(LetterSection section, Language say)
    {
        if (section.More == 0)
            return Markup.Empty;
        var line = section.MoreAt is { } url
            ? Markup.Anchor(url.AbsoluteUri, LetterWords.AndMoreToSee(section.More, say))
            : Markup.Of($"{LetterWords.AndMore(section.More, say)}.");
        return Markup.Of($"""
            <tr><td class="cell" style="padding:8px 14px;font-size:14px;"><strong>{line}</strong></td></tr>

            """);
    }
}
