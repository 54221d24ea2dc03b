using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LinkMonitor.Answers;

/// <summary>
/// Tells what is no page from what is one, before it takes the place of a document that was handed over before. A page has a tag, and does
/// not begin as other things do (https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern).
/// </summary>
internal static partial class NoPage
{
    // What tells other things from pages stands at their beginning.
    private const int Looked = 4_096;

    private static readonly (byte[] Start, string Words)[] Starts =
    [
        ("%PDF-"u8.ToArray(), "a PDF"), ([0x89, (byte)'P', (byte)'N', (byte)'G'], "an image"), ([0xFF, 0xD8, 0xFF], "an image"),
        ("GIF8"u8.ToArray(), "an image"), ("RIFF"u8.ToArray(), "an image, a sound or a video"),
        ("<svg"u8.ToArray(), "an image"), ("PK"u8.ToArray(), "an archive, or a file of an office program"),
        ([0x1F, 0x8B], "a compressed file"), ("bplist"u8.ToArray(), "a web archive; save the page as HTML only"),
        ("MIME-Version:"u8.ToArray(), "a web archive; save the page as HTML only"),
        ("From: <Saved by"u8.ToArray(), "a web archive; save the page as HTML only"),
    ];

    /// <summary>Why a document is no page, in a sentence; null when it may be one.</summary>
    public static string? WhyNot(ReadOnlySpan<byte> document)
    {
        var isWide = document.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || document.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        var body = (document.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? document[3..] : document).Trim(" \t\r\n\f"u8);
        if (body.IsEmpty)
            return "It is empty: there is no page in it.";
        foreach (var (start, words) in Starts)
            if (body.StartsWith(start))
                return $"It is {words}, not the HTML of a page.";
        if (!isWide && body[..Math.Min(body.Length, Looked)].Contains((byte)0))
            return "It is no text, so not the HTML of a page.";
        if (body[0] is (byte)'{' or (byte)'[' && IsJson(body))
            return "It is JSON, not the HTML of a page.";
        var text = Encoding.Latin1.GetString(body[..Math.Min(body.Length, Looked)]);
        if (Xml().Match(text) is { Success: true } xml && !xml.Groups["root"].Value.Equals("html", StringComparison.OrdinalIgnoreCase))
            return $"It is XML that begins with <{xml.Groups["root"].Value}>, not the HTML of a page.";
        return !isWide && !Tag().IsMatch(Encoding.Latin1.GetString(body)) ? "There is no HTML in it, not a single tag." : null;
    }

    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
                // To its end: only the whole tells.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^<\?xml[^>]*\?>\s*(<!--[^>]*-->\s*|<![^>]*>\s*)*<(?<root>[A-Za-z][\w:.-]{0,40})", RegexOptions.NonBacktracking)]
    private static partial Regex Xml();

    [GeneratedRegex("<[A-Za-z!]", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
