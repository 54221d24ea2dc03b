using System.Text;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Robots;

/// <summary>
/// The path of an allow or disallow line: a prefix, with <c>*</c> for any characters and a <c>$</c> at the end for the end.
/// </summary>
internal sealed class RobotsPattern
{
    private readonly string[] _pieces;
    private readonly bool _isAnchored;
    private readonly bool _namesQuery;
    private readonly int _shortest;

    private RobotsPattern(string[] pieces, bool isAnchored)
    {
        _isAnchored = isAnchored;
        Length = pieces.Sum(piece => piece.Length) + pieces.Length - 1 + (isAnchored ? 1 : 0);
        _pieces = OpenQuery(pieces, out _namesQuery);
        _shortest = _pieces.Sum(piece => piece.Length);
    }

    /// <summary>In octets, wildcards included: the longer of two that match is the more specific.</summary>
    public int Length { get; }

    /// <param name="text">Not empty; one character per byte.</param>
    public static RobotsPattern Parse(string text)
    {
        var isAnchored = text[^1] == '$';
        var pieces = (isAnchored ? text[..^1] : text).Split('*');
        return new RobotsPattern([.. pieces.Select(RobotsPath.Normalize)], isAnchored);
    }

    /// <summary>Takes the leftmost place for every piece, so it never goes back: hostile patterns cost no more than others.</summary>
    public bool Matches(RobotsPath url)
    {
        var path = (_namesQuery ? url.OpenQuery : url.Plain).AsSpan();
        if (_shortest > path.Length || (_isAnchored && url.IsCut) || !path.StartsWith(_pieces[0], StringComparison.Ordinal))
            return false;
        if (_pieces.Length == 1)
            return !_isAnchored || path.Length == _pieces[0].Length;

        path = path[_pieces[0].Length..];
        var last = _isAnchored ? _pieces.Length - 1 : _pieces.Length;
        for (var i = 1; i < last; i++)
        {
            var found = path.IndexOf(_pieces[i], StringComparison.Ordinal);
            if (found < 0)
                return false;
            path = path[(found + _pieces[i].Length)..];
        }

        return !_isAnchored || path.EndsWith(_pieces[^1], StringComparison.Ordinal);
    }

    private static string[] OpenQuery(string[] pieces, out bool namesQuery)
    {
        var inQuery = false;
        var opened = new string[pieces.Length];
        for (var i = 0; i < pieces.Length; i++)
        {
            var query = inQuery ? 0 : pieces[i].IndexOf('?', StringComparison.Ordinal);
            inQuery |= query >= 0;
            opened[i] = query < 0 ? pieces[i] : pieces[i][..query] + RobotsPath.OpenDelimiters(pieces[i][query..]);
        }

        namesQuery = inQuery;
        return opened;
    }
}

/// <summary>
/// The form in which paths and patterns are compared: https://www.rfc-editor.org/rfc/rfc9309#section-2.2.2. Escaped unreserved characters
/// are written out; all that is neither unreserved nor reserved is escaped, in upper-case hex.
/// </summary>
internal sealed record RobotsPath
{
    private const string Reserved = ":/?#[]@!&()+,;=";

    private RobotsPath(string plain, string openQuery, bool isCut)
    {
        Plain = plain;
        OpenQuery = openQuery;
        IsCut = isCut;
    }

    /// <summary>
    /// So much of path and query is compared, in octets: a file has up to 36,000 patterns, each of which may read all of it. Hardly a
    /// page has such an address
    /// (https://www.sitemaps.org/protocol.html stops at 2,048).
    /// </summary>
    public const int MaxLength = 32 * 1024;

    /// <summary>Whether there is more, which no pattern is compared with: none that ends with the address matches then.</summary>
    public bool IsCut { get; }

    /// <summary>Path and query.</summary>
    public string Plain { get; }

    /// <summary>
    /// The same with the characters that divide nothing in a query written out there, for patterns that name a query: the RFC calls
    /// <c>?u=https://a</c> and <c>?u=https%3A%2F%2Fa</c> equal.
    /// </summary>
    public string OpenQuery { get; }

    public static RobotsPath Of(WebUrl url)
    {
        var whole = url.Query is null ? url.Path : $"{url.Path}?{url.Query}";
        var isCut = whole.Length > MaxLength;
        var plain = Normalize(isCut ? whole[..MaxLength] : whole);
        var query = plain.IndexOf('?', StringComparison.Ordinal);
        return new RobotsPath(plain, query < 0 ? plain : plain[..query] + OpenDelimiters(plain[query..]), isCut);
    }

    /// <summary>A literal piece: <c>*</c> and <c>$</c> stand for themselves and come out escaped.</summary>
    public static string Normalize(string text)
    {
        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (PercentEncoding.TryReadEscape(text, i, out var value))
            {
                Append(output, value, isEscaped: true);
                i += 2;
            }
            else if (text[i] == '%')
            {
                output.Append('%');
            }
            else
            {
                Append(output, (byte)text[i], isEscaped: false);
            }
        }

        return output.ToString();
    }

    /// <summary>Writes out what is escaped only by habit in a query.</summary>
    public static string OpenDelimiters(string normalized) => normalized
        .Replace("%3A", ":", StringComparison.Ordinal)
        .Replace("%2F", "/", StringComparison.Ordinal)
        .Replace("%3F", "?", StringComparison.Ordinal)
        .Replace("%40", "@", StringComparison.Ordinal);

    private static void Append(StringBuilder output, byte value, bool isEscaped)
    {
        var c = (char)value;
        var isUnreserved = char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';
        if (isUnreserved || (!isEscaped && Reserved.Contains(c, StringComparison.Ordinal)))
            output.Append(c);
        else
            PercentEncoding.Append(output, value);
    }
}
