using LinkMonitor.Api;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Exports;

/// <summary>How links are written.</summary>
internal enum ExportFormat
{
    Csv,
    Xlsx,
    Jsonl,
}

/// <summary>Writes links in parts; memory does not grow with their number.</summary>
internal interface IExportWriter
{
    /// <summary>Writes some links. It is called at least once, with none for an empty list: the header is in the first part.</summary>
    Task WriteAsync(IReadOnlyList<WatchedLink> links, CancellationToken cancellationToken);

    /// <summary>Writes what comes behind the last link. Without it the file is not whole.</summary>
    ValueTask EndAsync(CancellationToken cancellationToken);
}

/// <summary>
/// The links that a filter finds, written whole and as they are now, a part at a time: 100,000 take as much memory as 1,000.
/// </summary>
internal sealed class LinkExport(LinkLists lists, TimeProvider time)
{
    // What is read, taken apart and written at once.
    private const int PartLinks = 500;

    /// <summary>Answers with the links of a line, or with 304 when the caller has them already.</summary>
    /// <param name="withMark">For CSV: a byte order mark in front.</param>
    /// <param name="name">The name of the file, without its ending.</param>
    public IResult Answer(HttpContext context, LinkListing listing, FilterLine line, ExportFormat format, bool withMark, string name)
    {
        if (format == ExportFormat.Xlsx && listing.Count(line) is > XlsxExport.MaxLinks and var count)
            return Problems.BadRequest(
                "A sheet cannot hold so many links.",
                $"The filter finds {count:N0} links; an Excel sheet holds {XlsxExport.MaxLinks:N0}. Narrow the filter, or take CSV.");
        if (IfNoneMatch.IsKnown(context, $"{listing.ValidatorOf(line)}-{WireName.Of(format)}-{withMark}"))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        if (context.Response.Headers.CacheControl.Count == 0)
            context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        // A failure on the way breaks the connection: who reads sees that the file is not whole.
        return TypedResults.Stream(
            body => WriteAsync(body, listing, line, format, withMark, context.RequestAborted), TypeOf(format),
            $"{name}.{WireName.Of(format)}");
    }

    /// <summary>Writes the links of a line.</summary>
    public async Task WriteAsync(
        Stream output, LinkListing listing, FilterLine line, ExportFormat format, bool withMark, CancellationToken cancellationToken)
    {
        await using var workbook = format == ExportFormat.Xlsx ? new XlsxExport(output, time.GetUtcNow()) : null;
        IExportWriter writer = workbook is not null ? workbook
            : format == ExportFormat.Csv ? new CsvExport(output, withMark, time.GetUtcNow()) : new JsonLinesExport(output);
        LinkPlace? after = null;
        do
        {
            var part = await lists.PageAsync(listing, line, PartLinks, after, cancellationToken);
            await writer.WriteAsync(part.Links, cancellationToken);
            await output.FlushAsync(cancellationToken);
            after = part.Next;
        }
        while (after is not null);
        await writer.EndAsync(cancellationToken);
    }

    private static string TypeOf(ExportFormat format) => format switch
    {
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/jsonl; charset=utf-8",
    };
}
