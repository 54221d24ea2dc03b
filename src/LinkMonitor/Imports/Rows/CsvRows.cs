using System.Globalization;
using CsvHelper;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Imports.Rows;

/// <summary>
/// The rows of a text, one by one: memory does not grow with it. A quotation mark that nobody closes costs its own line and no other.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>The longest row, in bytes; what is longer is a quotation mark that nobody closed.</summary>
    private const int LongestRow = 1024 * 1024;

    private readonly LineText _text;
    private readonly CsvReaderOptions _options;
    private readonly RowShape? _shape;
    private readonly char _separator;
    private CsvReader _csv;
    private CsvMalformedRecord? _malformed;

    /// <summary>Lines of the file before the first one that <see cref="_csv"/> reads.</summary>
    private int _linesBefore;

    /// <summary>Where the last row that <see cref="_csv"/> has read ends: the line from 1, and the bytes of UTF-8.</summary>
    private (int Line, long Offset) _end = (1, 0);

    /// <param name="skip">Lines that are passed over first.</param>
    /// <param name="shape">Null when it is not known yet: then no row is wrong for its shape.</param>
    public CsvRows(TextReader text, char separator, int skip, RowShape? shape)
    {
        for (var line = 0; line < skip; line++)
            text.ReadLine();
        _text = new LineText(text);
        _shape = shape;
        _separator = separator;
        _linesBefore = skip;
        _options = new CsvReaderOptions
        {
            HasHeader = false,
            Separator = separator,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            MaxRecordSize = LongestRow,
            OnMalformedRecord = record => _malformed = record,
        };
        _csv = CsvReader.Create(_text, _options, leaveOpen: true);
    }

    /// <summary>The rows to the end. Rows without any text are passed over.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public IEnumerable<CellRow> Read(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Next() is not { } line)
                yield break;
            if (line.TooLong is { } bad)
            {
                BeginAgain(bad.Line);
                yield return bad;
                continue;
            }

            var cells = new string[_csv.FieldCount];
            for (var at = 0; at < cells.Length; at++)
                cells[at] = CellText.Of(_csv.GetString(at), _shape is not { Addresses: [_, ..] } shape || shape.Addresses.Contains(at));
            if (Array.TrueForAll(cells, cell => cell.Length == 0))
                continue;
            var isOpen = _text.IsLast(_csv.RawRecord);
            var (wrong, isOverLines) = (WrongShape(cells, isOpen), _csv.RawRecord.ContainsAny((byte)'\n', (byte)'\r'));
            if (wrong is not null && isOverLines)
                BeginAgain(line.At);
            yield return new CellRow(line.At, cells, wrong) { IsOpen = isOpen };
        }
    }

    public void Dispose()
    {
        _csv.Dispose();
        _text.Dispose();
    }

    /// <returns>The line of the next row, or what is wrong with one that is too long to be read; null at the end.</returns>
    private (int At, CellRow? TooLong)? Next()
    {
        _malformed = null;
        try
        {
            if (!_csv.Read())
                return null;
        }
        catch (CsvFormatException)
        {
            _text.Keep(_end.Offset);
            var line = _linesBefore + _end.Line + _text.SkipEmptyLines();
            return (line, new CellRow(line, [], $"The row is longer than {LongestRow / 1024 / 1024} MB. Shorten it, or close the "
                + "quotation mark that is opened in it."));
        }

        _text.Keep(_csv.ByteOffset);
        var raw = _csv.RawRecord;
        var at = (int)_csv.LineNumber;
        _end = (at + LineBreaks(raw), _csv.ByteOffset + raw.Length);
        return (at + _linesBefore, null);
    }

    /// <summary>Goes on behind the first line of the current row.</summary>
    /// <param name="line">That line.</param>
    private void BeginAgain(int line)
    {
        _text.BeginAgain();
        _csv.Dispose();
        _csv = CsvReader.Create(_text, _options, leaveOpen: true);
        (_linesBefore, _end) = (line, (1, 0));
    }

    private static int LineBreaks(ReadOnlySpan<byte> raw) =>
        raw.Count((byte)'\n') + raw.Count((byte)'\r') - raw.Count("\r\n"u8);

    /// <summary>A row whose cells have moved would be read half rightly.</summary>
    private string? WrongShape(string[] cells, bool isOpen)
    {
        if (_shape is null)
            return null;
        var width = Math.Max(_shape.Width, 2);
        for (var at = width; at < cells.Length; at++)
        {
            if (cells[at].Length > 0)
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The row has {CountText.Of(cells.Length, "cell")}, the header {width}. A cell that holds the separator "
                        + $"'{_separator}' must be in quotation marks.");
        }

        if (_malformed is { Reason: CsvMalformedReason.UnterminatedQuote }
            || (_malformed is not null && _csv.RawRecord.ContainsAny((byte)'\n', (byte)'\r')))
            return "A quotation mark is opened in this row and not closed where it should be.";

        // What a row before it has opened, or a cell cut in two: no address.
        if (_malformed is not null && _shape.Addresses.Any(at => At(at).Contains('"', StringComparison.Ordinal)))
            return "An address has a quotation mark that is opened nowhere.";
        return _shape.Addresses.Any(at => At(at).AsSpan().ContainsAny('\n', '\r'))
            ? "An address spans two lines."
            : WrongEnd(cells, isOpen);

        string At(int column) => column < cells.Length ? cells[column] : string.Empty;
    }

    /// <summary>Programs leave out empty cells at the end of a row: only those count that decide, and any in which the file ends.</summary>
    private string? WrongEnd(string[] cells, bool isOpen)
    {
        if (isOpen && _shape!.HasWidth && cells.Length < _shape.Width)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The file ends in this row: it has {CountText.Of(cells.Length, "cell")}, the header {_shape.Width}, and nothing ends the "
                    + $"line. The file is cut: load it again. If the row is whole, end its line.");
        var missing = _shape!.Losses.FirstOrDefault(column => column.At >= cells.Length);
        return missing.Name is null ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"The row has {CountText.Of(cells.Length, "cell")} and ends before the column '{missing.Name}', which says whether the link "
                + $"is lost.");
    }
}

/// <summary>
/// A text that can be read again from a line further on: what was read is kept from the beginning of the current row, so memory holds a row
/// and what the reader of rows has taken beyond it.
/// </summary>
internal sealed class LineText(TextReader text) : TextReader
{
    private const int Block = 16 * 1024;

    private readonly List<char> _kept = [];

    /// <summary>Where in <see cref="_kept"/> the reader goes on.</summary>
    private int _next;

    /// <summary>Where in <see cref="_kept"/> the current row begins.</summary>
    private int _row;

    /// <summary>UTF-8 bytes from where this text was begun, or begun again, up to the current row.</summary>
    private long _rowOffset;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (_next == _kept.Count && !ReadOn())
            return 0;
        var count = Math.Min(buffer.Length, _kept.Count - _next);
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_kept).Slice(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override int Peek() => _next < _kept.Count || ReadOn() ? _kept[_next] : -1;

    /// <summary>Says where the current row begins: what is before it is not kept any more.</summary>
    /// <param name="offset">In bytes of UTF-8 from where this text was begun, or begun again.</param>
    public void Keep(long offset)
    {
        while (_rowOffset < offset && _row < _kept.Count)
        {
            var isPair = char.IsHighSurrogate(_kept[_row]) && _row + 1 < _kept.Count && char.IsLowSurrogate(_kept[_row + 1]);
            _rowOffset += isPair ? 4 : _kept[_row] switch { < '\u0080' => 1, < '\u0800' => 2, _ => 3 };
            _row += isPair ? 2 : 1;
        }

        if (_row < Block)
            return;
        _kept.RemoveRange(0, _row);
        (_next, _row) = (_next - _row, 0);
    }

    /// <summary>The current row is the last one, and no line break ends it.</summary>
    /// <param name="raw">The row in UTF-8.</param>
    public bool IsLast(ReadOnlySpan<byte> raw)
    {
        // A character has one byte at least.
        if (_kept.Count - _row > raw.Length || raw is [.., (byte)'\n' or (byte)'\r'])
            return false;
        var end = _row + System.Text.Encoding.UTF8.GetCharCount(raw);
        return end >= _kept.Count && !ReadOn();
    }

    /// <summary>Passes over the empty lines at the beginning of the current row.</summary>
    /// <returns>How many there were.</returns>
    public int SkipEmptyLines()
    {
        var lines = 0;
        while ((_row < _kept.Count || ReadOn()) && _kept[_row] is '\n' or '\r')
        {
            EndLine();
            lines++;
        }

        return lines;
    }

    /// <summary>Begins again behind the first line of the current row.</summary>
    public void BeginAgain()
    {
        while (true)
        {
            while (_row < _kept.Count && _kept[_row] is not ('\n' or '\r'))
                _row++;
            if (_row < _kept.Count)
                break;

            // The line may be longer than memory.
            _kept.Clear();
            (_row, _next) = (0, 0);
            if (!ReadOn())
                break;
        }

        if (_row < _kept.Count)
            EndLine();
        _kept.RemoveRange(0, _row);
        (_row, _next, _rowOffset) = (0, 0, 0);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    // CR LF is one end of a line.
    private void EndLine()
    {
        var isCarriageReturn = _kept[_row++] == '\r';
        if (isCarriageReturn && (_row < _kept.Count || ReadOn()) && _kept[_row] == '\n')
            _row++;
    }

    private bool ReadOn()
    {
        var block = new char[Block];
        var count = text.Read(block, 0, Block);
        _kept.AddRange(block.AsSpan(0, count));
        return count > 0;
    }
}
