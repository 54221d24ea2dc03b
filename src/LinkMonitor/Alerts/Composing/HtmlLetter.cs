namespace LinkMonitor.Alerts.Composing;

/// <summary>Lays a letter out as an HTML document for mail clients: tables and inline styles, nothing loaded from anywhere but the logo that a project wants.</summary>
internal static class HtmlLetter
{
    public static string Write(Letter letter) => Markup.Of($"""
        <!DOCTYPE html>
        <html lang="{letter.Say.Code}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>{letter.Subject}</title>
        <style>
        {new Markup(HtmlStyles.Sheet)}
        </style>
        </head>
        <body class="page" style="{HtmlStyles.Body}">
        <table role="presentation" class="page" style="{HtmlStyles.Plain}{HtmlStyles.Body}"><tr><td style="padding:16px 10px;">
        <div style="{HtmlStyles.Frame}">
        {Logo(letter)}{Project(letter)}{Head(letter)}{Markup.Join(letter.Sections.Select(section => Section(section, letter.Say)))}{Footer(letter)}{new Markup(AlertMail.HtmlEnd)}
        """).Html;

    // Outlook knows the attribute only, the others the style, which keeps a wide one inside a phone's screen.
    private static Markup Logo(Letter letter) => letter.Logo is not { } logo ? Markup.Empty : Markup.Of($"""
        <p style="margin:0 0 12px 0;"><img src="{logo.Url.AbsoluteUri}" alt="{logo.Text}" height="40" style="height:40px;width:auto;max-width:100%;border:0;font-size:16px;font-weight:bold;"></p>

        """);

    private static Markup Project(Letter letter) => letter.ProjectName is { } name
        ? Markup.Of($"""
            <p class="muted" style="margin:0 0 8px 0;font-size:13px;{HtmlStyles.Muted}">LinkMonitor · {letter.Say.Text("Project")}: <strong>{name}</strong></p>

            """)
        : Markup.Of($"""
            <p class="muted" style="margin:0 0 8px 0;font-size:13px;{HtmlStyles.Muted}">LinkMonitor</p>

            """);

    private static Markup Head(Letter letter)
    {
        var name = HtmlStyles.Class(letter.Tone);
        return Markup.Of($"""
            <table role="presentation" class="card" style="{HtmlStyles.Card}"><tr><td class="{name}-bar" style="padding:14px 16px;border-left:5px solid {HtmlStyles.Bar(letter.Tone)};border-radius:8px;">
            <h1 class="{name}" style="font-size:20px;line-height:1.3;margin:0;color:{HtmlStyles.Colour(letter.Tone)};">{Tones.Marked(letter.Tone, letter.Title)}</h1>
            {HtmlOverview.Write(letter)}{Markup.Join(letter.Lead.Select(Lead))}{Facts(letter.Facts)}{HtmlButtons.Write(letter.Buttons)}</td></tr></table>

            """);
    }

    private static Markup Lead(LeadPart part) => part.Label is { } label
        ? Markup.Of($"""
            <p style="margin:8px 0 0 0;"><strong>{label}:</strong> {part.Text}</p>

            """)
        : Markup.Of($"""
            <p style="margin:8px 0 0 0;">{part.Text}</p>

            """);

    /// <summary>A table of labels and values; nothing for none.</summary>
    public static Markup Facts(IReadOnlyList<Fact> facts) => facts.Count == 0 ? Markup.Empty : Markup.Of($"""
        <table style="{HtmlStyles.Plain}margin:8px 0 0 0;">
        {Markup.Join(facts.Select(fact => Row(fact.Label, Markup.Of($"{fact.Value}"))))}</table>

        """);

    public static Markup Row(string label, Markup value) => Markup.Of($"""
        <tr align="left" valign="top"><th class="label muted" scope="row" width="112">{label}</th><td class="value">{value}</td></tr>

        """);

    private static Markup Section(LetterSection section, Language say)
    {
        var heading = section.Heading is { } text
            ? Markup.Of($"""
                <h2 class="{HtmlStyles.Class(section.Tone)}" style="{HtmlStyles.Heading}color:{HtmlStyles.Colour(section.Tone)};">{Tones.Marked(section.Tone, text)}</h2>

                """)
            : Markup.Empty;
        var note = section.Note is { } said
            ? Markup.Of($"""
                <p style="margin:0 0 8px 0;">{said}</p>

                """)
            : Markup.Empty;
        return Markup.Of($"{heading}{note}{Markup.Join(section.Stories.Select(story => HtmlStory.Write(story, say)))}{HtmlRows.Write(section, say)}");
    }

    private static Markup Footer(Letter letter)
    {
        var whole = letter.Whole is { } url
            ? Markup.Of($"""
                <p class="muted" style="{HtmlStyles.Footer}">{Markup.Anchor(url.AbsoluteUri, LetterWords.InBrowser(letter.Say))}</p>

                """)
            : Markup.Empty;
        return Markup.Of($"{Markup.Join(letter.Footer.Select(Line))}{whole}");
    }

    private static Markup Line(string line) => Markup.Of($"""
        <p class="muted" style="{HtmlStyles.Footer}">{line}</p>

        """);
}
