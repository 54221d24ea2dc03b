using System.Globalization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Imports.Encodings;

namespace LinkMonitor.Imports.Rows;

/// <summary>Says what a table is that lists no links to watch, and what to export instead.</summary>
internal static class TableRefusal
{
    private static readonly string[] Sitemaps = ["<urlset", "<sitemapindex"];

    // From the most special to the least. All of the names must stand in the header, and none of the others.
    private static readonly (string[] All, string[] None, string What)[] Kinds =
    [
        (["target", "targettype"], [], "Semrush's comparison of domains. Export 'Backlinks' of one of them instead"),
        (["sourceurl", "responsecode"], ["targeturl"], "Semrush's list of indexed pages, which are your own. Export 'Backlinks' instead"),
        (["sourceurl", "domains"], ["targeturl"], "Semrush's list of indexed pages, which are your own. Export 'Backlinks' instead"),
        (["sourceurl", "backlinks"], ["targeturl"], "Semrush's list of indexed pages, which are your own. Export 'Backlinks' instead"),
        (["intersect"], ["targeturl"], "Ahrefs' link intersect: pages that link to others, not to you. Export 'Backlinks' instead"),
        (["site", "linkingpages"], [], "Search Console's top linking sites. Export 'Latest links' instead"),
        (["site", "incominglinks"], [], "Search Console's top linking sites. Export 'Latest links' instead"),
        (["targetpage", "linkingsites"], [], "Search Console's top linked pages. Export 'Latest links' instead"),
        (["targetpage", "incominglinks"], [], "Search Console's top linked pages. Export 'Latest links' instead"),
        (["linkingtext"], ["linkingpage"], "Search Console's top linking text. Export 'Latest links' instead"),
        (["domain", "backlinkscount"], [], "Bing's list of linking domains. Export the list of pages instead"),
        (["anchor", "backlinkscount"], [], "Bing's list of anchors. Export the list of pages instead"),
        (["linkeddomain"], [], "a list of domains that a site links to. Export 'Backlinks' instead"),
        (["domain", "linkeddomains"], ["targeturl"], "a list of domains. Export 'Backlinks' instead"),
        (["totallinks"], ["targeturl"], "a list of your own pages. Export the links to them ('Inbound links', 'Backlinks') instead"),
        (["targettoppages"], [], "a list of your own pages. Export the links to them instead"),
        (["toppages"], [], "Search Console's performance report of your own pages. Export 'Latest links' instead"),
    ];

    /// <summary>Refuses text that is no table: a web page, JSON.</summary>
    /// <exception cref="UnreadableFileException">It is one of these.</exception>
    public static void ThrowIfOther(IReadOnlyList<string> lines)
    {
        var start = lines.FirstOrDefault(line => line.Trim().Length > 0)?.Trim();
        if (start is ['<', ..])
            throw new UnreadableFileException(
                lines.Any(line => Sitemaps.Any(tag => line.Contains(tag, StringComparison.OrdinalIgnoreCase)))
                    ? "The file is a sitemap: it lists your own pages, not pages that link to them."
                    : "The file is a web page or XML, not a table. Of a sheet, take the address at which it is published as CSV.");
        if (start is ['{', ..] or ['[', '{', ..] or "[")
            throw new UnreadableFileException("The file is JSON, and not our own export of links, one a line. Export the links as CSV.");
    }

    /// <summary>
    /// Refuses a list of links that search engines are told to ignore, also one that begins with addresses, and names domains only further
    /// down.
    /// </summary>
    /// <param name="head">The beginning of the text.</param>
    /// <param name="lines">Its first lines.</param>
    /// <exception cref="UnreadableFileException">It is one.</exception>
    public static void ThrowIfDisavowed(string head, IReadOnlyList<string> lines)
    {
        if (IsListWithComments(lines))
            throw Disavowed();
        foreach (var line in head.AsSpan().EnumerateLines())
        {
            if (IsDomainRule(line))
                throw Disavowed();
        }
    }

    // The words above a table may stand behind '#', too: a list to ignore has nothing else but addresses, one a line.
    private static bool IsListWithComments(IReadOnlyList<string> lines)
    {
        var (comments, others) = (0, 0);
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            if (line[0] == '#')
                comments++;
            else if (ColumnContent.IsWeb(line) && line.Split("://").Length == 2)
                others++;
            else
                return false;
        }

        return comments > 0 && others > 0;
    }

    /// <param name="line">Where the header stands, from 1.</param>
    /// <param name="rows">The first rows below it.</param>
    /// <param name="mayBeSaid">Whether it has addresses, so that somebody may say which column is the page.</param>
    public static UnreadableFileException Of(int line, IReadOnlyList<string> header, IReadOnlyList<CellRow> rows, bool mayBeSaid)
    {
        var plain = header.Select(HeaderNames.Plain).ToArray();
        if (KindOf(plain) is { } kind)
            return new UnreadableFileException($"The file is a table of totals and lists no links: it is {kind}.");
        if (HeaderNames.Find(plain, HeaderNames.Sums) is { } sum)
            return new UnreadableFileException(
                $"The file is a table of totals ('{header[sum]}'), not of links. Export the list of links.");
        if (rows.Prepend(new CellRow(line, header)).Any(row => row.Cells.Any(ColumnContent.HoldsTwo)))
            return new UnreadableFileException(
                "Two addresses stand in one cell. Put a comma or a tab between the page and the target.", isWrittenWrongly: true);
        var what = string.Create(CultureInfo.InvariantCulture, $"Line {line}: the column 'page' is missing. ");
        var contents = ColumnContent.Of(header.Count, rows.Count > 0 ? rows : [new CellRow(line, header)]);
        if (Array.Exists(contents, content => content.IsHosts) && !Array.Exists(contents, content => content.IsAddresses))
            return new UnreadableFileException(
                $"{what}The file lists domains, and no pages with links. Export the list of links with their full addresses.");
        if (contents.Length > 1 && Array.Exists(contents, content => content.IsNumbers)
            && Array.TrueForAll(contents[1..], content => content.Filled == 0 || content.IsNumbers))
            return new UnreadableFileException($"{what}It looks like a table of totals: all columns but the first are numbers. Export the "
                + "list of links.");
        return new UnreadableFileException(
            $"{what}The header must name page and target; found: {string.Join(", ", header.Take(40))}."
                + (mayBeSaid ? " Or say which column is the page and which the target." : string.Empty),
            isWrittenWrongly: true, mayBeSaid ? WantedWord.Columns : WantedWord.None);
    }

    /// <param name="chosen">What somebody has chosen, with the page.</param>
    public static UnreadableFileException NoRow(IReadOnlyDictionary<string, ColumnRole> chosen)
    {
        var names = chosen.Keys.Where(name => LinkColumns.PlaceOfNumber(name, int.MaxValue) is null).Select(name => $"'{name}'").ToList();
        return new UnreadableFileException(
            (names.Count > 0
                ? "No line has the names of the columns that are chosen: " + string.Join(", ", names)
                : "No row has an address in each of the columns that are chosen: " + string.Join(", ", chosen
                    .Where(one => one.Value is ColumnRole.Page or ColumnRole.Target).OrderBy(one => one.Value)
                    .Select(one => $"'{one.Key}' as the {WireName.Of(one.Value)}")))
                + ". Choose others.",
            isWrittenWrongly: true, WantedWord.Columns);
    }

    /// <summary>What another tool's table of totals is, and what to export instead; null for any other.</summary>
    /// <param name="plain">The names of the columns as <see cref="HeaderNames.Plain"/> has them.</param>
    public static string? KindOf(IReadOnlyList<string> plain)
    {
        foreach (var (all, none, what) in Kinds)
        {
            if (all.All(plain.Contains) && !none.Any(plain.Contains))
                return what;
        }

        return null;
    }

    private static bool IsDomainRule(ReadOnlySpan<char> line) =>
        line.TrimStart().StartsWith("domain:", StringComparison.OrdinalIgnoreCase);

    private static UnreadableFileException Disavowed() => new(
        "The file looks like a disavow list: links that search engines are told to ignore. They are not links to watch.");
}
