using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;

namespace LinkMonitor.Imports.Rows;

/// <summary>Where the parts of a workbook lie (ECMA-376, part 1, 12.3 and part 2).</summary>
internal static class WorkbookParts
{
    public const string Book = "xl/workbook.xml";

    /// <summary>The part of each sheet, by the sheet's name; one may be hidden, also so that only a program can show it again.</summary>
    public static IEnumerable<(string Sheet, string Part, bool IsHidden)> Sheets(ZipArchive zip)
    {
        var targets = Targets(zip, Book);
        if (zip.GetEntry(Book) is not { } book)
            yield break;
        using var xml = Open(book);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "sheet" } && xml.GetAttribute("name") is { } name
                && IdOf(xml) is { } id && targets.TryGetValue(id, out var part))
                yield return (name, part, xml.GetAttribute("state") is "hidden" or "veryHidden");
        }
    }

    /// <summary>What the relations of a part point to: other parts by their path, addresses as they are.</summary>
    public static Dictionary<string, string> Targets(ZipArchive zip, string part)
    {
        var slash = part.LastIndexOf('/');
        var folder = part[..(slash + 1)];
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (zip.GetEntry($"{folder}_rels/{part[(slash + 1)..]}.rels") is not { } relations)
            return targets;
        using var xml = Open(relations);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("Id") is { } id
                && xml.GetAttribute("Target") is { } target)
                targets[id] = xml.GetAttribute("TargetMode") == "External" ? target
                    : target.StartsWith('/') ? target[1..] : folder + target;
        }

        return targets;
    }

    public static XmlReader Open(ZipArchiveEntry entry) =>
        XmlReader.Create(entry.Open(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CloseInput = true });

    public static string? IdOf(XmlReader xml)
    {
        for (var at = 0; at < xml.AttributeCount; at++)
        {
            xml.MoveToAttribute(at);
            if (xml is { LocalName: "id", Prefix: not "" })
            {
                var id = xml.Value;
                xml.MoveToElement();
                return id;
            }
        }

        xml.MoveToElement();
        return null;
    }
}

/// <summary>The addresses behind the words of a sheet: links of cells, and formulas that make one.</summary>
internal sealed partial class WorkbookLinks
{
    // Excel has no more links on a sheet.
    private const int Most = 65_530;

    private readonly Dictionary<(int Row, int Column), string> _addresses = [];
    private readonly List<MergedRange> _merged = [];
    private readonly HashSet<int> _hidden = [];

    public static WorkbookLinks None { get; } = new();

    /// <exception cref="XmlException">The sheet is damaged.</exception>
    public static WorkbookLinks Read(ZipArchive zip, string part, CancellationToken cancellationToken)
    {
        var links = new WorkbookLinks();
        if (zip.GetEntry(part) is not { } entry)
            return links;
        var targets = WorkbookParts.Targets(zip, part);
        using var xml = WorkbookParts.Open(entry);
        string? cell = null;
        var (row, isHidden) = (0, false);
        while (links._merged.Count < Most && xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            switch (xml.LocalName)
            {
                case "row":
                    cancellationToken.ThrowIfCancellationRequested();
                    row = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : row + 1;
                    isHidden = xml.GetAttribute("hidden") is "1" or "true";
                    break;
                case "c":
                    cell = xml.GetAttribute("r");
                    break;
                case "f" when cell is not null && !xml.IsEmptyElement:
                    if (xml.Read() && xml.NodeType == XmlNodeType.Text && CellFormula.Read(xml.Value) is { Address: { } behind })
                        links.Add(cell, behind);
                    break;
                case "v" or "is" when isHidden:
                    links._hidden.Add(row);
                    break;
                case "mergeCell" when xml.GetAttribute("ref")?.Split(':') is [var first, var last] && PlaceOf(first) is { } from
                    && PlaceOf(last) is { } to:
                    links._merged.Add(new MergedRange(from.Row, from.Column, to.Row, to.Column));
                    break;
                case "hyperlink" when xml.GetAttribute("ref") is { } place && WorkbookParts.IdOf(xml) is { } id
                    && targets.TryGetValue(id, out var address):
                    links.Add(place, address);
                    break;
            }
        }

        return links;
    }

    /// <summary>The rows, from 1, that the program does not show and that have anything in them.</summary>
    public IReadOnlySet<int> Hidden => _hidden;

    /// <summary>Puts the addresses of a row in the place of the words that they stand behind.</summary>
    /// <param name="row">From 1.</param>
    /// <param name="isAddress">Which columns are of addresses.</param>
    public void Put(int row, string[] cells, Func<int, bool> isAddress)
    {
        if (_addresses.Count == 0)
            return;
        for (var at = 0; at < cells.Length; at++)
        {
            if (isAddress(at) && !ColumnContent.IsWeb(cells[at]) && _addresses.TryGetValue((row, at), out var address))
                cells[at] = address;
        }
    }

    /// <summary>The merged cells of the sheet, for one reading of it from its first row on.</summary>
    public MergedCells NewMerged() => new(_merged);

    private void Add(string place, string address)
    {
        if (_addresses.Count < Most && ColumnContent.IsWeb(address) && PlaceOf(place) is { } at)
            _addresses[at] = address;
    }

    /// <returns>The row from 1, the column from 0.</returns>
    private static (int Row, int Column)? PlaceOf(string place) =>
        Place().Match(place) is { Success: true } match
        && int.TryParse(match.Groups["row"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? (row, match.Groups["column"].Value.Aggregate(0, (sum, letter) => sum * 26 + letter - 'A' + 1) - 1)
            : null;

    // A range of cells has the link in its first one.
    [GeneratedRegex("^\\$?(?<column>[A-Z]{1,3})\\$?(?<row>[0-9]{1,7})", RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}

/// <summary>A formula that only shows a text: <c>HYPERLINK("address", "text")</c> or <c>"text"</c>.</summary>
/// <param name="Address">What it leads to, or the text itself; null where that is no address.</param>
/// <param name="Shown">Null where another cell has it.</param>
internal readonly partial record struct CellFormula(string? Address, string? Shown)
{
    /// <param name="formula">Without its sign of equality.</param>
    /// <returns>Null for any other.</returns>
    public static CellFormula? Read(string formula)
    {
        if (Text().Match(formula) is { Success: true } text)
            return new CellFormula(Unquoted(text), Unquoted(text));
        if (Link().Match(formula) is not { Success: true } link)
            return null;
        var url = Unquoted(link, "url");
        return new CellFormula(
            ColumnContent.IsAddress(url) ? url : null,
            link.Groups["text"].Success ? Unquoted(link) : link.Groups["alone"].Success ? url : null);
    }

    private static string Unquoted(Match match, string group = "text") =>
        match.Groups[group].Value.Replace("\"\"", "\"", StringComparison.Ordinal).Trim();

    // Languages that have a comma before decimals part with semicolons.
    [GeneratedRegex(
        "^\\s*HYPERLINK\\(\\s*\"(?<url>(?:[^\"]|\"\")*)\"\\s*(?:[,;]\\s*\"(?<text>(?:[^\"]|\"\")*)\"\\s*\\)|(?<alone>\\))|[,;])",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex("^\\s*\"(?<text>(?:[^\"]|\"\")*)\"\\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Text();
}

/// <summary>Cells that are one: the rows from 1, the columns from 0, both ends included.</summary>
internal readonly record struct MergedRange(int FirstRow, int FirstColumn, int LastRow, int LastColumn);

/// <summary>Puts what stands in the first cell of a merged range into all others, while the rows go by in their order.</summary>
internal sealed class MergedCells(IEnumerable<MergedRange> ranges)
{
    private readonly List<MergedRange> _coming = [.. ranges.OrderByDescending(range => range.FirstRow)];
    private readonly List<(MergedRange Range, string Text)> _open = [];

    public void Fill(int row, string[] cells)
    {
        while (_coming.Count > 0 && _coming[^1].FirstRow <= row)
        {
            var range = _coming[^1];
            _coming.RemoveAt(_coming.Count - 1);
            if (range.FirstRow == row && range.FirstColumn < cells.Length)
                _open.Add((range, cells[range.FirstColumn]));
        }

        _open.RemoveAll(one => one.Range.LastRow < row);
        foreach (var (range, text) in _open)
            for (var at = range.FirstColumn; at <= range.LastColumn && at < cells.Length; at++)
                cells[at] = text;
    }

    /// <summary>Whether one cell with text covers several of these columns in the row that was filled last.</summary>
    public bool Join(IReadOnlyList<int> columns, string[] cells) => _open.Exists(one =>
        columns.Count(at => at >= one.Range.FirstColumn && at <= one.Range.LastColumn && at < cells.Length && cells[at].Length > 0) > 1);
}
