using LinkMonitor.Imports.Encodings;

namespace LinkMonitor.Imports.Rows;

/// <summary>
/// A file of links of any kind, recognised by what is in it: text with one of four separators in one of many encodings, a plain list, or a
/// workbook. Opening it reads the beginnings of its tables; rows are read when they are asked for.
/// </summary>
internal sealed class FileOfLinks
{
    private const int HeadLength = 256 * 1024;

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
        var (table, separator) = OfText(text, defaults);
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

    private static (LinkTable Table, string Format) OfText(TextFile file, RowDefaults defaults)
    {
        var (head, isWhole) = Head(file);
        var lines = TextTop.Lines(head);
        if (!lines.Any(line => line.Any(character => !char.IsWhiteSpace(character) && !CsvLine.Separators.Contains(character))))
            throw new UnreadableFileException("The file is empty. Its first line must be: page,target (and optionally rel,anchor,match).");
        if (JsonLines.Find(lines) is { } exported)
            return (new LinkTable(exported, defaults, null, (_, _, stop) => JsonLines.Rows(file, stop)), "JSON lines");
        TableRefusal.ThrowIfOther(lines);
        TableRefusal.ThrowIfDisavowed(head);
        var tops = CsvLine.Separators
            .Select(separator => (Separator: separator, Top: TextTop.Of(head, isWhole, lines, separator)))
            .ToList();
        var found = tops.Select(one => (one.Separator, Found: HeaderSearch.Find(one.Top)))
            .Where(one => one.Found is { } header && !TextTop.IsCutOnly(header.Columns, lines, header.Skip))
            .OrderByDescending(one => one.Found!.Columns.Target is not null).ThenBy(one => one.Found!.Columns.Certainty)
            .ThenByDescending(one => one.Found!.Columns.Header.Count).ToList();
        if (found is not [var best, ..])
        {
            var (header, top) = tops.Select(one => (Header: HeaderSearch.Likeliest(one.Top), one.Top)).Where(one => one.Header is not null)
                .MaxBy(one => one.Header!.Value.Names.Count);
            throw TableRefusal.Of(header!.Value.Line, header.Value.Names, top.Below(header.Value.Line));
        }

        var isList = best.Found!.Columns is { Header.Count: 1 };
        var separator = isList ? TextTop.Unused(lines) : best.Separator;
        var table = new LinkTable(best.Found, defaults, null, Rows);
        return (table, isList ? "a list" : $"CSV with {Name(best.Separator)}");

        IEnumerable<CellRow> Rows(RowShape shape, int skip, CancellationToken cancellationToken)
        {
            using var rows = new CsvRows(file.Open(), separator, skip, shape);
            foreach (var row in rows.Read(cancellationToken))
                yield return row;
        }
    }

    private static FileOfLinks OfWorkbook(Workbook book, RowDefaults defaults, CancellationToken cancellationToken)
    {
        if (defaults.Sheet is { } wanted && !book.Sheets.Contains(wanted, StringComparer.OrdinalIgnoreCase))
            throw new UnreadableFileException(
                $"There is no sheet '{wanted}'. The workbook has: {string.Join(", ", book.Sheets)}.", true, WantedWord.Sheet);
        var (tables, notices) = (new List<LinkTable>(), new List<string>());
        UnreadableFileException? refusal = null;
        foreach (var sheet in book.Sheets.Where(name => defaults.Sheet is null || name.Equals(defaults.Sheet,
            StringComparison.OrdinalIgnoreCase)))
        {
            var top = book.Top(sheet, cancellationToken);
            if (HeaderSearch.Likeliest(top) is not { } likeliest)
                continue;
            if (HeaderSearch.Find(top) is { } found)
            {
                tables.Add(new LinkTable(found, defaults, sheet, (shape, skip, stop) => book.Rows(sheet, shape, skip, stop)));
                continue;
            }

            var reason = TableRefusal.Of(likeliest.Line, likeliest.Names, top.Below(likeliest.Line));
            refusal ??= reason;
            notices.Add($"Sheet '{sheet}' is left out. {reason.Message}");
        }

        return tables.Count > 0
            ? new FileOfLinks(tables, notices, "an Excel workbook")
            : throw refusal ?? new UnreadableFileException("The workbook is empty.");
    }

    private static (string Text, bool IsWhole) Head(TextFile file)
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
