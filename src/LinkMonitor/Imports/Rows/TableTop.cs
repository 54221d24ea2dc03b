using LinkMonitor.Imports.Encodings;

namespace LinkMonitor.Imports.Rows;

/// <summary>The beginning of a table, before anybody knows where its header is.</summary>
/// <param name="Lines">Its first lines as cells, the first one being line 1; an empty line has no text in any cell.</param>
/// <param name="Below">The first rows below a line, with the line passed over.</param>
internal sealed record TableTop(IReadOnlyList<IReadOnlyList<string>> Lines, Func<int, IReadOnlyList<CellRow>> Below)
{
    /// <summary>Tools write at most this many lines above their table.</summary>
    public const int MostLines = 40;

    /// <summary>Rows that a guess looks at.</summary>
    public const int Sample = 300;
}

/// <summary>What was found at the beginning of a table.</summary>
/// <param name="Skip">Lines before the first row of data: what a tool writes above its table, and the header.</param>
internal sealed record HeaderFound(LinkColumns Columns, int Skip);

/// <summary>
/// Finds the header of a table of links: by the names of its columns, in one of its first lines, since some tools write a few words above
/// the table; else, when the names are not known, by what stands below them.
/// </summary>
internal static class HeaderSearch
{
    /// <returns>Null when it is no table of links.</returns>
    public static HeaderFound? Find(TableTop top) => ByNames(top) ?? WithoutHeader(top) ?? ByContents(top);

    /// <summary>The line that looks most like a header, to say what the table is; null when there is none.</summary>
    public static (int Line, IReadOnlyList<string> Names)? Likeliest(TableTop top)
    {
        var lines = top.Lines.Index().Where(line => HasText(line.Item)).ToList();
        return lines.Count == 0 ? null : lines.Where(line => Known(line.Item) > 0).Select(Place).FirstOrDefault((Place(lines[0])));

        static (int, IReadOnlyList<string>) Place((int Index, IReadOnlyList<string> Item) line) => (line.Index + 1, line.Item);
    }

    // What a tool writes above its table may have such names, too ("Target,example.org"): the line that explains most counts.
    private static HeaderFound? ByNames(TableTop top)
    {
        HeaderFound? best = null;
        foreach (var (at, line) in top.Lines.Index())
        {
            if ((IsHeader(line) || IsOverwritten(line, top.Below(at + 1)))
                && ColumnGuess.Of(WithoutEmptyEnd(line), hasHeader: true, top.Below(at + 1)) is { } columns
                && (best is null || IsBetter(columns, best.Columns)))
                best = new HeaderFound(columns, at + 1);
        }

        return best is null ? null : best with { Columns = Checked(best.Columns, best.Skip) };
    }

    private static bool IsBetter(LinkColumns one, LinkColumns other) =>
        (one.Target is null ? 1 : 0, one.Certainty).CompareTo((other.Target is null ? 1 : 0, other.Certainty)) < 0;

    /// <summary>Names of the page or the target, and no addresses.</summary>
    private static bool IsHeader(IReadOnlyList<string> line)
    {
        var plain = line.Select(HeaderNames.Plain).ToArray();
        var isNamed = HeaderNames.Find(plain, HeaderNames.Page) is not null || HeaderNames.Find(plain, HeaderNames.Target) is not null;
        var isAlone = plain.Count(name => name.Length > 0) == 1;
        return (isNamed || HeaderNames.Find(plain, HeaderNames.Either) is not null)
            && !line.Any(ColumnContent.IsWeb)
            && (!isAlone || (isNamed && line.Count == 1) || (line.Count == 1 && plain[0] is "url" or "urls" or "backlink" or "backlinks"));
    }

    /// <summary>A header with an address in the place of its first name: another names a column that holds addresses.</summary>
    private static bool IsOverwritten(IReadOnlyList<string> line, IReadOnlyList<CellRow> rows)
    {
        if (line.Count < 2 || !ColumnContent.IsWeb(line[0]) || line.Count(ColumnContent.IsWeb) > 1)
            return false;
        var plain = line.Select(HeaderNames.Plain).ToArray();
        int?[] named = [HeaderNames.Find(plain, HeaderNames.Page), HeaderNames.Find(plain, HeaderNames.Target)];
        var contents = ColumnContent.Of(line.Count, rows);
        return Array.Exists(named, at => at is { } column && contents[column].IsAddresses);
    }

    private static int Known(IReadOnlyList<string> line)
    {
        var plain = line.Select(HeaderNames.Plain).ToArray();
        string[][] all = [HeaderNames.Page, HeaderNames.Target, HeaderNames.Either, HeaderNames.Sums, HeaderNames.Hosts];
        return plain.Count(name => name.Length > 0 && all.Any(names => names.Contains(name)));
    }

    /// <summary>A plain list of pages, or of pages and targets.</summary>
    private static HeaderFound? WithoutHeader(TableTop top)
    {
        var first = FirstText(top);
        if (first < 0)
            return null;
        var rows = top.Below(first);
        if (rows.Count == 0 || !rows[0].Cells.Any(ColumnContent.IsAddress))
            return null;
        var width = Width(rows);
        if (width > 2 || !rows.All(row => row.Cells.Take(width).All(cell => cell.Length == 0 || ColumnContent.IsAddress(cell))))
            return null;
        return ColumnGuess.Of(Numbered(width), hasHeader: false, rows) is { } columns ? new HeaderFound(columns, first) : null;
    }

    /// <summary>Names that we do not know, above columns whose contents say what they are.</summary>
    private static HeaderFound? ByContents(TableTop top)
    {
        var first = FirstText(top);
        if (first < 0)
            return null;
        var width = Width(top.Below(first));
        for (var at = first; at < top.Lines.Count; at++)
        {
            var names = WithoutEmptyEnd(top.Lines[at]);
            if (names.Count != width || names.Any(ColumnContent.IsAddress) || names.Any(name => name.Length == 0)
                || top.Below(at + 1) is not [_, ..] rows || !rows[0].Cells.Any(ColumnContent.IsAddress))
                continue;
            return ColumnGuess.Of(names, hasHeader: true, rows) is { } columns ? new HeaderFound(columns, at + 1) : null;
        }

        return null;
    }

    private static LinkColumns Checked(LinkColumns columns, int line)
    {
        if (columns.Vendor != VendorSigns.Ours)
            return columns;
        var plain = columns.Header.Select(HeaderNames.Plain).ToArray();
        string[] ours = ["page", "target", "rel", "anchor", "match", "type"];
        return ours.FirstOrDefault(name => plain.Count(other => other == name) > 1) is { } twice
            ? throw new UnreadableFileException($"Line {line}: the column '{twice}' appears twice.", isWrittenWrongly: true)
            : columns;
    }

    private static int FirstText(TableTop top)
    {
        for (var at = 0; at < top.Lines.Count; at++)
        {
            if (HasText(top.Lines[at]))
                return at;
        }

        return -1;
    }

    /// <summary>As many cells as most rows have with text in the last one.</summary>
    private static int Width(IReadOnlyList<CellRow> rows) => rows.Select(row => WithoutEmptyEnd(row.Cells).Count)
        .GroupBy(count => count).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key)
        .Select(group => group.Key).FirstOrDefault();

    private static IReadOnlyList<string> WithoutEmptyEnd(IReadOnlyList<string> cells)
    {
        var count = cells.Count;
        while (count > 0 && cells[count - 1].Length == 0)
            count--;
        return [.. cells.Take(count)];
    }

    private static string[] Numbered(int count) => [.. Enumerable.Range(1, count).Select(number => $"Column {number}")];

    private static bool HasText(IReadOnlyList<string> cells) => cells.Any(cell => cell.Length > 0);
}
