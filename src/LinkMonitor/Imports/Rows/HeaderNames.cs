using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Imports.Rows;

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
        "linkingurl", "linkingpageurl", "backlinkpage", "backlinksource", "linksource", "sourcelink", "pagefrom", "refpage", "refurl",
        "donor",
        "donorpage", "donorurl", "fromurl", "linkfrom", "linkingfrom", "source", "referrer", "referrerurl", "placementurl", "liveurl",
        "posturl", "articleurl", "publishedurl", "livelink", "placementlink",
        "verlinkendeseite", "verlinkendeurl", "verweisendeseite", "verweisendeurl", "linkquelle", "quelle", "quellurl", "quellseite",
        "linkgeber", "linkgebendeseite", "linkgebendeurl",
        "paginadeenlace", "paginadeorigen", "urldeorigen", "urldelapaginadeenlace", "paginadereferencia", "urldereferencia",
        "paginaqueenlaza", "urlqueenlaza",
        "pagesource", "urlsource", "pagereferente", "urlreferente", "pagecontenantlelien", "pagedeprovenance", "urldeprovenance",
        "paginadiorigine", "urldiorigine", "paginasorgente", "urlsorgente",
        "paginadeorigem", "urldeorigem", "paginadevinculacao",
        "bronpagina", "bronurl", "verwijzendepagina", "verwijzendeurl", "stronalinkujaca", "urlzrodlowy", "adreszrodlowy",
        "ссылающаясястраница", "страницасссылкой", "страницадонор", "донор", "urlдонора", "страницадонора",
        "リンクしているページ", "リンク元ページ", "リンク元", "リンク元url", "被リンク元url", "被リンク元ページ", "参照元url", "参照元ページ",
        "来源页面", "链接页面", "来源网址", "来源url", "דףמקשר", "דףהמקשר", "דפיםמקשרים",
    ];

    /// <summary>What the link should point to.</summary>
    public static readonly string[] Target =
    [
        "target", "targeturl", "urlto", "targetpage", "targetpageurl", "expectedlandingpageurl", "landingpage", "landingpageurl",
        "linkedpage", "linkedpageurl", "linksto", "linkstourl", "linktarget", "targetlink", "pageto", "acceptor", "acceptorpage",
        "acceptorurl", "linkedto", "linkingto",
        "destination", "destinationurl", "destinationpage", "linkto", "tourl", "moneypage",
        "ziel", "zielurl", "zielseite", "zieladresse", "linkziel", "verlinkteseite", "verlinkteurl", "linknehmer",
        "paginadedestino", "urldedestino", "destino", "paginaenlazada", "urlenlazada",
        "pagecible", "urlcible", "pagededestination", "urldedestination",
        "paginadidestinazione", "urldidestinazione", "paginadeaterrizaje", "doelpagina", "doelurl", "landingspagina",
        "stronadocelowa", "adresdocelowy", "urldocelowy",
        "акцептор", "целеваястраница", "urlакцептора", "страницаакцептора", "целевойurl",
        "リンク先", "リンク先ページ", "リンク先url", "目标页面", "目标网址", "目标url",
    ];

    /// <summary>Names that mean the page in one file and the target in another: only contents tell.</summary>
    public static readonly string[] Either =
    [
        "url", "urls", "link", "links", "linkurl", "linkedurl", "backlink", "backlinks", "backlinkurl", "pageurl", "address", "adresse",
        "href", "website", "enlace", "lien", "ссылка",
    ];

    /// <summary>Addresses that are neither the page nor the target.</summary>
    public static readonly string[] Neither =
    [
        "redirectchainurls", "redirecturl", "finalurl", "canonical", "canonicalurl", "imageurl", "imagesource", "favicon", "author",
        "authorurl", "homepage", "screenshot", "screenshoturl", "sitemap",
    ];

    /// <summary>Hosts, not pages.</summary>
    public static readonly string[] Hosts =
    [
        "domain", "site", "host", "referringdomain", "sourcedomain", "domainfrom", "targetdomain", "domainto", "linkingdomain",
        "linkingsite", "rootdomain",
    ];

    /// <summary>Columns that say what is expected; only our own and Linkody's do, those of other tools say what was seen.</summary>
    public static readonly string[] Anchor = ["expectedanchor"];

    public static readonly string[] Follow = ["expectedfollow"];

    /// <summary>Says why a link was lost.</summary>
    public static readonly string[] LossReasons = ["reasonlost", "lostreason", "loststatus"];

    /// <summary>
    /// Says of a link that the tool itself has found it gone: a truth value, or a date. Names in other words are told by
    /// <see cref="LossWords.IsNameOfLosses"/>.
    /// </summary>
    public static readonly string[] Lost =
        ["lostlink", "linklost", "lost", "datelost", "lostdate", "daylost", "lostday", "flagdeleted", "islost", .. LossReasons];

    /// <summary>Says by a truth value that the tool finds the link: the other way round.</summary>
    public static readonly string[] Live = ["live", "islive", "linklive", "linkislive", "alive", "isalive", "linkfound", "isfound"];

    /// <summary>Says in one word how a link is: <c>Live</c>, <c>Lost</c>; also other things, so the words decide.</summary>
    public static readonly string[] Status =
        ["linkstatus", "backlinkstatus", "linkstate", "status", "state", "zustand", "estado", "statut", "stato", "статус"];

    /// <summary>The user's own words and tags.</summary>
    public static readonly string[] Note = ["note", "notes"];

    public static readonly string[] Tags = ["tag", "tags"];

    /// <summary>Long texts around the link, of no use once the link itself was read.</summary>
    public static readonly string[] Surroundings =
        ["leftcontext", "rightcontext", "referringpagetitle", "sourcetitle", "title", "pagetitle", "anchorcontext", "snippet", "tooltip"];

    /// <summary>Only in tables of sums, which list no links.</summary>
    public static readonly string[] Sums =
    [
        "linkingpages", "linkingsites", "incominglinks", "targetpages", "backlinkscount", "backlinks", "referringdomains", "domains",
        "count", "targettype", "dofollowlinks", "referringpages", "linkeddomains", "linkstotarget", "externalbacklinks", "clicks",
        "totallinks", "linkingdomains", "linkingdomainstopage", "impressions", "sessions", "pageviews",
    ];

    /// <summary>True of a link that the tool saw as something else than an anchor: no check finds those.</summary>
    public static readonly string[] OtherKinds = ["frame", "form", "flagframe", "flagredirect", "flagmention"];

    /// <summary>Says in one word what the tool saw.</summary>
    public static readonly string[] Kind = ["type", "linktype"];

    private const string Accented = "áàâãäåāăąçćčďđéèêëēėęěğíìîïīįłñńňóòôõöøōőřśšşșťţțúùûüūůűýÿžźż";
    private const string Bare = "aaaaaaaaacccddeeeeeeeegiiiiiilnnnoooooooorsssstttuuuuuuuyyzzz";

    /// <summary>Letters and digits, in lower case and without accents, which get lost on the way through other programs.</summary>
    public static string Plain(string name) =>
        string.Concat(
            UnicodeText.Compose(name).Where(char.IsLetterOrDigit).Select(character => Unaccented(char.ToLowerInvariant(character))));

    private static char Unaccented(char letter) =>
        letter > 127 && Accented.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? Bare[at] : letter;

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

/// <summary>Which tool has written a file, by the names of its columns.</summary>
internal static class VendorSigns
{
    public const string Google = "Google Search Console";
    public const string Ours = "LinkMonitor";

    private const string Moz = "Moz";

    private static readonly string[] Bing = ["sourceurl", "anchortext", "targeturl"];

    // Enough names of one tool say whose file it is, also when one was overwritten.
    private static readonly (string Vendor, string[] Names, int Enough)[] Signs =
    [
        ("Semrush", ["pageascore", "sourcetitle", "externallinks", "internallinks", "newlink", "lostlink", "sitewide"], 3),
        ("Ahrefs", ["referringpageurl", "referringpagetitle", "domainrating", "ur", "linkeddomains", "droppedreason", "linksingroup"], 2),
        ("Ubersuggest", ["sourcepagetitle", "sourcepageurl", "targeturl"], 3),
        ("Semrush", ["toxicscore", "sourceurl"], 2),
        ("SE Ranking", ["domaintrust", "pagetrust"], 2),
        ("Screaming Frog", ["sizebytes", "pathtype", "linkpath", "linkposition", "linkorigin"], 2),
        ("Majestic", ["sourcecitationflow", "sourcetrustflow", "targetcitationflow", "flagnofollow", "acrank"], 2),
        (Moz, ["spamscore", "pageauthority", "domainauthority", "linkequity"], 2),
        (Moz, ["spamscore", "pa", "da", "linkingdomainstopage"], 2),
        (Google, ["linkingpage", "lastcrawled"], 2),
        ("DataForSEO", ["urlfrom", "urlto", "domainfrom", "domainto"], 4),
        ("Linkody", ["urlfrom", "expectedlandingpageurl"], 2),
        ("TraceLinker", ["sourceurl", "targeturl", "anchortext", "dr"], 4),
    ];

    /// <summary>Null when nothing says it.</summary>
    public static string? Of(IReadOnlyList<string> plain)
    {
        foreach (var (vendor, names, enough) in Signs)
        {
            // Others have figures of Moz, too; it names the page "URL".
            if (names.Count(plain.Contains) >= enough && (vendor != Moz || plain.Contains("url")))
                return vendor;
        }

        // Other tools have these names, too, but with more beside them.
        if (plain.Count == Bing.Length && Bing.All(plain.Contains))
            return "Bing Webmaster Tools";
        return plain is ["linkingpage"] or ["linkingpage", _] ? Google : null;
    }
}
