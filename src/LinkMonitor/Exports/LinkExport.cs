using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using LinkMonitor.Api;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Links;
using LinkMonitor.Snapshots;
using LinkMonitor.Spooling;
using LinkMonitor.Storage.Ids;
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
internal sealed partial class LinkExport(LinkLists lists, TimeProvider time, ILogger<LinkExport> logger)
{
    /// <summary>The header that says how many links of the project have rows that cannot be read, and are in no file of them.</summary>
    public const string UnreadableHeader = "X-LinkMonitor-Unreadable";

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

        context.Response.Headers[UnreadableHeader] = listing.Snapshot.Unreadable.Count.ToString(CultureInfo.InvariantCulture);

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
        int found;
        if (line.Order is null || listing.Count(line) <= PartLinks)
            found = await InStoredOrderAsync(listing, line, async link =>
                await writer.WriteAsync(writer.Row(link), link.Page.Href, cancellationToken), cancellationToken);
        else
            found = await InOtherOrderAsync(writer, listing, line, cancellationToken);
        await writer.EndAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
        if (listing.Snapshot.Unreadable.Count + found is > 0 and var unreadable)
            Log.Left(logger, listing.ProjectId, unreadable, found);
    }

    /// <returns>How many are left out because they turn out, only now, to be unreadable: no header could say so.</returns>
    private async Task<int> InStoredOrderAsync(
        LinkListing listing, FilterLine line, Func<WatchedLink, Task> write, CancellationToken cancellationToken)
    {
        LinkPlace? after = null;
        var unreadable = 0;
        do
        {
            var part = await lists.PageAsync(listing, line, PartLinks, after, cancellationToken);
            unreadable += part.Unreadable;
            foreach (var link in part.Links)
                await write(link);
            after = part.Next;
        }
        while (after is not null);
        return unreadable;
    }

    // In another order neighbours lie far apart in the table, and each would take a request of its own: all are read in the stored order
    // and wait on disk for their turn. A link that is gone meanwhile has no row.
    private async Task<int> InOtherOrderAsync(
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
        var unreadable = await InStoredOrderAsync(
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
        return unreadable;
    }

    private static string TypeOf(ExportFormat format) => format switch
    {
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/jsonl; charset=utf-8",
    };

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "A file of links of project {ProjectId} lacks {Unreadable} whose rows cannot be read, {Found} of them found as it "
                + "was written.")]
        public static partial void Left(ILogger logger, ProjectId projectId, int unreadable, int found);
    }
}

/// <summary>
/// CSV after RFC 4180: commas, CR LF, UTF-8, days as <c>2026-01-31</c> and times as <c>2026-01-31T08:00:00Z</c>. Cells that a spreadsheet
/// would run are guarded.
/// </summary>
/// <param name="withMark">A byte order mark in front: Excel takes the file for another encoding without it.</param>
internal sealed class CsvExport(Stream output, bool withMark, DateTimeOffset now) : IExportWriter
{
    private static readonly UTF8Encoding Utf8 = new(false);

    public byte[] Row(WatchedLink link) => Line(ExportColumns.Of(link, now).Select(Text));

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (withMark)
            await output.WriteAsync(Encoding.UTF8.Preamble.ToArray(), cancellationToken);
        await output.WriteAsync(Line(ExportColumns.Names), cancellationToken);
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> row, string page, CancellationToken cancellationToken) =>
        await output.WriteAsync(row, cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static byte[] Line(IEnumerable<string> cells)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { Injection = CsvInjection.None }, leaveOpen: true))
            csv.WriteRecord([.. cells]);
        return Utf8.GetBytes(text.ToString());
    }

    private static string Text(object? value) => value switch
    {
        null => string.Empty,
        bool truth => truth ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture),
        string text => ExportedFile.Guard(text),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };
}

/// <summary>JSON lines: each link as the API gives it (<see cref="LinkView"/>), one a line, with a line feed after each. All of it
/// is ASCII, so that no reader has to guess an encoding.</summary>
internal sealed class JsonLinesExport(Stream output) : IExportWriter
{
    public byte[] Row(WatchedLink link) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(LinkView.Of(link), LinkJson.Default.LinkView), (byte)'\n'];

    public Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task WriteAsync(ReadOnlyMemory<byte> row, string page, CancellationToken cancellationToken) =>
        await output.WriteAsync(row, cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
