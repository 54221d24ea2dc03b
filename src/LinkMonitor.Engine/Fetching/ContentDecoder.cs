using System.IO.Compression;

namespace LinkMonitor.Engine.Fetching;

/// <summary>Opens what Content-Encoding has wrapped: gzip, br and deflate, one inside another if need be.</summary>
internal static class ContentDecoder
{
    /// <summary>Honest servers apply one, a careless proxy a second.</summary>
    public const int MaxLayers = 4;

    /// <summary>The codings in the order applied, in lower case, without the names that servers give to no coding at all.</summary>
    /// <param name="fields">The values of Content-Encoding, each a list.</param>
    public static IReadOnlyList<string> Codings(IEnumerable<string> fields) =>
    [
        .. fields
            .SelectMany(field => field.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(coding => coding.ToLowerInvariant())
            .Where(coding => coding is not ("identity" or "none" or "utf-8")),
    ];

    /// <summary>True when all codings are known and not too many.</summary>
    public static bool CanDecode(IReadOnlyList<string> codings) =>
        codings.Count <= MaxLayers && codings.All(coding => coding is "gzip" or "x-gzip" or "br" or "deflate");

    /// <summary>The decoded stream, every layer bounded by <paramref name="limit"/> bytes. It owns <paramref name="wire"/>.</summary>
    public static Stream Open(Stream wire, IReadOnlyList<string> codings, long limit)
    {
        Stream stream = new BoundedStream(wire, limit);
        foreach (var coding in codings.Reverse())
            stream = new BoundedStream(new DecodingStream(stream, inner => Decode(inner, coding)), limit);
        return stream;
    }

    private static Stream Decode(PrefixedStream stream, string coding) => coding switch
    {
        "br" => new BrotliStream(stream, CompressionMode.Decompress),
        "deflate" when IsZlib(stream.Prefix) => new ZLibStream(stream, CompressionMode.Decompress),
        "deflate" => new DeflateStream(stream, CompressionMode.Decompress),
        _ => new GZipStream(stream, CompressionMode.Decompress),
    };

    /// <summary>
    /// HTTP's "deflate" means the zlib format, but many servers send it raw: https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2
    /// </summary>
    private static bool IsZlib(ReadOnlySpan<byte> start) =>
        start.Length == 2 && (start[0] & 0x0f) == 8 && ((start[0] << 8) | start[1]) % 31 == 0;
}
