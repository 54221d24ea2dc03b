using System.Globalization;
using LinkMonitor.Imports.Encodings;

namespace LinkMonitor.Imports.Rows;

/// <summary>
/// A file of links of any kind, recognised by what is in it: text with one of four separators in one of many encodings, a plain list, or a
/// workbook. Opening it reads the beginnings of its tables; rows are read when they are asked for.
/// </summary>
internal sealed class FileOfLinks
{
    private FileOfLinks(IReadOnlyList<LinkTable> tables, IReadOnlyList<string> notices, string format) =>
        (Tables, Notices, Format) = (tables, notices, format);

    /// <summary>One for a text, and one or more for a workbook.</summary>
    public IReadOnlyList<LinkTable> Tables { get; }

    /// <summary>What the user should know of how the file is read, a sentence each.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>What kind of file it is, for people: <c>CSV with ';', UTF-8</c>.</summary>
    public string Format { get; }

    /// <exception cref="UnreadableFileException">The file is none of links.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not read the file.</exception>
    public static FileOfLinks Open(FileInfo file, RowDefaults defaults, CancellationToken cancellationToken)
    {
        if (Workbook.Is(file))
            return OfWorkbook(Workbook.Open(file, cancellationToken), defaults, cancellationToken);
        var text = TextFile.Recognise(file, defaults.Encoding, cancellationToken);
        if (defaults.Sheet is not null)
            throw new UnreadableFileException("The file is a text and has no sheets.", isWrittenWrongly: true);
        var (table, separator) = new TextOfLinks(text, defaults, cancellationToken).Read();
        return new FileOfLinks(
            [table], text.Notice is { } notice ? [notice] : [], $"{separator}, {text.Encoding.WebName.ToUpperInvariant()}");
    }

    /// <summary>The one table of the file, ready to be read.</summary>
    /// <exception cref="UnreadableFileException">There are several, or something must be said first.</exception>
    public LinkTable Single() => Tables is [var only]
        ? only.Unsettled() is { } missing ? throw missing : only
        : throw new UnreadableFileException(
            $"Several sheets list links: {string.Join(", ", Tables.Select(table => $"'{table.Sheet}'"))}. Say which one to read.",
            isWrittenWrongly: true, WantedWord.Sheet);

    private static FileOfLinks OfWorkbook(Workbook book, RowDefaults defaults, CancellationToken cancellationToken)
    {
        if (defaults.Sheet is { } wanted && !book.Sheets.Contains(wanted, StringComparer.OrdinalIgnoreCase))
            throw new UnreadableFileException(
                $"There is no sheet '{wanted}'. The workbook has: {string.Join(", ", book.Sheets)}.", true, WantedWord.Sheet);
        var (tables, others) = (new List<LinkTable>(), new List<(string Sheet, TableTop Top)>());
        foreach (var sheet in book.Sheets.Where(name => defaults.Sheet is null
            ? !book.Hidden.Contains(name)
            : name.Equals(defaults.Sheet, StringComparison.OrdinalIgnoreCase)))
        {
            var top = book.Top(sheet, cancellationToken);
            if (HeaderSearch.Find(top) is not { } found)
                others.Add((sheet, top));
            else
                tables.Add((defaults.SayPage && !found.Columns.Have(defaults.Columns) ? OfSheet(sheet, top) : null) ?? Table(sheet, found));
        }

        // Where some sheets are lists of links by themselves, nobody spoke of the others.
        if (tables.Count == 0)
            tables.AddRange(others.Select(one => OfSheet(one.Sheet, one.Top)).OfType<LinkTable>());
        var hidden = defaults.Sheet is null ? HiddenSheets(book, cancellationToken) : [];
        if (tables.Count == 0)
            throw defaults.SayPage ? TableRefusal.NoRow(defaults.Columns)
                : others.Select(one => Refusal(one.Top, mayBeSaid: false)).FirstOrDefault(refusal => refusal is not null)
                    ?? OnlyHidden(hidden);
        return new FileOfLinks(
            tables,
            [
                .. others.Select(Notice).OfType<string>(),
                .. tables.Select(table => HiddenRows(table.Sheet!, book.HiddenRows(table.Sheet!, table.Skip))).OfType<string>(),
                .. hidden.Select(name => $"Sheet {name} is hidden and left out. Name it to read it alone, or show it."),
            ],
            "an Excel workbook");

        LinkTable Table(string sheet, HeaderFound found, UnreadableFileException? refusal = null) =>
            new(found, defaults, sheet, (shape, skip, stop) => book.Rows(sheet, shape, skip, stop), refusal);

        LinkTable? OfSheet(string sheet, TableTop top)
        {
            var start = ChosenRows.Find(
                shape => book.Rows(sheet, shape, 0, cancellationToken),
                defaults.SayPage ? defaults.Columns : ChosenRows.Nothing);
            return start is null ? null : defaults.SayPage ? Table(sheet, start.As(defaults.Columns))
                : Refusal(top, mayBeSaid: true) is { } refusal ? Table(sheet, start.Unsaid(), refusal) : null;
        }

        string? Notice((string Sheet, TableTop Top) one) => tables.Exists(table => table.Sheet == one.Sheet) ? null
            : Refusal(one.Top, mayBeSaid: false) is { } why ? $"Sheet '{one.Sheet}' is left out. {why.Message}" : null;

        UnreadableFileException? Refusal(TableTop top, bool mayBeSaid) => HeaderSearch.Likeliest(top) is var (line, names)
            ? TableRefusal.Of(line, names, top.Below(line), mayBeSaid)
            : null;
    }

    private static string? HiddenRows(string sheet, int count) => count switch
    {
        0 => null,
        1 => $"A row of sheet '{sheet}' is hidden and left out. Show it to import it, too.",
        _ => string.Create(
            CultureInfo.InvariantCulture, $"{count} rows of sheet '{sheet}' are hidden and left out. Show them to import them, too."),
    };

    /// <summary>Hidden sheets that have rows.</summary>
    private static List<string> HiddenSheets(Workbook book, CancellationToken cancellationToken) =>
    [
        .. book.Sheets.Where(name => book.Hidden.Contains(name)
            && book.Top(name, cancellationToken).Lines.Any(line => line.Any(cell => cell.Length > 0))).Select(name => $"'{name}'"),
    ];

    private static UnreadableFileException OnlyHidden(List<string> hidden) => hidden.Count == 0
        ? new UnreadableFileException("The workbook is empty.")
        : new UnreadableFileException(
            $"All sheets of the workbook that have rows are hidden: {string.Join(", ", hidden)}. Say which one to read.",
            isWrittenWrongly: true, WantedWord.Sheet);
}

/// <summary>A text, as the table of links that it is.</summary>
internal sealed class TextOfLinks(TextFile file, RowDefaults defaults, CancellationToken cancellationToken)
{
    private const int HeadLength = 256 * 1024;

    /// <exception cref="UnreadableFileException">It is none.</exception>
    public (LinkTable Table, string Format) Read()
    {
        var (head, isWhole) = Head();
        var lines = TextTop.Lines(head);
        if (!defaults.SayPage && !lines.Any(TextTop.HasText))
            throw new UnreadableFileException(
                (TextTop.HasText(head) ? $"The first {TableTop.MostLines} lines are empty." : "The file is empty.")
                    + " Its first line must be: page,target (and optionally rel,anchor,match).");
        if (JsonLines.Find(lines) is { } exported)
            return (new LinkTable(exported, defaults, null, (_, _, stop) => JsonLines.Rows(file, stop)), "JSON lines");
        TableRefusal.ThrowIfOther(lines);
        if (!defaults.SayPage)
            TableRefusal.ThrowIfDisavowed(head, lines);
        var tops = CsvLine.Separators
            .Select(separator => (Separator: separator, Top: TextTop.Of(head, isWhole, lines, separator)))
            .ToList();
        var found = tops.Select(one => (one.Separator, Found: HeaderSearch.Find(one.Top)))
            .Where(one => one.Found is { } header && !TextTop.IsCutOnly(header.Columns, lines, header.Skip))
            .OrderByDescending(one => one.Found!.Columns.Have(defaults.Columns))
            .ThenByDescending(one => one.Found!.Columns.Target is not null).ThenBy(one => one.Found!.Columns.Certainty)
            .ThenByDescending(one => one.Found!.Columns.Header.Count).ToList();
        if (found is [var best, ..] && (!defaults.SayPage || best.Found!.Columns.Have(defaults.Columns)))
            return Table(best.Found!, best.Separator, lines);
        if (defaults.SayPage && Chosen(defaults.Columns) is var (start, separator))
            return Table(start.As(defaults.Columns), separator, lines);
        return found is [var other, ..] ? Table(other.Found!, other.Separator, lines)
            : defaults.SayPage ? throw TableRefusal.NoRow(defaults.Columns)
            : Refused(tops, lines);
    }

    // Somebody may still say which column is which, and must see the columns for it.
    private (LinkTable Table, string Format) Refused(IReadOnlyList<(char Separator, TableTop Top)> tops, IReadOnlyList<string> lines)
    {
        var (likeliest, top) = tops.Select(one => (Header: HeaderSearch.Likeliest(one.Top), one.Top)).Where(one => one.Header is not null)
            .MaxBy(one => one.Header!.Value.Names.Count);
        var chosen = Chosen(ChosenRows.Nothing);
        var (line, names) = likeliest!.Value;
        var refusal = TableRefusal.Of(line, names, top.Below(line), mayBeSaid: chosen is not null);
        return chosen is var (start, separator) ? Table(start.Unsaid(), separator, lines, refusal) : throw refusal;
    }

    /// <summary>Where the chosen rows begin, with the separator that parts them best.</summary>
    private (ChosenStart Start, char Separator)? Chosen(IReadOnlyDictionary<string, ColumnRole> columns) => CsvLine.Separators
        .Select(separator => (Start: ChosenRows.Find(shape => Rows(separator, shape, 0, cancellationToken), columns), separator))
        .Where(one => one.Start is not null)
        .OrderByDescending(one => one.Start!.Addresses).ThenByDescending(one => one.Start!.Even)
        .ThenByDescending(one => one.Start!.Header.Count)
        .Select(one => ((ChosenStart, char)?)(one.Start!, one.separator)).FirstOrDefault();

    private (LinkTable Table, string Format) Table(
        HeaderFound found, char separator, IReadOnlyList<string> lines, UnreadableFileException? refusal = null)
    {
        var isList = found.Columns is { Header.Count: 1 };
        var parting = isList ? TextTop.Unused(lines) : separator;
        var table = new LinkTable(found, defaults, null, (shape, skip, stop) => Rows(parting, shape, skip, stop), refusal);
        return (table, isList ? "a list" : $"CSV with {Name(separator)}");
    }

    private IEnumerable<CellRow> Rows(char separator, RowShape shape, int skip, CancellationToken stop)
    {
        using var rows = new CsvRows(file.Open(), separator, skip, shape);
        foreach (var row in rows.Read(stop))
            yield return row;
    }

    private (string Text, bool IsWhole) Head()
    {
        using var text = file.Open();
        var head = new char[HeadLength];
        var count = text.ReadBlock(head, 0, head.Length);
        return (new string(head, 0, count), count < head.Length);
    }

    private static string Name(char separator) => separator switch
    {
        '\t' => "tabs",
        ',' => "commas",
        ';' => "semicolons",
        _ => "bars",
    };
}

/// <summary>The beginning of a text as a table.</summary>
internal static class TextTop
{
    private const int MostLinesOfACell = 6;

    /// <summary>The first lines, enough to find a header in.</summary>
    public static IReadOnlyList<string> Lines(string head) =>
        [.. head.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r').Take(TableTop.MostLines)];

    public static bool HasText(string line) =>
        line.Any(character => !char.IsWhiteSpace(character) && !CsvLine.Separators.Contains(character));

    public static TableTop Of(string head, bool isWhole, IReadOnlyList<string> lines, char separator) => new(
        [.. Joined(lines).Select(line => (IReadOnlyList<string>)CsvLine.Split(line, separator))],
        skip => Below(head, isWhole, separator, skip));

    /// <summary>
    /// A comma may stand in an address, but where another separator stands in each line of a list, it parts columns that nobody has named.
    /// </summary>
    public static bool IsCutOnly(LinkColumns columns, IReadOnlyList<string> lines, int skip)
    {
        var rows = lines.Skip(skip).Where(line => line.Trim().Length > 0).ToList();
        return columns is { Header.Count: 1, Certainty: not Certainty.Certain } && rows.Count > 0
            && CsvLine.Separators.Any(separator => rows.TrueForAll(line => line.Contains(separator, StringComparison.Ordinal)));
    }

    /// <summary>A separator that no line has, for a list without columns.</summary>
    public static char Unused(IReadOnlyList<string> lines) =>
        CsvLine.Separators.LastOrDefault(separator => !lines.Any(line => line.Contains(separator, StringComparison.Ordinal)), '|');

    // A name with a line break in it stands in quotation marks over two lines; the whole of it counts for the last one.
    private static IEnumerable<string> Joined(IReadOnlyList<string> lines)
    {
        for (var at = 0; at < lines.Count; at++)
        {
            var end = at;
            var text = lines[at];
            while (IsOpen(text) && end + 1 < lines.Count && end - at < MostLinesOfACell)
                text += ' ' + lines[++end];
            if (IsOpen(text))
            {
                yield return lines[at];
                continue;
            }

            for (; at < end; at++)
                yield return string.Empty;
            yield return text;
        }
    }

    private static bool IsOpen(string text) => text.Count(character => character == '"') % 2 == 1;

    private static List<CellRow> Below(string head, bool isWhole, char separator, int skip)
    {
        using var rows = new CsvRows(new StringReader(head), separator, skip, null);
        var sample = rows.Read(CancellationToken.None).Take(TableTop.Sample + 1).ToList();

        // The last one may be cut.
        if (sample.Count > TableTop.Sample || (!isWhole && sample.Count > 1))
            sample.RemoveAt(sample.Count - 1);
        return sample;
    }
}
