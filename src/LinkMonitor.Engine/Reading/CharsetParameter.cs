using System.Text;
using System.Text.Unicode;
using LinkMonitor.Engine.Reading.Tokens;

namespace LinkMonitor.Engine.Reading;

/// <summary>Finds a charset in the text of a Content-Type, in a header and in a <c>meta</c> element.</summary>
internal static class CharsetParameter
{
    private const string Charset = "charset";
    private static readonly char[] Spaces = ['\t', '\n', '\f', '\r', ' '];

    /// <summary>
    /// The encoding's name; null when there is no charset parameter, or its label is unknown. Of several the first counts.
    /// </summary>
    public static string? InHeader(string? contentType)
    {
        if (contentType is null)
            return null;
        foreach (var part in contentType.Split(';').Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && part[..equals].TrimStart().Equals(Charset, StringComparison.OrdinalIgnoreCase))
                return EncodingLabels.NameOf(part[(equals + 1)..].Trim().Trim('"', '\''));
        }

        return null;
    }

    /// <summary>
    /// The encoding's name by the algorithm of
    /// https://html.spec.whatwg.org/multipage/urls-and-fetching.html#extracting-character-encodings-from-meta-elements; null when there is
    /// none.
    /// </summary>
    public static string? InMetaContent(string content)
    {
        // By places, not by what is left: a page may say "charset" a million times.
        var from = 0;
        while (content.IndexOf(Charset, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var found)
        {
            from = found + Charset.Length;
            var equals = PastSpaces(content, from);
            if (equals < content.Length && content[equals] == '=')
                return EncodingLabels.NameOf(Label(content[PastSpaces(content, equals + 1)..]));
        }

        return null;
    }

    private static int PastSpaces(string text, int from)
    {
        while (from < text.Length && Spaces.Contains(text[from]))
            from++;
        return from;
    }

    private static string? Label(string value)
    {
        if (value is ['"' or '\'', ..])
            return value.IndexOf(value[0], 1) is > 0 and var end ? value[1..end] : null;
        var stop = value.IndexOfAny([.. Spaces, ';']);
        return stop < 0 ? value : value[..stop];
    }
}

/// <summary>
/// Decides which character encoding a page is in, as the HTML standard does: byte order mark, Content-Type header, <c>meta</c> element, XML
/// declaration. Source: https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
/// </summary>
internal static class CharsetSniffer
{
    /// <summary>What an undeclared page is in when it is not UTF-8.</summary>
    private const string Fallback = "windows-1252";

    /// <summary>
    /// The encoding's name in lower case. An undeclared page is UTF-8 when all of it is valid UTF-8, and windows-1252 otherwise. The
    /// standard lets a reader guess so (step 8); a page that is not UTF-8 passes that test by chance only, and anchors would be misread for
    /// whoever forgot the declaration.
    /// </summary>
    /// <param name="isXml">
    /// Whether the page is XML, which is UTF-8 unless it says otherwise: https://www.w3.org/TR/xml/#charencoding
    /// </param>
    public static string Sniff(ReadOnlySpan<byte> body, string? contentType, bool isXml) =>
        ByteOrderMark(body).Name
        ?? CharsetParameter.InHeader(contentType)
        ?? Utf16Declaration(body)
        ?? (isXml ? XmlDeclaration.Find(body) ?? "utf-8" : MetaPrescan.Find(body) ?? XmlDeclaration.Find(body))
        ?? (Utf8.IsValid(body) && !Ascii.IsValid(body) ? "utf-8" : Fallback);

    /// <summary>The text of a body, without its byte order mark.</summary>
    /// <param name="name">A name that <see cref="Sniff"/> returned.</param>
    public static string Decode(ReadOnlySpan<byte> body, string name)
    {
        var bytes = WithoutMark(body);
        return name is EncodingLabels.Replacement ? (bytes.IsEmpty ? "" : "\uFFFD") : LegacyDecoding.Decode(bytes, name);
    }

    /// <summary>The same in pooled memory, which is the caller's.</summary>
    public static PageSource Source(ReadOnlySpan<byte> body, string name) => name is "utf-8"
        ? PageSource.Of(WithoutMark(body), EncodingLabels.Decoder(name))
        : PageSource.Of(Decode(body, name));

    /// <summary>A body without its byte order mark.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) => body[ByteOrderMark(body).Length..];

    /// <summary>
    /// An XML declaration in UTF-16 speaks for itself:
    /// https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
    /// </summary>
    private static string? Utf16Declaration(ReadOnlySpan<byte> body) => body switch
    {
        [(byte)'<', 0, (byte)'?', 0, (byte)'x', 0, ..] => "utf-16le",
        [0, (byte)'<', 0, (byte)'?', 0, (byte)'x', ..] => "utf-16be",
        _ => null,
    };

    private static (string? Name, int Length) ByteOrderMark(ReadOnlySpan<byte> body) => body switch
    {
        [0xEF, 0xBB, 0xBF, ..] => ("utf-8", 3),
        [0xFF, 0xFE, ..] => ("utf-16le", 2),
        [0xFE, 0xFF, ..] => ("utf-16be", 2),
        _ => (null, 0),
    };
}

/// <summary>
/// Finds the encoding in an XML declaration, which browsers heed in HTML, too:
/// https://html.spec.whatwg.org/multipage/parsing.html#xml-encoding
/// </summary>
internal static class XmlDeclaration
{
    /// <summary>
    /// The encoding's name; null when there is no declaration, or its label is unknown. UTF-16 is read as UTF-8: the declaration itself is
    /// ASCII.
    /// </summary>
    public static string? Find(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf((byte)'>');
        if (end < 0 || !body.StartsWith("<?xml"u8))
            return null;
        var text = Encoding.Latin1.GetString(body[..Math.Min(end, MetaPrescan.Length)]);
        var start = text.IndexOf("encoding", StringComparison.Ordinal);
        if (start < 0)
            return null;
        var rest = text[(start + "encoding".Length)..].TrimStart(' ', '\t', '\r', '\n');
        if (!rest.StartsWith('='))
            return null;
        rest = rest[1..].TrimStart(' ', '\t', '\r', '\n');
        if (rest is not ['"' or '\'', ..] || rest.IndexOf(rest[0], 1) is not (> 0 and var quote))
            return null;
        var name = EncodingLabels.NameOf(rest[1..quote]);
        return name is "utf-16le" or "utf-16be" ? "utf-8" : name;
    }
}
