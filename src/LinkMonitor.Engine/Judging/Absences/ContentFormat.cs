using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>Whether an answer is HTML.</summary>
internal static class ContentFormat
{
    private static readonly string[] UnknownTypes = ["", "unknown/unknown", "application/unknown", "*/*"];

    /// <summary>
    /// The patterns of https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type; each must be followed by a
    /// space or &gt;.
    /// </summary>
    private static readonly string[] Openings =
    [
        "<!DOCTYPE HTML", "<HTML", "<HEAD", "<SCRIPT", "<IFRAME", "<H1", "<DIV", "<FONT", "<TABLE", "<A", "<STYLE", "<TITLE", "<B", "<BODY",
        "<BR", "<P",
    ];

    /// <summary>
    /// By the Content-Type; by the first bytes when the header is absent or says nothing. XHTML counts, also when it comes as XML. An empty
    /// body without a type counts, too: it is a page with nothing on it.
    /// </summary>
    public static bool IsHtml(string? contentType, ReadOnlySpan<byte> body)
    {
        var type = (contentType ?? "").Split(';', ',')[0].Trim().ToLowerInvariant();
        if (type is "text/html" or "application/xhtml+xml")
            return true;
        if (XhtmlParser.Accepts(type))
            return XhtmlParser.IsXhtml(body, contentType);
        return (UnknownTypes.Contains(type) || !type.Contains('/', StringComparison.Ordinal)) && LooksLikeHtml(body);
    }

    private static bool LooksLikeHtml(ReadOnlySpan<byte> body)
    {
        var start = (body is [0xEF, 0xBB, 0xBF, ..] ? body[3..] : body).TrimStart("\t\n\f\r "u8);
        if (start.IsEmpty || start.StartsWith("<!--"u8))
            return true;
        foreach (var opening in Openings)
        {
            if (start.Length > opening.Length
                && System.Text.Ascii.EqualsIgnoreCase(start[..opening.Length], opening)
                && start[opening.Length] is (byte)' ' or (byte)'>')
                return true;
        }

        return false;
    }
}
