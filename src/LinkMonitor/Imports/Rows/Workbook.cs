using System.Globalization;
using System.IO.Compression;
using System.Xml;
using LinkMonitor.Imports.Encodings;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace LinkMonitor.Imports.Rows;

/// <summary>
/// An Excel workbook: its sheets as rows of text, one by one. A merged cell counts for each cell that it covers, and a cell with a link
/// behind its words for the address of the link.
/// </summary>
internal sealed class Workbook
{
    /// <summary>What all parts of a workbook may be in bytes once they are unpacked.</summary>
    private const long MostBytes = 512L * 1024 * 1024;

    private const int MostParts = 5_000;
    private const int MostColumns = 500;
    private const int MostSheets = 50;

    private static readonly OpenXmlConfiguration Settings = new();

    private readonly FileInfo _file;
    private readonly Dictionary<string, WorkbookLinks> _links = new(StringComparer.Ordinal);

    private Workbook(FileInfo file, IReadOnlyList<string> sheets, IReadOnlySet<string> hidden) =>
        (_file, Sheets, Hidden) = (file, sheets, hidden);

    /// <summary>The names of the sheets, in their order.</summary>
    public IReadOnlyList<string> Sheets { get; }

    /// <summary>The names of those that the program does not show: nobody has seen them before the file was handed in.</summary>
    public IReadOnlySet<string> Hidden { get; }

    /// <summary>Whether a file is a zip with the parts of a workbook in it.</summary>
    public static bool Is(FileInfo file)
    {
        using var stream = file.OpenRead();
        Span<byte> head = stackalloc byte[4];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.SequenceEqual("PK\u0003\u0004"u8))
            return false;
        try
        {
            stream.Position = 0;
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            return zip.GetEntry(WorkbookParts.Book) is not null;
        }
        catch (InvalidDataException)
        {
            // The beginning of a zip and no end: what it is, TextFile says.
            return false;
        }
    }

    /// <exception cref="UnreadableFileException">It is damaged, protected or too large.</exception>
    public static Workbook Open(FileInfo file, CancellationToken cancellationToken) => Guarded(file, () =>
    {
        using var zip = ZipFile.OpenRead(file.FullName);
        if (zip.Entries.Count > MostParts || zip.Entries.Sum(entry => entry.Length) > MostBytes)
            throw new UnreadableFileException(
                $"{TextFile.NameOf(file)} is larger than {MostBytes / 1024 / 1024} MB once it is unpacked. Save the sheet as 'CSV "
                    + $"UTF-8'.");
        var parts = WorkbookParts.Sheets(zip).ToList();
        var book = new Workbook(
            file, [.. MiniExcel.GetSheetNames(file.FullName, Settings).Take(MostSheets)],
            parts.Where(one => one.IsHidden).Select(one => one.Sheet).ToHashSet(StringComparer.OrdinalIgnoreCase));
        foreach (var (sheet, part, _) in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            book._links[sheet] = WorkbookLinks.Read(zip, part, cancellationToken);
        }

        return book;
    });

    /// <summary>The beginning of a sheet.</summary>
    public TableTop Top(string sheet, CancellationToken cancellationToken)
    {
        var rows = Cells(sheet, cancellationToken).Take(TableTop.MostLines + TableTop.Sample).ToList();
        var lines = rows.TakeWhile(row => row.Line <= TableTop.MostLines).ToList();
        return new TableTop(
            [.. Enumerable.Range(1, lines.Count == 0 ? 0 : lines[^1].Line)
                .Select(line => lines.Find(row => row.Line == line)?.Cells ?? (IReadOnlyList<string>)[])],
            skip => [.. rows.Where(row => row.Line > skip).Take(TableTop.Sample)]);
    }

    /// <summary>The rows of a sheet below some of its first ones. Rows without any text are passed over.</summary>
    public IEnumerable<CellRow> Rows(string sheet, RowShape shape, int skip, CancellationToken cancellationToken)
    {
        var hidden = _links.GetValueOrDefault(sheet)?.Hidden ?? WorkbookLinks.None.Hidden;
        foreach (var row in Cells(sheet, cancellationToken, shape.Addresses))
        {
            if (row.Line <= skip || hidden.Contains(row.Line))
                continue;
            yield return shape.Addresses.Any(at => row.At(at).AsSpan().ContainsAny('\n', '\r'))
                ? row with { Wrong = "An address spans two lines." }
                : row;
        }
    }

    /// <summary>How many rows of a sheet, below its first ones, have text and are not shown: nobody has seen them.</summary>
    public int HiddenRows(string sheet, int skip) => _links.GetValueOrDefault(sheet)?.Hidden.Count(row => row > skip) ?? 0;

    /// <param name="apart">Columns of addresses, which must not be one merged cell; without any, nobody knows yet which they are.</param>
    private IEnumerable<CellRow> Cells(string sheet, CancellationToken cancellationToken, IReadOnlyList<int>? apart = null)
    {
        var links = _links.GetValueOrDefault(sheet) ?? WorkbookLinks.None;
        var merged = links.NewMerged();
        using var rows = Guarded(_file, () => MiniExcel.Query(
            _file.FullName, useHeaderRow: false, sheetName: sheet, excelType: ExcelType.XLSX, configuration: Settings).GetEnumerator());
        for (var line = 1; ; line++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Guarded(_file, rows.MoveNext))
                yield break;
            var values = ((IDictionary<string, object?>)rows.Current).Values;
            if (values.Count > MostColumns)
                throw new UnreadableFileException($"Sheet '{sheet}' has more than {MostColumns} columns. Save its table as 'CSV UTF-8'.");
            var cells = values.Select((value, at) => Text(value, IsAddress(at))).ToArray();
            links.Put(line, cells, IsAddress);
            merged.Fill(line, cells);
            if (!Array.TrueForAll(cells, cell => cell.Length == 0))
                yield return new CellRow(line, cells, apart is not null && merged.Join(apart, cells)
                    ? "One merged cell is the page and the target. Part it."
                    : null);
        }

        bool IsAddress(int column) => apart is null or [] || apart.Contains(column);
    }

    // A text that looks like a formula and is none has an address at most: what it shows is the text.
    private static string Text(object? value, bool isAddress) =>
        isAddress ? CellText.Of(Text(value), isAddress: true) : CellText.Of(Text(value));

    private static string Text(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        bool truth => truth ? "true" : "false",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    /// <summary>What a damaged workbook makes the readers throw is the file's fault.</summary>
    private static T Guarded<T>(FileInfo file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or FormatException or NotSupportedException
            or KeyNotFoundException or InvalidOperationException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new UnreadableFileException(
                $"{TextFile.NameOf(file)} is an Excel workbook that cannot be read: it is damaged, or protected by a password. "
                    + "Save the sheet as 'CSV UTF-8'.");
        }
    }
}
