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

    private readonly CsvReader _csv;
    private readonly HeaderFound _found;
    private readonly RowDefaults _defaults;
    private readonly int[] _own;
    private CsvMalformedRecord? _malformed;

    private LinkTable(TextReader text, HeaderFound found, RowDefaults defaults)
    {
        _found = found;
        _defaults = defaults;
        _own = [.. found.Columns.Own];
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            Separator = found.Separator,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            MaxRecordSize = LongestRow,
            OnMalformedRecord = record => _malformed = record,
        };
        _csv = CsvReader.Create(text, options);
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
    /// The next rows to the end: each a <see cref="LinkFileRow"/> or a <see cref="BadRow"/>. Rows without any text are passed over.
    /// </summary>
    /// <exception cref="UnreadableFileException">A row is too long to be one.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public IEnumerable<object> Rows(CancellationToken cancellationToken)
    {
        while (Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsBlank())
                continue;
            var line = (int)_csv.LineNumber + _found.Skip;
            if (Read(line, out var row) is { } why)
                yield return new BadRow(line, why);
            else if (row is not null)
                yield return row;
        }
    }

    public void Dispose() => _csv.Dispose();

    private static string Head(TextFile file)
    {
        using var text = file.Open();
        var head = new char[HeadLength];
        return new string(head, 0, text.ReadBlock(head, 0, head.Length));
    }

    private bool Next()
    {
        _malformed = null;
        try
        {
            return _csv.Read();
        }
        catch (CsvFormatException)
        {
            throw new UnreadableFileException(string.Create(
                CultureInfo.InvariantCulture,
                $"After line {(int)_csv.LineNumber + _found.Skip}: a row is longer than {LongestRow / 1024 / 1024} MB. Shorten it, or "
                    + $"close the quotation mark that is opened in it."));
        }
    }

    private bool IsBlank()
    {
        for (var at = 0; at < _csv.FieldCount; at++)
        {
            if (Cell(at).Length > 0)
                return false;
        }

        return true;
    }

    /// <returns>What is wrong; null for nothing. No row then when it is to be left out.</returns>
    private string? Read(int line, out LinkFileRow? row)
    {
        row = null;
        var columns = _found.Columns;
        if (WrongShape(line) is { } shape)
            return shape;
        var text = new RowText
        {
            Line = line,
            Page = Cell(columns.Page),
            Target = columns.Target is { } target ? Cell(target) : _defaults.Target,
            Match = columns.Match is { } match ? Cell(match) : _defaults.Match,
            Rel = columns.Rel is { } rel ? Cell(rel) : Follow(columns.Follow),
            Anchor = columns.Anchor is { } anchor ? Cell(anchor) : null,
            Own = [.. _own.Select(Cell)],
            WasLost = columns.Lost is { } lost && IsLost(Cell(lost)),
        };
        if (!LinkFileRow.TryRead(text, out var read, out var error))
            return error;
        if (columns.Target is null && IsSameSite(read.Page, read.Expectation))
        {
            OwnPages++;
            return null;
        }

        row = read;
        return null;
    }

    /// <summary>A row whose cells have moved would be read half rightly.</summary>
    private string? WrongShape(int line)
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
            || (_malformed is not null && _csv.RawRecord.Contains((byte)'\n')))
            return Unclosed(line);
        return HasLineBreak(_found.Columns.Page) || (_found.Columns.Target is { } target && HasLineBreak(target))
            ? "An address spans two lines." : null;
    }

    // What was taken in by the open quotation mark is not read as rows of its own: nobody can say where it should have ended.
    private string Unclosed(int line)
    {
        const string Opened = "A quotation mark is opened in this row and not closed where it should be";
        var further = _csv.RawRecord.TrimEnd("\r\n"u8).Count((byte)'\n');
        return further == 0
            ? $"{Opened}."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Opened}, so the text up to line {line + further} belongs to it. Close it, or the rows in these lines are left out.");
    }

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
