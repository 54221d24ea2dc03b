namespace LinkMonitor.Engine.Reading.Outlines;

/// <summary>
/// A mark of all that the reading of a page rests on. Two answers with one outline have the same reading, so what was judged of one holds
/// for the other, and the tree of the second need not be built (docs/decisions/0037-scan-before-reading.md). Left out is what no reader of
/// ours looks at: comments, styles, what scripts hold besides the signs that are searched for, and attributes such as a nonce.
/// </summary>
/// <param name="Mark">All but <paramref name="Numbers"/>; the same mark means the same links, the same head and the same words.</param>
/// <param name="Numbers">The digits in the text outside links and titles: dates, times, counters.</param>
public sealed record PageOutline(string Mark, string Numbers)
{
    /// <summary>
    /// Of what is left out and how the rest is written. Anything that changes what a reading rests on, or how, takes a new number: an
    /// outline of another version says nothing.
    /// </summary>
    public const int CurrentVersion = 1;
}

/// <summary>Words that are looked for anywhere in the source of a page, all in one pass.</summary>
internal sealed class SourceMarks(IReadOnlyList<string> marks)
{
    private readonly System.Buffers.SearchValues<string> _any =
        System.Buffers.SearchValues.Create([.. marks], StringComparison.Ordinal);

    /// <summary>For each mark whether it is there.</summary>
    public bool[] Find(ReadOnlySpan<char> source)
    {
        var found = new bool[marks.Count];
        for (var at = source.IndexOfAny(_any); at >= 0;)
        {
            source = source[at..];
            for (var i = 0; i < found.Length; i++)
                found[i] |= source.StartsWith(marks[i], StringComparison.Ordinal);
            source = source[1..];
            at = source.IndexOfAny(_any);
        }

        return found;
    }
}
