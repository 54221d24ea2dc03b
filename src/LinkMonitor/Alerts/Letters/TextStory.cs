using System.Globalization;
using System.Text;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Letters;

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
