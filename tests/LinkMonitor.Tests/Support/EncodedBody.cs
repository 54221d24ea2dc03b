using System.IO.Compression;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Support;

/// <summary>Bodies in content codings, in the order applied: "gzip, br". "raw deflate" is deflate without its zlib frame.</summary>
internal static class EncodedBody
{
    public static string HeaderOf(string codings) => codings.Replace("raw ", "", StringComparison.Ordinal);

    public static byte[] Encode(string codings, byte[] body)
    {
        foreach (var coding in codings.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            using var output = new MemoryStream();
            using (var encoder = Encoder(coding.ToLowerInvariant(), output))
                encoder.Write(body);
            body = output.ToArray();
        }

        return body;
    }

    private static Stream Encoder(string coding, Stream output) => coding switch
    {
        "gzip" or "x-gzip" => new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true),
        "br" => new BrotliStream(output, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true),
        "raw deflate" => new DeflateStream(output, CompressionLevel.Fastest, leaveOpen: true),
        _ => new BufferedStream(output),
    };

    public static void Map(LocalWeb web, string path, string codings, byte[] body)
    {
        var encoded = Encode(codings, body);
        web.Map(path, context =>
        {
            if (codings.Length > 0)
                context.Response.Headers.ContentEncoding = HeaderOf(codings);
            return context.Response.Body.WriteAsync(encoded, context.RequestAborted).AsTask();
        });
    }
}
