using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Exports;

/// <summary>
/// An Excel workbook (ECMA-376) with one sheet, written as it comes: real days and times (in UTC), a frozen header with a filter, addresses
/// behind the pages, and texts that are texts in every cell, never formulas.
/// </summary>
internal sealed class XlsxExport(Stream output, DateTimeOffset now) : IExportWriter, IAsyncDisposable
{
    /// <summary>The most links of one sheet, which has 1,048,576 rows, one of them the header.</summary>
    public const int MaxLinks = 1_048_575;

    // Excel has no more addresses on a sheet, and none that is longer.
    private const int MaxAddresses = 65_530;
    private const int MaxAddress = 2_079;

    // Stands in a row for its number, which is known when it is written: no text of a sheet can have it.
    private const byte Number = 0;

    private static readonly UTF8Encoding Utf8 = new(false);
    private static readonly int LinkedColumn = ExportColumns.Names.Index().First(column => column.Item == "page").Index;

    // The pages of the first links: with too many links none is an address.
    private readonly List<string> _pages = [];
    private readonly PendingStream _output = new(output);
    private ZipArchive? _zip;
    private Stream? _sheet;
    private int _rows;

    public byte[] Row(WatchedLink link) => Row(ExportColumns.Of(link, now), XlsxParts.TextStyle);

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _zip = await ZipArchive.CreateAsync(_output, ZipArchiveMode.Create, true, null, cancellationToken);
        foreach (var (name, xml) in XlsxParts.Around)
            await PutAsync(name, xml, cancellationToken);
        _sheet = await _zip.CreateEntry(XlsxParts.Sheet, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        await WriteAsync(_sheet, XlsxParts.SheetBegin, cancellationToken);
        await NumberedAsync(Row(ExportColumns.Names, XlsxParts.HeaderStyle), cancellationToken);
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> row, string page, CancellationToken cancellationToken)
    {
        await NumberedAsync(row, cancellationToken);
        if (_pages.Count <= MaxAddresses)
            _pages.Add(page);
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        var linked = _pages.Count > MaxAddresses ? [] : _pages.Index().Where(page => page.Item.Length <= MaxAddress).ToList();
        var end = new StringBuilder("</sheetData>").Append(
            CultureInfo.InvariantCulture, $"<autoFilter ref=\"A1:{XlsxText.Column(ExportColumns.Names.Count - 1)}{_rows}\"/>");
        if (linked.Count > 0)
            end.Append("<hyperlinks>").AppendJoin("", linked.Select(page => string.Create(
                CultureInfo.InvariantCulture,
                $"<hyperlink ref=\"{XlsxText.Column(LinkedColumn)}{page.Index + 2}\" r:id=\"h{page.Index}\"/>"))).Append("</hyperlinks>");
        await WriteAsync(_sheet!, end.Append("</worksheet>").ToString(), cancellationToken);
        await _sheet!.DisposeAsync();
        await PutAsync(XlsxParts.SheetRelations, XlsxParts.Relations(linked.Select(page => (
            string.Create(CultureInfo.InvariantCulture, $"h{page.Index}"), "hyperlink", page.Item))), cancellationToken);
        await _zip!.DisposeAsync();
        _zip = null;
        await _output.FlushAsync(cancellationToken);
    }

    /// <summary>Gives up a workbook that was not ended: what was written is none.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_zip is null)
            return;
        await _sheet!.DisposeAsync();
        await _zip.DisposeAsync();
    }

    private async Task PutAsync(string name, string xml, CancellationToken cancellationToken)
    {
        await using var part = await _zip!.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        await WriteAsync(part, XlsxParts.Declaration + xml, cancellationToken);
    }

    private static async Task WriteAsync(Stream part, string xml, CancellationToken cancellationToken) =>
        await part.WriteAsync(Utf8.GetBytes(xml), cancellationToken);

    private async Task NumberedAsync(ReadOnlyMemory<byte> row, CancellationToken cancellationToken)
    {
        var number = Utf8.GetBytes((++_rows).ToString(CultureInfo.InvariantCulture));
        var numbered = new ArrayBufferWriter<byte>(row.Length + (ExportColumns.Names.Count * number.Length));
        var rest = row.Span;
        for (var at = rest.IndexOf(Number); at >= 0; at = rest.IndexOf(Number))
        {
            numbered.Write(rest[..at]);
            numbered.Write(number);
            rest = rest[(at + 1)..];
        }

        numbered.Write(rest);
        await _sheet!.WriteAsync(numbered.WrittenMemory, cancellationToken);
    }

    private static byte[] Row(IEnumerable<object?> values, char textStyle)
    {
        var xml = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<row r=\"{(char)Number}\">");
        foreach (var (column, value) in values.Index())
            if (value is not null)
                xml.Append(Cell($"{XlsxText.Column(column)}{(char)Number}", value, textStyle));
        return Utf8.GetBytes(xml.Append("</row>").ToString());
    }

    private static string Cell(string place, object value, char textStyle) => value switch
    {
        bool truth => $"<c r=\"{place}\" t=\"b\"><v>{(truth ? 1 : 0)}</v></c>",
        DateOnly day => Value(place, day.ToDateTime(default).ToOADate(), XlsxParts.DayStyle),
        DateTimeOffset time => Value(place, Seconds(time).ToOADate(), XlsxParts.TimeStyle),
        string text => $"<c r=\"{place}\" s=\"{textStyle}\" t=\"inlineStr\"><is><t "
            + $"xml:space=\"preserve\">{XlsxText.Of(ExportedFile.Guard(text))}</t></is></c>",
        _ => Value(place, (IFormattable)value, XlsxParts.PlainStyle),
    };

    private static string Value(string place, IFormattable number, char style) =>
        string.Create(CultureInfo.InvariantCulture, $"<c r=\"{place}\" s=\"{style}\"><v>{number}</v></c>");

    private static DateTime Seconds(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}

/// <summary>
/// Takes what is written and hands it on when it is flushed or written asynchronously: a zip writes its few bytes around an entry
/// synchronously, which a web server does not allow.
/// </summary>
internal sealed class PendingStream(Stream output) : Stream
{
    private readonly MemoryStream _pending = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => _pending.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _pending.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await HandOnAsync(cancellationToken);
        await output.WriteAsync(buffer, cancellationToken);
    }

    /// <summary>Hands on nothing: that takes <see cref="FlushAsync"/>.</summary>
    public override void Flush()
    {
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await HandOnAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask HandOnAsync(CancellationToken cancellationToken)
    {
        if (_pending.Length == 0)
            return;
        await output.WriteAsync(_pending.GetBuffer().AsMemory(0, (int)_pending.Length), cancellationToken);
        _pending.SetLength(0);
    }
}
