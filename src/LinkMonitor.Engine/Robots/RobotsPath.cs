using System.Text;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Robots;

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
