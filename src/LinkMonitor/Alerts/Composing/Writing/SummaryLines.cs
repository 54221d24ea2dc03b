namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Makes the lines of chats from the rows of mails.</summary>
internal static class SummaryLines
{
    /// <summary>The part of the head before the colon is the word, and what follows the gist.</summary>
    public static SummaryLine Of(LetterRow row)
    {
        var colon = row.Head.IndexOf(": ", StringComparison.Ordinal);
        var (word, gist) = colon < 0 ? (row.Head, string.Join("; ", row.Notes)) : (row.Head[..colon], row.Head[(colon + 2)..]);
        return new SummaryLine(
            Short(Tones.Marked(row.Tone, word)),
            Short(gist),
            row.Link is { Page.IsHttp: true } link ? new Uri(link.Page.Href) : null,
            Short(row.Link?.Page.Href ?? ""),
            Short(row.Link?.Target.Href ?? ""),
            row.Details);
    }

    private static string Short(string text) => WebText.Short(text, SummaryLine.MaxText);
}
