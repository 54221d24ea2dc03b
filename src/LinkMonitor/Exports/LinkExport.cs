using LinkMonitor.Api;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Snapshots;
using LinkMonitor.Spooling;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Exports;

/// <summary>How links are written.</summary>
internal enum ExportFormat
{
    Csv,
    Xlsx,
    Jsonl,
}

/// <summary>Writes links one by one; memory does not grow with their number.</summary>
internal interface IExportWriter
{
    /// <summary>A link as the file has it, wherever in the file it will stand.</summary>
    byte[] Row(WatchedLink link);

    /// <summary>Writes what comes before the first link.</summary>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <param name="row">One of <see cref="Row"/>.</param>
    /// <param name="page">The page of its link.</param>
    Task WriteAsync(ReadOnlyMemory<byte> row, string page, CancellationToken cancellationToken);

    /// <summary>Writes what comes behind the last link. Without it the file is not whole.</summary>
    Task EndAsync(CancellationToken cancellationToken);
}

/// <summary>
/// The links that a filter finds, written whole and as they are now, a part at a time: 100,000 take hardly more memory than 1,000, and as
/// many requests in any order.
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

        // A muting that ends changes what is said of a link, though nobody writes it.
        var unmuted = listing.Matching(line).Count(link => link.MutedUntil > 0 && !link.IsMutedAt(listing.Moment.Now));
        if (EntityTags.IsKnown(context, $"{listing.ValidatorOf(line)}-{WireName.Of(format)}-{withMark}-{unmuted}"))
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
        await writer.BeginAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
        if (line.Order is null || listing.Count(line) <= PartLinks)
            await InStoredOrderAsync(listing, line, async link =>
                await writer.WriteAsync(writer.Row(link), link.Page.Href, cancellationToken), cancellationToken);
        else
            await InOtherOrderAsync(writer, listing, line, cancellationToken);
        await writer.EndAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private async Task InStoredOrderAsync(
        LinkListing listing, FilterLine line, Func<WatchedLink, Task> write, CancellationToken cancellationToken)
    {
        LinkPlace? after = null;
        do
        {
            var part = await lists.PageAsync(listing, line, PartLinks, after, cancellationToken);
            foreach (var link in part.Links)
                await write(link);
            after = part.Next;
        }
        while (after is not null);
    }

    // In another order neighbours lie far apart in the table, and each would take a request of its own: all are read in the stored order
    // and wait on disk for their turn. A link that is gone meanwhile has no row.
    private async Task InOtherOrderAsync(
        IExportWriter writer, LinkListing listing, FilterLine line, CancellationToken cancellationToken)
    {
        var wanted = listing.InOrder(line);
        var turns = new int[wanted.Length];
        for (var turn = 0; turn < turns.Length; turn++)
            turns[turn] = turn;
        Array.Sort(turns, (one, other) => wanted[one].CompareId(wanted[other]));
        var places = new int[wanted.Length];
        Array.Fill(places, -1);
        await using var spool = new ByteSpool();
        var next = 0;
        await InStoredOrderAsync(
            listing, line.OrderedBy(null),
            async link =>
            {
                while (wanted[turns[next]].CompareId(link.Id.Value) < 0)
                    next++;
                places[turns[next]] = spool.Count;
                await spool.AddAsync(writer.Row(link), cancellationToken);
            },
            cancellationToken);
        for (var turn = 0; turn < places.Length; turn++)
            if (places[turn] >= 0)
                await writer.WriteAsync(await spool.ReadAsync(places[turn], cancellationToken), wanted[turn].Page, cancellationToken);
    }

    private static string TypeOf(ExportFormat format) => format switch
    {
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/jsonl; charset=utf-8",
    };
}
