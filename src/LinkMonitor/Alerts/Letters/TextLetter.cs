using System.Globalization;
using System.Text;
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
        Tone.Bad or Tone.Absent => StateMarks.Lost,
        Tone.Unknown => StateMarks.Unknown,
        Tone.Warning => StateMarks.Changed,
        Tone.Good => StateMarks.Live,
        _ => "",
    };

    /// <summary>A text with the shape in front.</summary>
    public static string Marked(Tone tone, string text) => tone == Tone.Plain ? text : $"{Shape(tone)} {text}";
}

/// <summary>One change in the text part.</summary>
internal static class TextStory
{
    private const string Indent = "   ";
    private const string Deep = "     ";

    public static void Write(TextLayout text, ChangeStory story, Language say)
    {
        if (story.Number is { } number)
        {
            text.Hanging(
                "", string.Create(CultureInfo.InvariantCulture, $"{number}. "),
                $"{ToneStyle.Marked(ChangeKindOf.ToneOf(story.Kind), ChangeKindOf.Word(story.Kind, say))}: {story.Gist}");
        }

        TextLetter.Label(text, Indent, say.Text("Page"), say.Cut(story.Page.Href, EvidenceTable.MaxUrl));
        TextLetter.Label(text, Indent, say.Text("Target"), say.Cut(story.Target.Href, EvidenceTable.MaxUrl));
        foreach (var fact in story.Facts)
            TextLetter.Label(text, Indent, fact.Label, fact.Value);
        if (story.Differences.Count > 0)
            text.Line();
        foreach (var difference in story.Differences)
            WriteDifference(text, difference, say);
        if (story.Resolved.Count > 0)
            text.Line().Hanging(Indent, "", $"{say.Text("As expected again")}: {string.Join("; ", story.Resolved)}");
        if (story.Advice is { } advice)
            text.Line()
                .Hanging(Indent, "", $"{say.Text("Why it matters")}: {advice.Why}")
                .Hanging(Indent, "", $"{say.Text("What to do")}: {advice.Todo}");
        WriteEvidence(text, story, say);
        WriteButtons(text, story);
        TextLetter.Label(text, Indent, say.Text("Event"), story.EventId);
    }

    private static void WriteDifference(TextLayout text, Difference difference, Language say)
    {
        text.Hanging(Indent, "* ", $"{difference.Label}: {difference.Sentence}");
        if (difference.Expected is { } expected)
            text.Hanging(Deep, say.Text("expected: "), expected);
        if (difference.Found is { } found)
            text.Hanging(Deep, say.Text("found:    "), found);
    }

    private static void WriteEvidence(TextLayout text, ChangeStory story, Language say)
    {
        text.Line().Hanging(Indent, "", say.Text("Evidence"));
        foreach (var row in story.Differing)
        {
            text.Hanging(Deep, say.Text("{label}, before: ", ("label", row.Label)), row.Before ?? "-");
            text.Hanging(Deep, say.Text("{label}, now:    ", ("label", row.Label)), row.After ?? "-");
        }

        if (story.Alike.Length > 0)
            text.Hanging(Deep, "", $"{say.Text("The same in both checks")}: {story.Alike}.");
        if (story.PageToldAt is { } number)
            text.Hanging(Deep, "", say.Text("What the checks saw on the page is shown at {number}.", ("number", say.Number(number))));
        var (before, after) = story.Snippets;
        if (story.Snippets.IsSame)
            WriteSnippet(text, story.SameSnippet, Mark(after, "{+", "+}"), "");
        else if (before.Count > 0 || after.Count > 0)
        {
            WriteSnippet(text, say.Text("HTML before"), Mark(before, "[-", "-]"), story.NoSnippetBefore);
            WriteSnippet(text, say.Text("HTML now"), Mark(after, "{+", "+}"), story.NoSnippetAfter);
        }

        text.Line();
    }

    // The page itself stands above already, unless it was cut.
    private static void WriteButtons(TextLayout text, ChangeStory story)
    {
        foreach (var button in story.Buttons.Where(button => button.Url != story.Page.Href || button.Url.Length > EvidenceTable.MaxUrl))
            TextLetter.Label(text, Indent, button.Label, button.Url);
    }

    private static void WriteSnippet(TextLayout text, string label, string html, string otherwise) =>
        text.Hanging(Deep, $"{label}: ", html.Length > 0 ? html : otherwise);

    private static string Mark(IReadOnlyList<SnippetPiece> pieces, string open, string close) =>
        string.Concat(pieces.Select(piece => piece.IsMarked ? $"{open}{piece.Text}{close}" : piece.Text));
}

/// <summary>Plain text with hanging indents, wrapped at word boundaries; a longer word (a URL) gets a line of its own, whole.</summary>
internal sealed class TextLayout
{
    public const int Width = 78;

    private readonly StringBuilder _text = new();

    public TextLayout Line(string text = "") => Hanging("", "", text);

    /// <summary>A first line that begins with <paramref name="lead"/>; the following ones are indented to its width.</summary>
    public TextLayout Hanging(string indent, string lead, string text)
    {
        var next = indent + new string(' ', lead.Length);
        var line = new StringBuilder(indent + lead);
        var isFresh = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isFresh && line.Length + 1 + word.Length > Width)
            {
                End(line);
                line.Clear().Append(next);
                isFresh = true;
            }

            line.Append(isFresh ? "" : " ").Append(word);
            isFresh = false;
        }

        End(line);
        return this;
    }

    public TextLayout Rule(char with)
    {
        _text.Append(with, Width).Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();

    private void End(StringBuilder line) => _text.Append(line.ToString().TrimEnd()).Append('\n');
}
