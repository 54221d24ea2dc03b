using System.Text;
using System.Text.Unicode;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Decides which character encoding a page is in, as the HTML standard does: byte order mark, Content-Type header, <c>meta</c> element, XML
/// declaration. Source: https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
/// </summary>
internal static class CharsetSniffer
{
    /// <summary>What an undeclared page is in when it is not UTF-8.</summary>
    private const string Fallback = "windows-1252";

    /// <summary>
    /// The encoding's name in lower case. An undeclared page is UTF-8 when all of it is valid UTF-8, and windows-1252 otherwise. The standard lets a
    /// reader guess so (step 8); a page that is not UTF-8 passes that test by chance only, and anchors would be misread for whoever forgot the declaration.
    /// </summary>
    /// <param name="isXml">Whether the page is XML, which is UTF-8 unless it says otherwise: https://www.w3.org/TR/xml/#charencoding</param>
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
        var bytes = body[ByteOrderMark(body).Length..];
        return name is EncodingLabels.Replacement ? (bytes.IsEmpty ? "" : "\uFFFD") : LegacyDecoding.Decode(bytes, name);
    }

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
