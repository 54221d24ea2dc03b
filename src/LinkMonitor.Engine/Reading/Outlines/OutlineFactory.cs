using System.Buffers;
using System.Text;
using LinkMonitor.Engine.Fetching.Decoding;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Reading.Tokens;

namespace LinkMonitor.Engine.Reading.Outlines;

/// <summary>Makes the outline of an answer, in pooled memory.</summary>
internal static class OutlineFactory
{
    /// <summary>
    /// Null for XHTML, for encodings in which a byte of ASCII may be half a character, and for markup that only a tree explains.
    /// </summary>
    /// <param name="marks">What a wall is known by; searched for in the beginning of the source.</param>
    /// <param name="searched">How much of the source is searched, in bytes.</param>
    public static PageOutline? Of(FetchedResponse response, SourceMarks marks, int searched)
    {
        var contentType = response.Headers.ContentType;
        if (XhtmlParser.Accepts(contentType))
            return null;
        var body = response.Body.Span;
        var charset = CharsetSniffer.Sniff(body, contentType, isXml: false);
        if (charset == "utf-8")
            return OfUtf8(body, marks, searched);
        if (!IsOfSingleBytes(charset))
            return null;
        var text = CharsetSniffer.Decode(body, charset);
        return Of(text.ToCharArray(), Math.Min(searched, text.Length), charset, body, marks);
    }

    private static PageOutline? OfUtf8(ReadOnlySpan<byte> body, SourceMarks marks, int searched)
    {
        var bytes = CharsetSniffer.WithoutMark(body);
        var buffer = ArrayPool<char>.Shared.Rent(Math.Max(bytes.Length, 1));
        try
        {
            var count = Encoding.UTF8.GetChars(bytes, buffer);
            // A mark is ASCII; where the last character is cut there is none.
            var end = body.Length <= searched ? count : Encoding.UTF8.GetCharCount(bytes[..(searched - (body.Length - bytes.Length))]);
            return Of(buffer.AsMemory(0, count), Math.Min(end, count), "utf-8", body, marks);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static PageOutline? Of(Memory<char> text, int searched, string charset, ReadOnlySpan<byte> body, SourceMarks marks)
    {
        var found = marks.Find(text.Span[..searched]);
        string[] facts =
        [
            charset, GarbledText.Is(text.Span) ? "garbled" : "", BinaryData.Is(body) ? "binary" : "",
            string.Concat(found.Select(static one => one ? '1' : '0')),
        ];
        return Outliner.Of(text[..LineEnds.Normalize(text.Span)], facts);
    }

    // Of the others, the second byte of a character may be that of a sign of the markup.
    private static bool IsOfSingleBytes(string charset) =>
        charset.StartsWith("windows-", StringComparison.Ordinal)
        || (charset.StartsWith("iso-8859-", StringComparison.Ordinal))
        || charset is "koi8-r" or "koi8-u" or "ibm866" or "macintosh" or "x-mac-cyrillic";
}
