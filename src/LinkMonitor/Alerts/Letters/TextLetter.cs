using System.Globalization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Letters;

/// <summary>Lays a letter out as plain text that says everything the HTML says.</summary>
internal static class TextLetter
{
    private const string Indent = "   ";

    public static string Write(Letter letter)
    {
        var (text, say) = (new TextLayout(), letter.Say);
        if (letter.ProjectName is { } project)
            text.Line(say.Text("LinkMonitor, project: {project}", ("project", project))).Line();
        text.Line(ToneStyle.Marked(letter.Tone, letter.Title));
        if (letter.Overview.Count > 0)
            text.Line();
        foreach (var line in letter.Overview)
            text.Hanging("", "", line.ToString());
        if (letter.OverviewMore > 0)
            text.Line($"{LetterWords.AndMore(letter.OverviewMore, say)}.");
        foreach (var part in letter.Lead)
            text.Line().Line(part.Label is { } label ? $"{label}: {part.Text}" : part.Text);
        if (letter.Facts.Count > 0)
            text.Line();
        foreach (var fact in letter.Facts)
            Label(text, "", fact.Label, fact.Value);
        if (letter.Buttons.Count > 0)
            text.Line();
        foreach (var button in letter.Buttons)
            Label(text, "", button.Label, button.Url);
        foreach (var section in letter.Sections)
            WriteSection(text, section, say);
        text.Line().Rule('-');
        if (letter.Sections.Any(section => section.Stories.Any(story => story.Snippets.IsMarked)))
            text.Line(
                say.Text("In the HTML lines, [-text-] marks what was there only before, {now} what is there only "
                    + "now.", ("now", "{+text+}")));
        foreach (var line in letter.Footer)
            text.Line(line);
        if (letter.Whole is { } whole)
            text.Line($"{LetterWords.InBrowser(say)}: {whole.AbsoluteUri}");
        return text.ToString();
    }

    /// <summary>A label in a column of its own, and its value.</summary>
    public static void Label(TextLayout text, string indent, string label, string value) =>
        text.Hanging(indent, string.Create(CultureInfo.InvariantCulture, $"{label + ":",-17} "), value);

    private static void WriteSection(TextLayout text, LetterSection section, Language say)
    {
        if (section.Heading is { } heading)
            text.Line().Rule('=').Line(ToneStyle.Marked(section.Tone, heading)).Rule('=');
        if (section.Note is { } note)
            text.Line(note);
        foreach (var story in section.Stories)
            TextStory.Write(text.Line(), story, say);
        foreach (var row in section.Rows)
            WriteRow(text.Line(), row, say);
        if (section.More > 0)
            text.Line().Line($"{LetterWords.AndMore(section.More, say)}{(section.MoreAt is { } url ? $": {url.AbsoluteUri}" : ".")}");
    }

    private static void WriteRow(TextLayout text, LetterRow row, Language say)
    {
        var number = row.Number is { } n ? string.Create(CultureInfo.InvariantCulture, $"{n}. ") : "* ";
        string[] lines =
        [
            .. row.Head.Length > 0 ? [ToneStyle.Marked(row.Tone, row.Head)] : Array.Empty<string>(),
            .. row.Link is { } link ? [say.Cut(link.Page.Href, EvidenceTable.MaxUrl)] : Array.Empty<string>(),
            .. row is { ShowsTarget: true, Link: { } shown }
                ? [$"→ {say.Cut(shown.Target.Href, EvidenceTable.MaxUrl)}"]
                : Array.Empty<string>(),
            .. row.Notes,
            .. row.Details is { } details ? [$"{say.Text("Details")}: {details.AbsoluteUri}"] : Array.Empty<string>(),
        ];
        for (var i = 0; i < lines.Length; i++)
            text.Hanging("", i == 0 ? number : Indent, lines[i]);
    }
}

/// <summary>The states in words.</summary>
internal static class StateWords
{
    /// <summary>For example <c>not found</c>: for the middle of a sentence.</summary>
    public static string Word(LinkState state, Language say) => state switch
    {
        LinkState.Pending => say.Text("not checked yet"),
        LinkState.NotFound => say.Text("not found"),
        LinkState.Live => say.Text("live"),
        LinkState.Changed => say.Text("changed"),
        LinkState.Lost => say.Text("lost"),
        LinkState.Unreachable => say.Text("unreachable"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No word for this state."),
    };

    /// <summary>From what to what: in English the words that the API has, too.</summary>
    public static string Move(LinkTransition transition, Language say) => say.IsEnglish
        ? $"{WireName.Of(transition.From)} → {WireName.Of(transition.To)}"
        : $"{Word(transition.From, say)} → {Word(transition.To, say)}";
}

internal static class ToneStyle
{
    /// <summary>Empty for <see cref="Tone.Plain"/>.</summary>
    public static string Shape(Tone tone) => tone switch
    {
        Tone.Bad => "■",
        Tone.Unknown => "◇",
        Tone.Warning => "▲",
        Tone.Absent => "○",
        Tone.Good => "●",
        _ => "",
    };

    /// <summary>A text with the shape in front.</summary>
    public static string Marked(Tone tone, string text) => tone == Tone.Plain ? text : $"{Shape(tone)} {text}";
}
