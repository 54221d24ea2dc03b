using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Letters;

/// <summary>
/// Lays a letter out as an HTML document for mail clients: tables and inline styles, nothing loaded from anywhere but the logo that a
/// project wants.
/// </summary>
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
        {Logo(letter)}{Project(letter)}{Head(letter)}{Markup.Join(letter.Sections.Select(section => Section(section, letter.Say)))}
        {Footer(letter)}{new Markup(AlertMail.HtmlEnd)}
        """).Html;

    // Outlook knows the attribute only, the others the style, which keeps a wide one inside a phone's screen.
    private static Markup Logo(Letter letter) => letter.Logo is not { } logo ? Markup.Empty : Markup.Of($"""
        <p style="margin:0 0 12px 0;"><img src="{logo.Url.AbsoluteUri}" alt="{logo.Text}" height="40"
        style="height:40px;width:auto;max-width:100%;border:0;font-size:16px;font-weight:bold;"></p>

        """);

    private static Markup Project(Letter letter) => letter.ProjectName is { } name
        ? Markup.Of($"""
            <p class="muted" style="margin:0 0 8px 0;font-size:13px;{HtmlStyles.Muted}">LinkMonitor · {letter.Say.Text("Project")}:
            <strong>{name}</strong></p>

            """)
        : Markup.Of($"""
            <p class="muted" style="margin:0 0 8px 0;font-size:13px;{HtmlStyles.Muted}">LinkMonitor</p>

            """);

    private static Markup Head(Letter letter)
    {
        var name = HtmlStyles.Class(letter.Tone);
        var title = ToneStyle.Marked(letter.Tone, letter.Title);
        return Markup.Of($"""
            <table role="presentation" class="card" style="{HtmlStyles.Card}"><tr><td class="{name}-bar"
            style="padding:14px 16px;border-left:5px solid {HtmlStyles.Bar(letter.Tone)};border-radius:8px;">
            <h1 class="{name}"
            style="font-size:20px;line-height:1.3;margin:0;color:{HtmlStyles.Colour(letter.Tone)};">{title}</h1>
            {HtmlOverview.Write(letter)}{Markup.Join(letter.Lead.Select(Lead))}{Facts(letter.Facts)}
            {HtmlButtons.Write(letter.Buttons)}</td></tr></table>

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
    public static Markup Facts(IReadOnlyList<LabelledValue> facts) => facts.Count == 0 ? Markup.Empty : Markup.Of($"""
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
                <h2 class="{HtmlStyles.Class(section.Tone)}"
                style="{HtmlStyles.Heading}color:{HtmlStyles.Colour(section.Tone)};">{ToneStyle.Marked(section.Tone, text)}</h2>

                """)
            : Markup.Empty;
        var note = section.Note is { } said
            ? Markup.Of($"""
                <p style="margin:0 0 8px 0;">{said}</p>

                """)
            : Markup.Empty;
        return Markup.Of(
            $"{heading}{note}{Markup.Join(section.Stories.Select(story => HtmlStory.Write(story, say)))}{HtmlRows.Write(section, say)}");
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
            <tr><td class="cell" style="padding:3px 0;font-size:13px;line-height:1.4;"><strong class="{HtmlStyles.Class(line.Tone)}"
            style="color:{HtmlStyles.Colour(line.Tone)};">{ToneStyle.Marked(line.Tone, line.State)}</strong> {line.Page} · {line.Gist} <span
            class="muted" style="{HtmlStyles.Muted}">· {line.Since}</span>{price}</td></tr>

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

/// <summary>One link in the list at the head of a letter: its state, where, what changed, since when, and what it costs.</summary>
internal sealed record OverviewLine
{
    public required Tone Tone { get; init; }

    public required string State { get; init; }

    public required string Page { get; init; }

    public required string Gist { get; init; }

    /// <summary>For example <c>since 1 Mar 13:00</c>.</summary>
    public required string Since { get; init; }

    /// <summary>Null for a link that is not known to cost anything.</summary>
    public string? Price { get; init; }

    public override string ToString() =>
        $"{ToneStyle.Marked(Tone, State)}: {Page} · {Gist} · {Since}{(Price is { } price ? $" · {price}" : "")}";
}
