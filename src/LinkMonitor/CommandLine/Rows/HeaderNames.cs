namespace LinkMonitor.CommandLine.Rows;

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
        "linkingurl",
        "linkingpageurl", "backlinkurl", "backlink", "fromurl", "linkfrom", "pageurl", "verlinkendeseite", "páginadeenlace", "דףמקשר",
        "url",
    ];

    /// <summary>What the link should point to.</summary>
    public static readonly string[] Target =
    [
        "target", "targeturl", "urlto", "targetpage", "targetpageurl", "expectedlandingpageurl", "landingpage", "landingpageurl", "destinationurl",
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
