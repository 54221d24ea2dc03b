namespace LinkMonitor.Engine.Comparing;

/// <summary>Finds where a vanished link stood, by what is left of the text around it.</summary>
internal static class SurvivingPlace
{
    /// <summary>So much text around a link is kept on each side, in characters.</summary>
    public const int ContextLength = 120;

    // Shorter pieces ("Read more") stand anywhere.
    internal const int ShortestPiece = 20;

    // All of what stood on one side, at the beginning or the end of a short page.
    internal const int ShortestWhole = 8;

    // A paragraph may have been rewritten between its surviving ends; further apart they are two accidents.
    private const int WidestGap = 600;

    /// <summary>The text around the place, at most 360 characters; null when nothing recognisable survived.</summary>
    /// <param name="text">The page's text now.</param>
    /// <param name="before">What stood before the link when it was last seen.</param>
    /// <param name="after">What stood after it.</param>
    public static string? Excerpt(string text, string before, string after)
    {
        var head = EndOf(text, before);
        var tail = head is { } end ? StartOf(text, after, end) : null;
        if (head is { } from && tail is { } to && to - from <= WidestGap)
            return Cut(text, from - ContextLength, to + ContextLength);
        if (head is { } only)
            return Cut(text, only - ContextLength, only + ContextLength);
        return StartOf(text, after, 0) is { } start ? Cut(text, start - ContextLength, start + ContextLength) : null;
    }

    /// <summary>Whether what stood on both sides of the link stands there still, side by side or with a sentence between.</summary>
    public static bool IsWhole(string text, string before, string after) =>
        EndOf(text, before) is { } end && StartOf(text, after, end) is { } start && start - end <= WidestGap;

    /// <summary>Where the longest surviving end of a text ends.</summary>
    private static int? EndOf(string text, string piece)
    {
        for (var length = piece.Length; length >= ShortestPiece; length = length * 2 / 3)
        {
            var end = piece[^length..];
            if (text.IndexOf(end, StringComparison.Ordinal) is >= 0 and var at)
                return at + length;
        }

        return null;
    }

    /// <summary>Where the longest surviving beginning of a text begins.</summary>
    private static int? StartOf(string text, string piece, int from)
    {
        for (var length = piece.Length; length >= ShortestPiece; length = length * 2 / 3)
        {
            if (text.IndexOf(piece[..length], from, StringComparison.Ordinal) is >= 0 and var at)
                return at;
        }

        return null;
    }

    private static string Cut(string text, int from, int to)
    {
        const int Longest = 3 * ContextLength;
        from = Math.Max(from, 0);
        to = Math.Min(to, text.Length);
        return to - from <= Longest
            ? Surrounding.Slice(text, from, to)
            : $"{Surrounding.Slice(text, from, from + (Longest / 2) - 2)} … {Surrounding.Slice(text, to - (Longest / 2) + 2, to)}";
    }
}
