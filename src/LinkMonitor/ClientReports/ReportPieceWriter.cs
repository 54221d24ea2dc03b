using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Ids;

namespace LinkMonitor.ClientReports;

/// <summary>Writes a list of a report in pieces that a row can hold: JSON lines, compressed.</summary>
internal sealed class ReportPieceWriter(IClientReportStore store, ProjectId project, string piecesId, string list)
{
    /// <summary>The most rows of a piece.</summary>
    public const int MostRows = 1_000;

    // What cannot be compressed at all grows by less than the rest.
    private const int MostBytes = PieceLimits.MaxBytes - 20_000;

    private readonly ArrayBufferWriter<byte> _lines = new();
    private int _rows;

    /// <summary>How many pieces are stored.</summary>
    public int Pieces { get; private set; }

    /// <summary>How many rows were written.</summary>
    public int Rows { get; private set; }

    /// <param name="row">JSON on one line, at most a piece long.</param>
    public async Task AddAsync(ReadOnlyMemory<byte> row, CancellationToken cancellationToken)
    {
        if (_rows == MostRows || (_rows > 0 && _lines.WrittenCount + row.Length + 1 > MostBytes))
            await EndAsync(cancellationToken);
        _lines.Write(row.Span);
        _lines.Write("\n"u8);
        _rows++;
        Rows++;
    }

    /// <summary>Stores what is not stored yet.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_rows == 0)
            return;
        await store.PutPieceAsync(
            project, piecesId, list, Pieces, ReportPacking.Pack(_lines.WrittenSpan), cancellationToken);
        Pieces++;
        _rows = 0;
        _lines.ResetWrittenCount();
    }
}

/// <summary>Compresses pieces, and reads them again.</summary>
internal static class ReportPacking
{
    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Unpack(byte[] packed)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
            gzip.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>Reads what a report was made of. Everything is null once the report is deleted, also while it is being read.</summary>
internal sealed class ReportReading(IClientReportStore store)
{
    /// <exception cref="InvalidDataException">A piece is missing or damaged.</exception>
    public async Task<KeptFigures?> FiguresAsync(ClientReport report, CancellationToken cancellationToken) =>
        await store.ReadPieceAsync(report, ReportPiece.Figures, 0, cancellationToken) is { } piece
            ? JsonSerializer.Deserialize(ReportPacking.Unpack(piece), KeptJson.Default.KeptFigures) : null;

    /// <summary>The logo as a URL that contains it; empty for a report without one.</summary>
    public async Task<string?> LogoAsync(ClientReport report, CancellationToken cancellationToken)
    {
        if (report.Brand.LogoType is not { } type)
            return string.Empty;
        return await store.ReadPieceAsync(report, ReportPiece.Logo, 0, cancellationToken) is { } logo ? LogoFile.ToUrl(type, logo) : null;
    }

    /// <param name="list"><see cref="ReportPiece.Links"/> or <see cref="ReportPiece.NotVerified"/>.</param>
    /// <param name="part">From 1; empty beyond the last.</param>
    public Task<ReportRows<ReportedLink>?> LinksAsync(ClientReport report, string list, int part, CancellationToken cancellationToken) =>
        ReadAsync(report, list, part, KeptJson.Default.ReportedLink, cancellationToken);

    /// <param name="list">Any other.</param>
    /// <inheritdoc cref="LinksAsync"/>
    public Task<ReportRows<ReportedChange>?> ChangesAsync(
        ClientReport report, string list, int part, CancellationToken cancellationToken) =>
        ReadAsync(report, list, part, KeptJson.Default.ReportedChange, cancellationToken);

    private async Task<ReportRows<T>?> ReadAsync<T>(
        ClientReport report, string list, int part, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var parts = report.Pieces.GetValueOrDefault(list);
        if (part < 1 || part > parts)
            return new ReportRows<T>([], part, parts);
        if (await store.ReadPieceAsync(report, list, part - 1, cancellationToken) is not { } piece)
            return null;
        var bytes = ReportPacking.Unpack(piece);
        List<T> rows = [];
        for (var at = 0; at < bytes.Length;)
        {
            var length = bytes.AsSpan(at).IndexOf((byte)'\n');
            rows.Add(JsonSerializer.Deserialize(bytes.AsSpan(at, length), type)!);
            at += length + 1;
        }

        return new ReportRows<T>(rows, part, parts);
    }
}

/// <summary>A part of a list of a report: at most a thousand rows, fewer where they are long.</summary>
/// <param name="Part">From 1.</param>
/// <param name="Parts">How many there are; 0 for an empty list.</param>
public sealed record ReportRows<T>(IReadOnlyList<T> Items, int Part, int Parts);

/// <summary>Answers with a report as a page: to whoever has a key, and to whoever was sent its address.</summary>
internal sealed class ReportReadout(ReportReading reading)
{
    /// <param name="sections">Of what is in no section nothing is read.</param>
    /// <param name="query">Which part of each list is wanted, by the name of the list; whatever else is there counts for nothing.</param>
    /// <returns>Null when the report was deleted meanwhile.</returns>
    public async Task<IResult?> ShowAsync(
        ClientReport report, IReadOnlyList<ReportSection> sections, IQueryCollection query, CancellationToken cancellationToken)
    {
        Dictionary<string, ReportRows<ReportedLink>?> links = [];
        Dictionary<string, ReportRows<ReportedChange>?> changes = [];
        foreach (var section in sections)
            foreach (var list in ListsOf(section))
            {
                var part = PartOf(query, list, report.Pieces.GetValueOrDefault(list));
                if (list is ReportPiece.Links or ReportPiece.NotVerified)
                    links[list] = await reading.LinksAsync(report, list, part, cancellationToken);
                else
                    changes[list] = await reading.ChangesAsync(report, list, part, cancellationToken);
            }

        // Deleted while it was read: as if it had been before.
        if (await reading.FiguresAsync(report, cancellationToken) is not { } kept
            || await reading.LogoAsync(report, cancellationToken) is not { } logo
            || links.ContainsValue(null) || changes.ContainsValue(null))
            return null;
        return new ReportAnswer(
            ReportDocument.SheetOf(report).ContentSecurityPolicy,
            ReportDocument.Write(new ReportContent(report, kept, sections, logo.Length > 0 ? logo : null, links!, changes!)));
    }

    private static string[] ListsOf(ReportSection section) => section switch
    {
        ReportSection.GainedAndLost => [ReportPiece.Gained, ReportPiece.Lost],
        ReportSection.Changes => [ReportPiece.Changes],
        ReportSection.NotVerified => [ReportPiece.NotVerified],
        ReportSection.Links => [ReportPiece.Links],
        _ => [],
    };

    private static int PartOf(IQueryCollection query, string list, int parts) =>
        int.TryParse(query[list], NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            ? Math.Clamp(part, 1, Math.Max(1, parts))
            : 1;
}

/// <summary>A page of a report: kept by no cache, found by no search engine, and it tells no site where its reader came from.</summary>
internal sealed class ReportAnswer(string policy, string html) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/html; charset=utf-8";
        PublicPage.SetHeaders(response);
        response.Headers.ContentSecurityPolicy = policy;
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(html), httpContext.RequestAborted);
    }
}
