using System.Globalization;
using LinkMonitor.Imports.Encodings;

namespace LinkMonitor.Imports.Rows;

/// <summary>Says what a table is that lists no links to watch, and what to export instead.</summary>
internal static class TableRefusal
{
    private static readonly string[] Pages = ["<!doctype", "<html", "<?xml", "<head", "<body"];

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
        (["toppages"], [], "Search Console's performance report of your own pages. Export 'Latest links' instead"),
    ];

    /// <summary>Refuses text that is no table: a list of links that search engines are told to ignore, a web page, JSON.</summary>
    /// <exception cref="UnreadableFileException">It is one of these.</exception>
    public static void ThrowIfOther(IReadOnlyList<string> lines)
    {
        var start = lines.FirstOrDefault(line => line.Trim().Length > 0)?.TrimStart();
        if (start is not null && Pages.Any(tag => start.StartsWith(tag, StringComparison.OrdinalIgnoreCase)))
            throw new UnreadableFileException("The file is a web page, not a table. Of a sheet, take the address at which it is published "
                + "as CSV.");
        if (start is ['{', ..] or ['[', '{', ..])
            throw new UnreadableFileException("The file is JSON, and not our own export of links, one a line. Export the links as CSV.");
        if (start is not null && (lines.Any(IsDomainRule)
            || (start.StartsWith('#') && lines.Any(line => ColumnContent.IsWeb(line.Trim())))))
            throw new UnreadableFileException("The file looks like a disavow list: links that search engines are told to ignore. They "
                + "are not links to watch.");
    }

    /// <param name="line">Where the header stands, from 1.</param>
    public static UnreadableFileException Of(int line, IReadOnlyList<string> header)
    {
        var plain = header.Select(HeaderNames.Plain).ToArray();
        if (KindOf(plain) is { } kind)
            return new UnreadableFileException($"The file is a table of totals and lists no links: it is {kind}.");
        return HeaderNames.Find(plain, HeaderNames.Sums) is { } sum
            ? new UnreadableFileException($"The file is a table of totals ('{header[sum]}'), not of links. Export the list of links.")
            : new UnreadableFileException(
                string.Create(CultureInfo.InvariantCulture, $"Line {line}: the column 'page' is missing. ")
                    + $"The header must name page and target; found: {string.Join(", ", header.Take(40))}.",
                isWrittenWrongly: true);
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

    private static bool IsDomainRule(string line) => line.TrimStart().StartsWith("domain:", StringComparison.OrdinalIgnoreCase);
}
