using System.Globalization;
using CsvHelper;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.CommandLine.Rows;

/// <summary>A file of links, read row by row: memory does not grow with it.</summary>
internal sealed class LinkTable : IDisposable
{
    /// <summary>The longest row, in bytes; what is longer is a quotation mark that nobody closed.</summary>
    private const int LongestRow = 1024 * 1024;

    private const int HeadLength = 256 * 1024;

    private readonly LineText _text;
    private readonly CsvReaderOptions _options;
    private readonly HeaderFound _found;
    private readonly RowDefaults _defaults;
    private readonly int[] _own;
    private CsvReader _csv;
    private CsvMalformedRecord? _malformed;

    /// <summary>Lines of the file before the first one that <see cref="_csv"/> reads.</summary>
    private int _linesBefore;

    /// <summary>Where the last row that <see cref="_csv"/> has read ends: the line from 1, and the bytes of UTF-8.</summary>
    private (int Line, long Offset) _end = (1, 0);

    private LinkTable(TextReader text, HeaderFound found, RowDefaults defaults)
    {
        _text = new LineText(text);
        _found = found;
        _defaults = defaults;
        _own = [.. found.Columns.Own];
        _linesBefore = found.Skip;
        _options = new CsvReaderOptions
        {
            HasHeader = false,
            Separator = found.Separator,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            MaxRecordSize = LongestRow,
            OnMalformedRecord = record => _malformed = record,
        };
        _csv = CsvReader.Create(_text, _options, leaveOpen: true);
    }

    /// <summary>The names of the user's own columns.</summary>
    public IReadOnlyList<string> OwnColumns => [.. _own.Select(at => _found.Columns.Header[at])];

    /// <summary>Rows left out because they are on the target's own site: lists without a target name those, too.</summary>
    public int OwnPages { get; private set; }

    /// <exception cref="UnreadableFileException">The file is none of links.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LinkTable Open(TextFile file, RowDefaults defaults)
    {
        var found = HeaderSearch.Find(Head(file));
        if (found.Columns.Target is null && defaults.Target is null)
            throw new UnreadableFileException(
                "Line 1: the column 'target' is missing. The header must name page and target; or say with --target where all links "
                + "should point.", ExitCodes.WrongUsage);
        if (found.Columns.Target is not null && defaults.Target is not null)
            throw new UnreadableFileException("The file has a column of targets, so --target cannot be given.", ExitCodes.WrongUsage);
        var text = file.Open();
        for (var line = 0; line < found.Skip; line++)
            text.ReadLine();
        return new LinkTable(text, found, defaults);
    }

    /// <summary>
    /// The next rows to the end: each a <see cref="LinkFileRow"/> or a <see cref="BadRow"/>. Rows without any text are passed over. Of a
    /// bad row over several lines only the first line is lost: a quotation mark that nobody closed takes no other rows with it.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public IEnumerable<object> Rows(CancellationToken cancellationToken)
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
            }
            else if (!IsBlank())
            {
                var (read, isOverLines) = (Read(line.At, out var row), _csv.RawRecord.ContainsAny((byte)'\n', (byte)'\r'));
                if (read is { } wrong)
                {
                    if (wrong.IsShape && isOverLines)
                        BeginAgain(line.At);
                    yield return new BadRow(line.At, wrong.Why);
                }
                else if (row is not null)
                {
                    yield return row;
                }
            }
        }
    }

    public void Dispose()
    {
        _csv.Dispose();
        _text.Dispose();
    }

    private static string Head(TextFile file)
    {
        using var text = file.Open();
        var head = new char[HeadLength];
        return new string(head, 0, text.ReadBlock(head, 0, head.Length));
    }

    /// <returns>The line of the next row, or what is wrong with one that is too long to be read; null at the end.</returns>
    private (int At, BadRow? TooLong)? Next()
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
            return (line, new BadRow(line, $"The row is longer than {LongestRow / 1024 / 1024} MB. Shorten it, or close the quotation mark "
                + "that is opened in it."));
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

    private bool IsBlank()
    {
        for (var at = 0; at < _csv.FieldCount; at++)
        {
            if (Cell(at).Length > 0)
                return false;
        }

        return true;
    }

    /// <returns>
    /// What is wrong, and whether it is the row's shape (then the row may have taken in others); null for nothing. No row then when it is
    /// to be left out.
    /// </returns>
    private (string Why, bool IsShape)? Read(int line, out LinkFileRow? row)
    {
        row = null;
        var columns = _found.Columns;
        if (WrongShape() is { } shape)
            return (shape, true);
        var text = new RowText
        {
            Line = line,
            Page = Cell(columns.Page),
            Target = columns.Target is { } target ? Cell(target) : _defaults.Target,
            Match = columns.Match is { } match ? Cell(match) : _defaults.Match,
            Rel = columns.Rel is { } rel ? Cell(rel) : Follow(columns.Follow),
            Anchor = columns.Anchor is { } anchor ? Cell(anchor) : null,
            Type = columns.Type is { } type ? Cell(type) : null,
            Own = [.. _own.Select(Cell)],
            WasLost = columns.Lost is { } lost && IsLost(Cell(lost)),
        };
        if (!LinkFileRow.TryRead(text, out var read, out var error))
            return (error, false);
        if (columns.Target is null && IsSameSite(read.Page, read.Expectation))
        {
            OwnPages++;
            return null;
        }

        row = read;
        return null;
    }

    /// <summary>A row whose cells have moved would be read half rightly.</summary>
    private string? WrongShape()
    {
        var width = Math.Max(_found.Columns.Header.Count, 2);
        for (var at = width; at < _csv.FieldCount; at++)
        {
            if (Cell(at).Length > 0)
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The row has {CountText.Of(_csv.FieldCount, "cell")}, the header {width}. A cell that holds the separator "
                        + $"'{_found.Separator}' must be in quotation marks.");
        }

        if (_malformed is { Reason: CsvMalformedReason.UnterminatedQuote }
            || (_malformed is not null && _csv.RawRecord.ContainsAny((byte)'\n', (byte)'\r')))
            return "A quotation mark is opened in this row and not closed where it should be.";
        if (_malformed is not null && (IsQuoted(_found.Columns.Page) || (_found.Columns.Target is { } to && IsQuoted(to))))
            return "An address has a quotation mark that is opened nowhere.";
        return HasLineBreak(_found.Columns.Page) || (_found.Columns.Target is { } target && HasLineBreak(target))
            ? "An address spans two lines." : null;
    }

    // What a row before it has opened, or a cell cut in two: no address.
    private bool IsQuoted(int at) => Cell(at).Contains('"', StringComparison.Ordinal);

    private bool HasLineBreak(int at) => at < _csv.FieldCount && Cell(at).AsSpan().ContainsAny('\n', '\r');

    /// <summary>Empty when the row ends before it. NUL is no text; some tools write it.</summary>
    private string Cell(int at) =>
        at < _csv.FieldCount ? _csv.GetString(at).Replace("\0", string.Empty, StringComparison.Ordinal).Trim() : string.Empty;

    private string? Follow(int? column) => column is not { } at ? null : Cell(at).ToLowerInvariant() switch
    {
        "yes" or "true" or "1" => "follow",
        "no" or "false" or "0" => "nofollow",
        _ => null,
    };

    private static bool IsLost(string cell) => cell.Length > 0 && cell.ToLowerInvariant() is not ("false" or "0" or "no" or "-");

    private static bool IsSameSite(WebUrl page, Expectation expectation)
    {
        var (from, to) = (WwwPrefix.Remove(page.Host), WwwPrefix.Remove(expectation.Target.Host));
        return from == to || from.EndsWith('.' + to, StringComparison.Ordinal);
    }
}
