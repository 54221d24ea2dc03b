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

/// <summary>The look of the HTML part. Inline styles carry the light colours, because some clients drop style sheets.</summary>
internal static class HtmlStyles
{
    public const string Body = "margin:0;padding:0;background:#f3f4f6;color:#1f2328;";
    public const string Frame =
        "max-width:680px;width:100%;margin:0 auto;font-family:-apple-system,'Segoe "
            + "UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5;text-align:left;"
            + "overflow-wrap:anywhere;word-break:break-word;";
    public const string Card =
        "width:100%;border-collapse:separate;border-spacing:0;background:#ffffff;border:1px solid #d0d7de;border-radius:8px;margin:0 0 "
            + "16px 0;table-layout:fixed;";
    public const string Grid = "width:100%;border-collapse:collapse;table-layout:fixed;font-size:13px;margin:10px 0 0 0;";
    public const string Plain = "width:100%;border-collapse:collapse;table-layout:fixed;";
    public const string Muted = "color:#57606a;";
    public const string Small = "margin:8px 0 0 0;font-size:13px;color:#57606a;";
    public const string Footer = "margin:4px 0 0 0;font-size:12px;color:#57606a;";
    public const string Heading = "font-size:17px;line-height:1.3;margin:24px 0 8px 0;";
    public const string Code =
        "display:block;padding:8px 10px;margin:2px 0 8px 0;background:#f6f8fa;border:1px solid "
            + "#d8dee4;border-radius:6px;font-family:ui-monospace,Consolas,'Courier "
            + "New',monospace;font-size:12px;line-height:1.5;white-space:pre-wrap;";
    public const string Removed = "background:#ffd7d5;color:#82071e;text-decoration:line-through;";
    public const string Added = "background:#bef5cb;color:#0b4a20;text-decoration:underline;";
    public const string Button = "border:1px solid #0b57d0;border-radius:6px;background:#ffffff;padding:0;";
    public const string MainButton = "border:1px solid #0b57d0;border-radius:6px;background:#0b57d0;padding:0;";
    public const string ButtonText =
        "display:inline-block;padding:6px 12px;font-size:14px;font-weight:bold;text-decoration:none;color:#0b57d0;";
    public const string MainButtonText =
        "display:inline-block;padding:6px 12px;font-size:14px;font-weight:bold;text-decoration:none;color:#ffffff;";

    /// <summary>What is too frequent to stand inline, and the dark colours.</summary>
    public const string Sheet = """
        th { overflow-wrap: normal; word-break: normal; }
        .label { padding: 2px 12px 2px 0; color: #57606a; font-weight: normal; font-size: 13px; }
        .value { padding: 2px 0; }
        .cell { border-top: 1px solid #d8dee4; font-weight: normal; padding: 4px 8px 4px 0; }
        .others { padding: 7px 0; font-size: 14px; }
        .differs { font-weight: bold; }
        :root { color-scheme: light dark; supported-color-schemes: light dark; }
        @media (prefers-color-scheme: dark) {
          .page { background: #0d1117 !important; color: #e6edf3 !important; }
          .card { background: #161b22 !important; border-color: #30363d !important; }
          .cell { border-color: #30363d !important; }
          .muted { color: #9198a1 !important; }
          .link { color: #79b8ff !important; }
          .button { background: #161b22 !important; border-color: #79b8ff !important; }
          .main-button { background: #79b8ff !important; border-color: #79b8ff !important; }
          .main-button .link { color: #0d1117 !important; }
          .code { background: #0d1117 !important; border-color: #30363d !important; }
          .removed { background: #67131b !important; color: #ffdcd7 !important; }
          .added { background: #0f4a22 !important; color: #c8f5d3 !important; }
          .bad { color: #ff8a80 !important; } .bad-bar { border-left-color: #ff8a80 !important; }
          .unknown { color: #d2a8ff !important; } .unknown-bar { border-left-color: #d2a8ff !important; }
          .warning { color: #f0b72f !important; } .warning-bar { border-left-color: #f0b72f !important; }
          .absent { color: #b1bac4 !important; } .absent-bar { border-left-color: #b1bac4 !important; }
          .good { color: #5fd38d !important; } .good-bar { border-left-color: #5fd38d !important; }
          .plain { color: #e6edf3 !important; } .plain-bar { border-left-color: #79b8ff !important; }
        }
        """;

    /// <summary>Dark enough on white for small text (contrast 4.5 or more).</summary>
    public static string Colour(Tone tone) => tone switch
    {
        Tone.Bad => "#b3261e",
        Tone.Unknown => "#6f42c1",
        Tone.Warning => "#8a5300",
        Tone.Absent => "#57606a",
        Tone.Good => "#116329",
        _ => "#1f2328",
    };

    public static string Bar(Tone tone) => tone == Tone.Plain ? "#0b57d0" : Colour(tone);

    public static string Class(Tone tone) => tone switch
    {
        Tone.Bad => "bad",
        Tone.Unknown => "unknown",
        Tone.Warning => "warning",
        Tone.Absent => "absent",
        Tone.Good => "good",
        _ => "plain",
    };
}
