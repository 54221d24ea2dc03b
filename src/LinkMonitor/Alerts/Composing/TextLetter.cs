using System.Globalization;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Lays an alert out as plain text that says everything the HTML says.</summary>
internal static class TextLetter
{
    private const string Indent = "   ";

    public static string Write(AlertLetter letter)
    {
        var text = new TextLayout();
        text.Line($"{letter.ProjectName}: {letter.Summary}").Line(letter.TimeNote);
        if (letter.ShortNote is { } note)
            text.Line(note);
        foreach (var group in letter.Groups)
            WriteGroup(text, letter, group);
        text.Line().Rule('-');
        if (letter.Whole is { } whole)
            text.Line($"This alert in your browser: {whole.AbsoluteUri}");
        text.Line("You get this mail because your address is a recipient of this project in LinkMonitor. A change is mailed only after it was confirmed.");
        text.Line("In the HTML lines, [-so-] marks what was there before only, {+so+} what is there now only.");
        return text.ToString();
    }

    private static void WriteGroup(TextLayout text, AlertLetter letter, IGrouping<ChangeKind, ChangeStory> group)
    {
        var stories = group.ToList();
        text.Line().Rule('=');
        text.Line(string.Create(CultureInfo.InvariantCulture,
            $"{ChangeKinds.Shape(group.Key)} {ChangeKinds.Word(group.Key).ToUpperInvariant()} ({stories.Count:N0})"));
        text.Rule('=');
        foreach (var host in stories.GroupBy(story => story.Host))
        {
            text.Line().Line(string.Create(CultureInfo.InvariantCulture, $"On {WebText.Cut(host.Key, 255)} ({host.Count():N0})"));
            foreach (var story in host)
                Write(text, letter, story);
        }
    }

    private static void Write(TextLayout text, AlertLetter letter, ChangeStory story)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{letter.Number(story)}. ");
        text.Line();
        text.Hanging("", number, story.Gist);
        Label(text, "Page", WebText.Cut(story.Page.Href, EvidenceTable.MaxUrl));
        Label(text, "Target", WebText.Cut(story.Target.Href, EvidenceTable.MaxUrl));
        if (letter.IsToldInFull(story))
            WriteBody(text, story);
        else
            Label(text, "Since", story.Times[0].Value);
        if (story.Details is { } details)
            Label(text, "Details", details.AbsoluteUri);
        if (letter.IsToldInFull(story))
            Label(text, "Event", story.EventId);
    }

    private static void WriteBody(TextLayout text, ChangeStory story)
    {
        Label(text, "State", story.Move);
        foreach (var time in story.Times)
            Label(text, time.Label, time.Value);
        text.Line();
        foreach (var difference in story.Differences)
            WriteDifference(text, difference);
        if (story.Resolved.Count > 0)
            text.Hanging(Indent, "", "As expected again: " + string.Join("; ", story.Resolved));
        text.Hanging(Indent, "", $"{story.Advice.Why} {story.Advice.Todo}");
        text.Line().Hanging(Indent, "", "Evidence");
        foreach (var row in story.Evidence)
            WriteEvidence(text, row);
        WriteSnippet(text, "HTML before", Mark(story.Snippets.Before, "[-", "-]"), story.NoSnippetBefore);
        WriteSnippet(text, "HTML now", Mark(story.Snippets.After, "{+", "+}"), story.NoSnippetAfter);
        text.Line();
    }

    private static void WriteDifference(TextLayout text, Difference difference)
    {
        text.Hanging(Indent, "* ", $"{difference.Label}: {difference.Sentence}");
        if (difference.Expected is { } expected)
            text.Hanging(Indent + "  ", "expected: ", expected);
        if (difference.Found is { } found)
            text.Hanging(Indent + "  ", "found:    ", found);
    }

    private static void WriteEvidence(TextLayout text, EvidenceRow row)
    {
        if (!row.Differs)
        {
            text.Hanging(Indent + "  ", $"{row.Label}: ", row.After ?? "");
            return;
        }

        text.Hanging(Indent + "  ", $"{row.Label}, before: ", row.Before ?? "-");
        text.Hanging(Indent + "  ", $"{row.Label}, now:    ", row.After ?? "-");
    }

    private static void WriteSnippet(TextLayout text, string label, string html, string otherwise) =>
        text.Hanging(Indent + "  ", $"{label}: ", html.Length > 0 ? html : otherwise);

    private static string Mark(IReadOnlyList<SnippetPiece> pieces, string open, string close) =>
        string.Concat(pieces.Select(piece => piece.IsMarked ? $"{open}{piece.Text}{close}" : piece.Text));

    private static void Label(TextLayout text, string label, string value) =>
        text.Hanging(Indent, string.Create(CultureInfo.InvariantCulture, $"{label + ":",-17}"), value);
}
