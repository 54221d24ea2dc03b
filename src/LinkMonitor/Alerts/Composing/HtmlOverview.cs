namespace LinkMonitor.Alerts.Composing;

/// <summary>The list at the head of a letter about several links.</summary>
internal static class HtmlOverview
{
    public static Markup Write(Letter letter) => letter.Overview.Count == 0 ? Markup.Empty : Markup.Of($"""
        <table role="presentation" style="{HtmlStyles.Plain}margin:8px 0 0 0;">
        {Markup.Join(letter.Overview.Select(Line))}{More(letter)}</table>

        """);

    private static Markup Line(OverviewLine line)
    {
        var price = line.Price is { } known ? Markup.Of($" · <strong>{known}</strong>") : Markup.Empty;
        return Markup.Of($"""
            <tr><td class="cell" style="padding:3px 0;font-size:13px;line-height:1.4;"><strong class="{HtmlStyles.Class(line.Tone)}" style="color:{HtmlStyles.Colour(line.Tone)};">{Tones.Marked(line.Tone, line.State)}</strong> {line.Page} · {line.Gist} <span class="muted" style="{HtmlStyles.Muted}">· {line.Since}</span>{price}</td></tr>

            """);
    }

    private static Markup More(Letter letter)
    {
        if (letter.OverviewMore == 0)
            return Markup.Empty;
        var words = letter.Whole is { } url
            ? Markup.Anchor(url.AbsoluteUri, LetterWords.AndMoreToSee(letter.OverviewMore, letter.Say))
            : Markup.Of($"{LetterWords.AndMore(letter.OverviewMore, letter.Say)}.");
        return Markup.Of($"""
            <tr><td class="cell" style="padding:3px 0;font-size:13px;">{words}</td></tr>

            """);
    }
}
