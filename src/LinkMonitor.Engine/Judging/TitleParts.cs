namespace LinkMonitor.Engine.Judging;

/// <summary>Splits titles such as "Page not found – Example" into what they are put together from.</summary>
internal static class TitleParts
{
    private static readonly string[] Separators = [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " « ", ": ", " / ", " ⋆ "];

    private static readonly char[] Edges = [' ', '.', '!', '?', '…', ':', '-', '–', '—', '(', ')', '[', ']', '"', '“', '”', '。', '¡', '¿', '|', '»', '«'];

    /// <summary>Each part in lower case and without punctuation at its ends, the whole title first; none that is empty.</summary>
    public static IEnumerable<string> Of(string title) =>
        title.Split(Separators, StringSplitOptions.RemoveEmptyEntries)
            .Prepend(title)
            .Select(part => part.Trim(Edges).ToLowerInvariant().Replace('’', '\''))
            .Where(part => part.Length > 0);
}
