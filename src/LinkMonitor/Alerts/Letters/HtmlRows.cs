using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Letters;

/// <summary>Things reported in a few lines each: one card with a row for each. Kept small, because there may be a hundred.</summary>
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
            : Markup.Of(
                $"""
                {number}<strong class="{HtmlStyles.Class(row.Tone)}"
                style="color:{HtmlStyles.Colour(row.Tone)};">{ToneStyle.Marked(row.Tone, row.Head)}</strong><br>
                """);
        return Markup.Of($"""
            <tr><td class="cell" style="padding:8px 14px;font-size:14px;">{head}{Link(row, say)}{Notes(row, say)}</td></tr>

            """);
    }

    private static Markup Link(LetterRow row, Language say)
    {
        if (row.Link is not { } link)
            return Markup.Empty;
        var target = row.ShowsTarget ? Markup.Of($" → {say.Cut(ReadableHost.In(link.Target.Href), EvidenceTable.MaxUrl)}") : Markup.Empty;
        return Markup.Of($"{Markup.Anchor(link.Page.Href, say.Cut(ReadableHost.In(link.Page.Href), EvidenceTable.MaxUrl))}{target}");
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

/// <summary>A part of a letter: things of one sort.</summary>
internal sealed record LetterSection
{
    /// <summary>Null where a heading would not help.</summary>
    public string? Heading { get; init; }

    public Tone Tone { get; init; } = Tone.Plain;

    /// <summary>What is to be known of all of them; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Changes reported with all their evidence, before the rows.</summary>
    public IReadOnlyList<ChangeStory> Stories { get; init; } = [];

    public IReadOnlyList<LetterRow> Rows { get; init; } = [];

    /// <summary>How many more there are than stories and rows.</summary>
    public int More { get; init; }

    /// <summary>Where those are; null without a public address.</summary>
    public Uri? MoreAt { get; init; }
}

/// <summary>Something reported in two or three lines.</summary>
internal sealed record LetterRow
{
    /// <summary>Its place in the mail, 1 for the first; null when nothing is numbered.</summary>
    public int? Number { get; init; }

    public Tone Tone { get; init; } = Tone.Plain;

    /// <summary>What it is or what happened; empty when the heading says it for all.</summary>
    public string Head { get; init; } = "";

    /// <summary>Null for what is about no link.</summary>
    public LinkName? Link { get; init; }

    /// <summary>False when every row has the same target, which is said once.</summary>
    public bool ShowsTarget { get; init; } = true;

    /// <summary>In a smaller line below.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The link's own page here.</summary>
    public Uri? Details { get; init; }
}
