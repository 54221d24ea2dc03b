namespace LinkMonitor.Engine.Urls;

/// <summary>
/// The path and opaque path states of the basic URL parser. Both return what follows the path: nothing, or the query or fragment.
/// </summary>
internal static class PathParser
{
    private const string EncodedSpace = "%20";

    /// <summary>
    /// Adds the segments to the record's path and resolves dot segments; the slash before the first one is already consumed.
    /// </summary>
    public static ReadOnlySpan<char> ReadSegments(ReadOnlySpan<char> rest, UrlRecord url)
    {
        while (true)
        {
            var end = rest.IndexOfAny(url.IsSpecial ? "/?#\\" : "/?#");
            if (end < 0) end = rest.Length;
            var endsInSlash = end < rest.Length && url.IsSlash(rest[end]);
            AddSegment(rest[..end], endsInSlash, url);
            if (!endsInSlash) return rest[end..];
            rest = rest[(end + 1)..];
        }
    }

    public static ReadOnlySpan<char> ReadOpaque(ReadOnlySpan<char> rest, UrlRecord url)
    {
        var end = rest.IndexOfAny('?', '#');
        var path = end < 0 ? rest : rest[..end];

        // A space at the end would be lost if the query or fragment after it were removed.
        var endsInSpace = end >= 0 && path.EndsWith(' ');
        url.OpaquePath = endsInSpace
            ? PercentEncodeSet.C0Control.Encode(path[..^1]) + EncodedSpace
            : PercentEncodeSet.C0Control.Encode(path);
        return end < 0 ? [] : rest[end..];
    }

    private static void AddSegment(ReadOnlySpan<char> segment, bool endsInSlash, UrlRecord url)
    {
        var isDoubleDot = IsDoubleDot(segment);
        if (isDoubleDot) url.ShortenPath();
        if (isDoubleDot || IsSingleDot(segment))
        {
            if (!endsInSlash) url.Segments.Add("");
            return;
        }

        if (url.IsFile && url.Segments.Count == 0 && WindowsDriveLetter.Is(segment)) url.Segments.Add(segment[0] + ":");
        else url.Segments.Add(PercentEncodeSet.Path.Encode(segment));
    }

    private static bool IsSingleDot(ReadOnlySpan<char> segment) =>
        segment is "." || segment.Equals("%2e", StringComparison.OrdinalIgnoreCase);

    private static bool IsDoubleDot(ReadOnlySpan<char> segment)
    {
        if (segment is "..") return true;
        if (segment.Length is not (4 or 6)) return false;
        return segment.Equals(".%2e", StringComparison.OrdinalIgnoreCase)
            || segment.Equals("%2e.", StringComparison.OrdinalIgnoreCase)
            || segment.Equals("%2e%2e", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Drive letters in file URLs: https://url.spec.whatwg.org/#windows-drive-letter.</summary>
internal static class WindowsDriveLetter
{
    public static bool Is(ReadOnlySpan<char> text) => text.Length == 2 && char.IsAsciiLetter(text[0]) && text[1] is (':' or '|');

    public static bool IsNormalized(ReadOnlySpan<char> text) => Is(text) && text[1] == ':';

    public static bool Starts(ReadOnlySpan<char> text) =>
        text.Length >= 2 && Is(text[..2]) && (text.Length == 2 || text[2] is '/' or '\\' or '?' or '#');
}
