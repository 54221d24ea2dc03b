using System.Globalization;
using System.Text;
using LinkMonitor.CommandLine.Conventions;

namespace LinkMonitor.CommandLine.Rows;

/// <summary>A row that is no link, and why.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal sealed record BadRow(int Line, string Why)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Line {Line}: {Why}");
}

/// <summary>One line of CSV taken apart, to find out which separator makes a header of it.</summary>
internal static class CsvLine
{
    public static readonly char[] Separators = [',', ';', '\t', '|'];

    public static List<string> Split(string line, char separator)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        foreach (var character in line)
        {
            if (character == '"')
                isQuoted = !isQuoted;
            else if (character == separator && !isQuoted)
                Take(cells, cell);
            else
                cell.Append(character);
        }

        Take(cells, cell);
        return cells;
    }

    private static void Take(List<string> cells, StringBuilder cell)
    {
        cells.Add(cell.ToString().Replace("\0", string.Empty, StringComparison.Ordinal).Trim());
        cell.Clear();
    }
}

/// <summary>What was found at the beginning of a file.</summary>
/// <param name="Skip">Lines before the first row of data: what a tool writes above its table, and the header.</param>
internal sealed record HeaderFound(LinkColumns Columns, char Separator, int Skip);

/// <summary>
/// Finds the header of a file of links: by the names of its columns, in one of its first lines, since some tools write a few words above
/// the table; else, when the names are in another language, by what stands below them. A file of something else is refused by what it is.
/// </summary>
internal static class HeaderSearch
{
    private const int MostLines = 40;

    /// <param name="head">The beginning of the file.</param>
    /// <exception cref="UnreadableFileException">It is no file of links, or says so wrongly.</exception>
    public static HeaderFound Find(string head)
    {
        var lines = head.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r').Take(MostLines).ToArray();
        var first = Array.FindIndex(
            lines, line => line.Any(character => !char.IsWhiteSpace(character) && !CsvLine.Separators.Contains(character)));
        if (first < 0)
            throw new UnreadableFileException("The file is empty. Its first line must be: page,target (and optionally "
                + "rel,anchor,match).");
        RefuseDisavow(lines);
        return ByNames(lines) ?? WithoutHeader(lines, first) ?? ByContent(lines, first) ?? throw Refusal(lines, first);
    }

    private static HeaderFound? ByNames(string[] lines)
    {
        HeaderFound? found = null;
        foreach (var (at, line) in lines.Index())
        {
            foreach (var separator in CsvLine.Separators)
            {
                if (LinkColumns.Of(CsvLine.Split(line, separator), at + 1) is { } columns
                    && (found is null || IsBetter(columns, found.Columns)))
                    found = new HeaderFound(columns, separator, at + 1);
            }

            if (found is not null)
                return found;
        }

        return null;
    }

    private static bool IsBetter(LinkColumns one, LinkColumns other) =>
        one.Target is not null && other.Target is null || one.Header.Count > other.Header.Count;

    /// <summary>A plain list of pages, or of pages and targets.</summary>
    private static HeaderFound? WithoutHeader(string[] lines, int first)
    {
        var addresses = lines.Skip(first).Where(line => line.Trim().Length > 0).ToArray();
        foreach (var separator in CsvLine.Separators)
        {
            if (addresses.All(line => CsvLine.Split(line, separator) is [var page, var target] && IsUrl(page) && IsUrl(target)))
                return new HeaderFound(new LinkColumns { Header = [], Page = 0, Target = 1 }, separator, first);
        }

        // A comma may stand in an address, but where one stands in each they part columns that nobody has named.
        var isList = addresses.All(IsUrl)
            && !CsvLine.Separators.Any(separator => addresses.All(line => line.Contains(separator, StringComparison.Ordinal)));
        return isList ? new HeaderFound(new LinkColumns { Header = [], Page = 0, Target = null }, Unused(addresses), first) : null;
    }

    private static char Unused(string[] lines) =>
        CsvLine.Separators.LastOrDefault(separator => !lines.Any(line => line.Contains(separator, StringComparison.Ordinal)), '|');

    /// <summary>
    /// Names in a language that we do not know, above one column of addresses and otherwise of days: Google's list of links.
    /// </summary>
    private static HeaderFound? ByContent(string[] lines, int first)
    {
        if (Array.FindIndex(lines, first + 1, line => line.Length > 0) is not (> 0 and var below))
            return null;
        var separator = CsvLine.Separators.MaxBy(candidate => CsvLine.Split(lines[first], candidate).Count);
        var header = CsvLine.Split(lines[first], separator);
        var cells = CsvLine.Split(lines[below], separator);
        var isList = cells.Count == header.Count && !header.Exists(IsUrl) && cells.Count(IsUrl) == 1
            && cells.All(cell => cell.Length == 0 || IsUrl(cell) || IsDay(cell));
        return isList
            ? new HeaderFound(new LinkColumns { Header = header, Page = cells.FindIndex(IsUrl), Target = null }, separator, first + 1)
            : null;
    }

    private static void RefuseDisavow(string[] lines)
    {
        var start = Array.Find(lines, line => line.Trim().Length > 0)!;
        if (lines.Any(IsDomainRule) || (start.StartsWith('#') && lines.Any(line => IsUrl(line.Trim()))))
            throw new UnreadableFileException("The file looks like a disavow list: links that search engines are told to ignore. They "
                + "are not links to watch.");
    }

    private static bool IsDomainRule(string line) => line.TrimStart().StartsWith("domain:", StringComparison.OrdinalIgnoreCase);

    private static UnreadableFileException Refusal(string[] lines, int first)
    {
        var header = CsvLine.Separators.Select(separator => CsvLine.Split(lines[first], separator)).MaxBy(cells => cells.Count)!;
        var plain = header.Select(HeaderNames.Plain).ToArray();
        var line = string.Create(CultureInfo.InvariantCulture, $"Line {first + 1}");
        if (HeaderNames.Find(plain, HeaderNames.Sums) is { } sum)
            return new UnreadableFileException($"The file is a table of totals ('{header[sum]}'), not of links. Export the list of links.");
        return new UnreadableFileException(
            $"{line}: the column 'page' is missing. The header must name page and target; found: {string.Join(", ", header)}.",
            ExitCodes.WrongUsage);
    }

    private static bool IsUrl(string cell) =>
        cell.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || cell.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>A day in any order, with a year of four digits: no count.</summary>
    private static bool IsDay(string cell) => cell.Length is >= 8 and <= 30 && cell.Count(char.IsAsciiDigit) is >= 5 and <= 14
        && cell.Any(character => character is '-' or '/' or '.' or ' ');
}

/// <summary>A file of links cannot be read as a whole; the message says why and what to do.</summary>
/// <param name="exitCode"><see cref="ExitCodes.BadData"/> for a file that is none of ours; <see cref="ExitCodes.WrongUsage"/> for one that
/// was written wrongly.</param>
internal sealed class UnreadableFileException(string message, int exitCode = ExitCodes.BadData) : Exception(message)
{
    public int ExitCode => exitCode;
}
