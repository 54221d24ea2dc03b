using System.Text;
using LinkMonitor.Api;
using LinkMonitor.Api.Queries;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Wording;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace LinkMonitor.Placements.Reporting;

/// <summary>The frame of a report to be read or printed on A4: light, and nothing in it is loaded from anywhere.</summary>
internal static class ReportPage
{
    /// <summary>No report may load, run or send anything, whatever text got into it.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Sheet = """
        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 24px 20px 48px; max-width: 960px; background: #fff; color: #1f2328; font: 14px/1.5 -apple-system,
        "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
        h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; }
        h2 { font-size: 16px; line-height: 1.35; margin: 32px 0 8px; padding-top: 14px; border-top: 2px solid #1f2328; }
        h3 { font-size: 14px; margin: 18px 0 6px; }
        h1, h2, h3, p, dd, li { overflow-wrap: anywhere; }
        td, th { overflow-wrap: break-word; }
        p { margin: 0 0 8px; }
        .muted, dt { color: #57606a; }
        .small { font-size: 12px; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 0 0 12px; }
        dt, dd { margin: 0; }
        table { width: 100%; border-collapse: collapse; margin: 0 0 12px; font-variant-numeric: tabular-nums; }
        th { text-align: left; font-weight: 600; border-bottom: 1px solid #8c959f; padding: 4px 10px 4px 0; vertical-align: bottom; }
        td { border-bottom: 1px solid #d8dee4; padding: 4px 10px 4px 0; vertical-align: top; }
        .number { text-align: right; white-space: nowrap; }
        th.number { white-space: normal; }
        .number + :not(.number) { padding-left: 14px; }
        .sum td { border-bottom: 0; border-top: 2px solid #1f2328; font-weight: 600; }
        .formula { padding: 8px 12px; background: #f6f8fa; border: 1px solid #d0d7de; border-radius: 6px; font-weight: 600; }
        .bar { display: flex; height: 14px; margin: 6px 0 10px; border: 1px solid #8c959f; border-radius: 3px; overflow: hidden;
        print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .bar span { flex-basis: 0; min-width: 1px; }
        .swatch { display: inline-block; width: 12px; height: 12px; margin-right: 6px; vertical-align: -1px; border: 1px solid #8c959f;
        border-radius: 2px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .as-agreed { background: #2da44e; }
        .changed { background: #f0b72f; }
        .lost { background: #cf222e; }
        .not-found { background: #8250df; }
        .could-not-tell { background: #afb8c1; }
        .not-checked { background: #fff; }
        .change { margin: 0 0 12px; padding: 10px 14px; border: 1px solid #d0d7de; border-left: 4px solid #57606a; border-radius: 6px; }
        code { display: block; padding: 6px 8px; margin: 2px 0 8px; background: #f6f8fa; border: 1px solid #d8dee4; border-radius: 4px;
        font: 12px/1.45 ui-monospace, Consolas, "Courier New", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
        .hash { font: 11px/1.5 ui-monospace, Consolas, "Courier New", monospace; overflow-wrap: anywhere; }
        del { background: #ffd7d5; } ins { background: #bef5cb; text-decoration: none; }
        .claim { padding: 4px 18px 8px; margin: 16px 0; border: 2px solid #1f2328; border-radius: 6px; break-inside: avoid; }
        .claim h2 { border: 0; margin: 8px 0; padding: 0; font-size: 18px; }
        .claim dd { font-weight: 600; }
        th { overflow-wrap: normal; }
        @media screen and (max-width: 720px) {
          dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 6px; }
          .cards thead { display: none; } .cards, .cards tbody, .cards tr, .cards td { display: block; }
          .cards tr { border: 1px solid #d0d7de; border-radius: 6px; padding: 6px 10px; margin: 0 0 8px; } .cards td { border: 0;
          padding: 1px 0; text-align: left; white-space: normal; }
          .cards .number + :not(.number) { padding-left: 0; }
          .cards td::before { content: attr(data-of) ": "; color: #57606a; }
        }
        @page { size: A4; margin: 16mm 15mm; }
        @media print {
          body { padding: 0; max-width: none; font-size: 10pt; }
          h2, h3 { break-after: avoid; }
          tr, .change, .formula, dl { break-inside: avoid; }
          thead { display: table-header-group; }
          a { color: inherit; text-decoration: none; }
        }
        """;

    public static Markup Start(string title) => Markup.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{title}</title>
        <style>
        {new Markup(Sheet)}
        </style>
        </head>
        <body>
        <h1>{title}</h1>

        """);

    public static Markup End { get; } = Markup.Of($"""
        </body>
        </html>

        """);

    /// <summary>A row of a definition list; nothing for an absent value.</summary>
    public static Markup Term(string name, string? value) =>
        value is null ? Markup.Empty : Markup.Of($"<dt>{name}</dt><dd>{WebText.Cut(value, EvidenceTable.MaxUrl)}</dd>\n");
}

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
