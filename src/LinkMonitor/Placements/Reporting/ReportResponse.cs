using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Placements.Reporting;

/// <summary>Sends a report piece by piece, so that its length does not matter.</summary>
internal static class ReportResponse
{
    private const int FlushAt = 32 * 1024;
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <remarks>
    /// A failure on the way breaks the connection: the reader sees that the report is not whole, which a page with its end missing would
    /// not say.
    /// </remarks>
    public static PushStreamHttpResult Send(HttpContext context, ReportFormat format, IAsyncEnumerable<string> pieces)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ReportPage.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return TypedResults.Stream(body => WriteAsync(body, pieces, context.RequestAborted), ReportFormats.ContentType(format));
    }

    private static async Task WriteAsync(Stream body, IAsyncEnumerable<string> pieces, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(body, Utf8, FlushAt, leaveOpen: true);
        await foreach (var piece in pieces.WithCancellation(cancellationToken))
            await writer.WriteAsync(piece.AsMemory(), cancellationToken);
        await writer.FlushAsync(cancellationToken);
    }
}
