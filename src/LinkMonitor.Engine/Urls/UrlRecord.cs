namespace LinkMonitor.Engine.Urls;

/// <summary>The URL record while it is being parsed: https://url.spec.whatwg.org/#concept-url.</summary>
internal sealed class UrlRecord
{
    public string Scheme { get; set; } = "";

    public string UserName { get; set; } = "";

    public string Password { get; set; } = "";

    public string? Host { get; set; }

    public int? Port { get; set; }

    /// <summary>The segments of the path; unused when <see cref="OpaquePath"/> is set.</summary>
    public List<string> Segments { get; set; } = [];

    public string? OpaquePath { get; set; }

    public string? Query { get; set; }

    public string? Fragment { get; set; }

    public bool IsSpecial => SpecialSchemes.Contains(Scheme);

    public bool IsFile => Scheme == SpecialSchemes.File;

    public string Path => OpaquePath ?? string.Concat(Segments.Select(static segment => "/" + segment));

    public static List<string> SegmentsOf(WebUrl url) => url.Path.Length == 0 ? [] : [.. url.Path[1..].Split('/')];

    /// <summary>Whether the character ends a path segment; a backslash does so in special schemes.</summary>
    public bool IsSlash(char c) => c == '/' || (c == '\\' && IsSpecial);

    public void CopyAuthority(WebUrl from)
    {
        UserName = from.UserName;
        Password = from.Password;
        Host = from.Host;
        Port = from.Port;
    }

    public void CopyPathAndQuery(WebUrl from)
    {
        Segments = SegmentsOf(from);
        Query = from.Query;
    }

    /// <summary>Removes the last segment, but never the drive letter of a file URL.</summary>
    public void ShortenPath()
    {
        if (IsFile && Segments is [var only] && WindowsDriveLetter.IsNormalized(only)) return;
        if (Segments.Count > 0) Segments.RemoveAt(Segments.Count - 1);
    }
}

/// <summary>The schemes the URL standard treats specially, with their default ports: https://url.spec.whatwg.org/#special-scheme.</summary>
internal static class SpecialSchemes
{
    public const string File = "file";

    public static bool Contains(string scheme) => scheme is "http" or "https" or "ws" or "wss" or "ftp" or File;

    public static int? DefaultPort(string scheme) => scheme switch
    {
        "http" or "ws" => 80,
        "https" or "wss" => 443,
        "ftp" => 21,
        _ => null,
    };

    /// <summary>The queries of these schemes are always UTF-8, whatever the encoding of the page.</summary>
    public static bool IsWebSocket(string scheme) => scheme is "ws" or "wss";
}

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
