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
        if (!columns.IsForUs)
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

    public static string[] Numbered(int count) => [.. Enumerable.Range(1, count).Select(number => $"Column {number}")];

    private static bool HasText(IReadOnlyList<string> cells) => cells.Any(cell => cell.Length > 0);
}

/// <summary>
/// Finds where the rows of a table begin that is known by no header: with the first row that has addresses in the columns that somebody has
/// chosen, however many lines stand above it; or, when columns are chosen by their names, below the first line that has these names. What
/// somebody says is obeyed, whatever the file looks like.
/// </summary>
internal static class ChosenRows
{
    // To offer a choice to somebody; a choice itself is looked for to the end of the file.
    private const int MostAbove = 10_000;

    /// <summary>Nobody has chosen a column.</summary>
    public static IReadOnlyDictionary<string, ColumnRole> Nothing { get; } = new Dictionary<string, ColumnRole>();

    /// <summary>Finds the first row that was chosen.</summary>
    /// <param name="open">The table's rows, by their shape; with one, a quotation mark that nobody closed hides no row.</param>
    /// <param name="chosen">With the page among them; none at all for the first row with an address anywhere.</param>
    /// <returns>Null when no row is so.</returns>
    public static ChosenStart? Find(Func<RowShape, IEnumerable<CellRow>> open, IReadOnlyDictionary<string, ColumnRole> chosen)
    {
        if (chosen.Keys.Any(name => PlaceOf(name) is null))
            return ByNames(open(RowShape.Any), chosen);
        if (chosen.Count == 0)
            return ByAddresses(open(RowShape.Any).Take(MostAbove), chosen, row => row.Cells.Count(ColumnContent.IsAddress));
        var (page, target) = (PlaceOfRole(ColumnRole.Page), PlaceOfRole(ColumnRole.Target));
        return page is { } from
            ? ByAddresses(open(RowShape.Any), chosen, row => Has(row, from, target, ColumnContent.IsAddress))
                ?? ByAddresses(open(RowShape.Any), chosen, row => Has(row, from, target, ColumnContent.IsAddressOrHost))
            : null;

        int? PlaceOfRole(ColumnRole role) => chosen.Where(one => one.Value == role).Select(one => PlaceOf(one.Key)).FirstOrDefault();
    }

    private static int? PlaceOf(string name) => LinkColumns.PlaceOfNumber(name, int.MaxValue);

    // A target is a site as often as a page.
    private static int Has(CellRow row, int page, int? target, Func<string, bool> isPage) =>
        isPage(row.At(page)) && (target is not { } aim || ColumnContent.IsAddressOrHost(row.At(aim))) ? 1 : 0;

    private static ChosenStart? ByNames(IEnumerable<CellRow> rows, IReadOnlyDictionary<string, ColumnRole> chosen)
    {
        using var row = rows.GetEnumerator();
        while (row.MoveNext())
        {
            var (line, cells) = (row.Current.Line, row.Current.Cells);
            var header = new LinkColumns { Header = cells, Roles = new ColumnRole[cells.Count] };
            if (row.Current.Wrong is not null || cells.Any(ColumnContent.IsAddress) || !header.Have(chosen))
                continue;
            var (page, sample) = (header.With(chosen).Page, Sample(row));
            return new ChosenStart(
                sample is [var first, ..] ? first.Line - 1 : line, cells, true, sample,
                sample.Count(one => ColumnContent.IsAddressOrHost(one.At(page))));
        }

        return null;
    }

    /// <param name="score">How many addresses a row has where it should; 0 for one that is none.</param>
    private static ChosenStart? ByAddresses(
        IEnumerable<CellRow> rows, IReadOnlyDictionary<string, ColumnRole> chosen, Func<CellRow, int> score)
    {
        using var row = rows.GetEnumerator();
        CellRow? above = null;
        for (; row.MoveNext(); above = row.Current)
        {
            if (row.Current.Wrong is null && score(row.Current) > 0)
                return Start([row.Current, .. Sample(row)], above, chosen, score);
        }

        return null;
    }

    private static ChosenStart Start(
        List<CellRow> sample, CellRow? above, IReadOnlyDictionary<string, ColumnRole> chosen, Func<CellRow, int> score)
    {
        var rows = sample.Where(row => row.Wrong is null).ToList();
        var usual = rows.GroupBy(row => row.Cells.Count).OrderByDescending(group => group.Count())
            .ThenByDescending(group => group.Key).First().Key;
        var widest = rows.Max(row => row.Cells.Count);
        var width = chosen.Keys.Select(name => PlaceOf(name) + 1 ?? 0).Where(count => count <= widest).Append(usual).Max();

        // Names stand in as many cells as the rows have; words above a table do not, and a row of data has numbers or the same twice.
        var names = above is { Wrong: null } && above.Cells.Count == usual ? above.Cells.Where(cell => cell.Length > 0).ToList() : [];
        var isHeader = names.Count > 1 && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count
            && names.TrueForAll(name => PlaceOf(name) is null);
        IReadOnlyList<string> header = isHeader ? [.. Enumerable.Range(0, width).Select(above!.At)] : HeaderSearch.Numbered(width);
        return new ChosenStart(sample[0].Line - 1, header, isHeader, sample, rows.Sum(score));
    }

    private static List<CellRow> Sample(IEnumerator<CellRow> rows)
    {
        var sample = new List<CellRow>();
        while (sample.Count < TableTop.Sample && rows.MoveNext())
            sample.Add(rows.Current);
        return sample;
    }
}

/// <summary>Where the rows begin that somebody has chosen.</summary>
/// <param name="Skip">Lines before the first of them.</param>
/// <param name="Header">The names of the columns; made-up ones when no line above the rows has any.</param>
/// <param name="Sample">The first rows.</param>
/// <param name="Addresses">How many of them have addresses where they should: more, where the cells were parted rightly.</param>
internal sealed record ChosenStart(int Skip, IReadOnlyList<string> Header, bool HasHeader, IReadOnlyList<CellRow> Sample, int Addresses)
{
    /// <summary>How many of the first rows have as many cells as the header.</summary>
    public int Even => Sample.Count(row => row.Cells.Count == Header.Count);

    /// <summary>The columns as they were chosen, the others by their names.</summary>
    public HeaderFound As(IReadOnlyDictionary<string, ColumnRole> chosen)
    {
        var said = new LinkColumns { Header = Header, Roles = new ColumnRole[Header.Count] }.With(chosen);
        return new HeaderFound(ColumnGuess.Said(Header, HasHeader, Sample, said.Page, said.Target), Skip);
    }

    /// <summary>The columns while nobody says which is the page.</summary>
    public HeaderFound Unsaid() => new(ColumnGuess.Said(Header, HasHeader, Sample, null, null), Skip);
}
