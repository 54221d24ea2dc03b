using System.Globalization;
using LinkMonitor.CommandLine.Conventions;

namespace LinkMonitor.CommandLine.Rows;

/// <summary>Which column of a file holds what.</summary>
internal sealed record LinkColumns
{
    /// <summary>All names as they stand in the file; empty for a plain list of addresses.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    public required int Page { get; init; }

    /// <summary>Null when the file does not say; then the target is asked for.</summary>
    public required int? Target { get; init; }

    public int? Rel { get; init; }

    public int? Anchor { get; init; }

    public int? Match { get; init; }

    /// <summary>The type of the link in its project; a check of the file alone knows no project and leaves it.</summary>
    public int? Type { get; init; }

    /// <summary>Linkody's yes or no.</summary>
    public int? Follow { get; init; }

    public int? Lost { get; init; }

    /// <summary>The user's own columns: all but page and target.</summary>
    public IEnumerable<int> Own => Enumerable.Range(0, Header.Count).Where(at => at != Page && at != Target);

    /// <summary>Finds the columns of a header.</summary>
    /// <returns>Null when it is no header of a file of links.</returns>
    /// <exception cref="UnreadableFileException">It is ours, and wrong.</exception>
    public static LinkColumns? Of(IReadOnlyList<string> header, int line)
    {
        var plain = header.Select(HeaderNames.Plain).ToArray();
        if (HeaderNames.Find(plain, HeaderNames.Page) is not { } page)
            return null;
        var target = HeaderNames.Find(plain, HeaderNames.Target);
        if (plain[page] == "url" && target is null && header.Count > 1)
            return null;

        // With these two names the file was written for us, and its other columns say what is expected.
        var isOurs = plain[page] == "page" && (target is null || plain[target.Value] == "target");
        if (isOurs)
            CheckTwice(plain, line);
        return new LinkColumns
        {
            Header = header,
            Page = page,
            Target = target,
            Rel = isOurs ? HeaderNames.Find(plain, ["rel"]) : null,
            Anchor = HeaderNames.Find(plain, isOurs ? ["anchor"] : HeaderNames.Anchor),
            Match = isOurs ? HeaderNames.Find(plain, ["match"]) : null,
            Type = isOurs ? HeaderNames.Find(plain, ["type"]) : null,
            Follow = HeaderNames.Find(plain, HeaderNames.Follow),
            Lost = isOurs ? null : HeaderNames.Find(plain, HeaderNames.Lost),
        };
    }

    private static void CheckTwice(string[] plain, int line)
    {
        string[] ours = ["page", "target", "rel", "anchor", "match", "type"];
        if (ours.FirstOrDefault(name => plain.Count(other => other == name) > 1) is { } twice)
        {
            throw new UnreadableFileException(
                string.Create(CultureInfo.InvariantCulture, $"Line {line}: the column '{twice}' appears twice."), ExitCodes.WrongUsage);
        }
    }
}

/// <summary>
/// How our own files and those of other tools name their columns, as seen in their exports. Compared without case, blanks and punctuation:
/// <c>Source url</c>, <c>source_url</c> and <c>SourceURL</c> are one.
/// </summary>
internal static class HeaderNames
{
    /// <summary>The page that should carry the link; the first of these that a header has counts.</summary>
    public static readonly string[] Page =
    [
        "page", "sourceurl", "referringpageurl", "linkingpage", "urlfrom", "sourcepage", "sourcepageurl", "referringpage", "referringurl",
        "linkingurl", "linkingpageurl", "backlinkurl", "backlink", "fromurl", "linkfrom", "pageurl", "verlinkendeseite", "páginadeenlace",
        "דףמקשר", "url",
    ];

    /// <summary>What the link should point to.</summary>
    public static readonly string[] Target =
    [
        "target", "targeturl", "urlto", "targetpage", "targetpageurl", "expectedlandingpageurl", "landingpage", "landingpageurl",
        "destinationurl",
        "linkedurl",
        "linkurl", "linkto", "tourl",
    ];

    /// <summary>Columns that say what is expected; only our own and Linkody's do, those of other tools say what was seen.</summary>
    public static readonly string[] Anchor = ["expectedanchor"];

    public static readonly string[] Follow = ["expectedfollow"];

    /// <summary>Says of a link that the tool itself has found it gone: a truth value, or a date.</summary>
    public static readonly string[] Lost = ["lostlink", "lost", "datelost", "flagdeleted"];

    /// <summary>Only in tables of sums, which list no links.</summary>
    public static readonly string[] Sums =
    [
        "linkingpages", "linkingsites", "incominglinks", "targetpages", "backlinkscount", "backlinks", "referringdomains", "count",
        "targettype",
    ];

    public static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>The place of the first known name in a header; null when it has none.</summary>
    public static int? Find(IReadOnlyList<string> plain, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            for (var at = 0; at < plain.Count; at++)
            {
                if (plain[at] == name)
                    return at;
            }
        }

        return null;
    }
}
