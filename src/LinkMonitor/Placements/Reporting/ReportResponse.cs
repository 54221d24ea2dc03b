using System.Text;
using LinkMonitor.Api;
using LinkMonitor.Api.Queries;
using LinkMonitor.Engine.Naming;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

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
        return TypedResults.Stream(body => WriteAsync(body, pieces, context.RequestAborted), ReportFormatChoice.ContentType(format));
    }

    private static async Task WriteAsync(Stream body, IAsyncEnumerable<string> pieces, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(body, Utf8, FlushAt, leaveOpen: true);
        await foreach (var piece in pieces.WithCancellation(cancellationToken))
            await writer.WriteAsync(piece.AsMemory(), cancellationToken);
        await writer.FlushAsync(cancellationToken);
    }
}

/// <summary>The <c>?format=</c> of a report.</summary>
/// <param name="known">Those that the report has; the first is the one for whoever does not mind.</param>
internal sealed class FormatOfAttribute(params ReportFormat[] known) : QueryRuleAttribute
{
    public override IReadOnlyList<string> Names => [.. known.Select(WireName.Of)];

    public override string? Problem(string text, RouteValueDictionary route) =>
        WireName.TryParse<ReportFormat>(text, out var format) && known.Contains(format) ? null : FieldErrors.NotOneOf(text, Names);
}

/// <summary>How a report is written.</summary>
internal enum ReportFormat
{
    Json,
    Csv,
    Html,
}

/// <summary>Which format a request wants: <c>?format=</c>, or else the first of its <c>Accept</c> that we have.</summary>
internal static class ReportFormatChoice
{
    /// <param name="known">The formats there are; the first is the one for whoever does not mind.</param>
    /// <param name="format">What <see cref="FormatOfAttribute"/> let through.</param>
    public static ReportFormat Read(HttpRequest request, string? format, IReadOnlyList<ReportFormat> known) =>
        WireName.TryParse<ReportFormat>(format, out var wanted) ? wanted : Accepted(request, known);

    public static string ContentType(ReportFormat format) => format switch
    {
        ReportFormat.Csv => "text/csv; charset=utf-8",
        ReportFormat.Html => "text/html; charset=utf-8",
        _ => "application/json; charset=utf-8",
    };

    private static ReportFormat Accepted(HttpRequest request, IReadOnlyList<ReportFormat> known)
    {
        var accepted = request.GetTypedHeaders().Accept.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1);
        foreach (var type in accepted)
            foreach (var format in known)
                if (MediaTypeHeaderValue.Parse(ContentType(format).Split(';')[0]).IsSubsetOf(type))
                    return format;
        return known[0];
    }
}
