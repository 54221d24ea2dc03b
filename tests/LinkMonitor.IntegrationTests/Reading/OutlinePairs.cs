using System.Text;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>
/// Pairs of pages that differ in one place, put there by chance: in a comment, a script, an attribute, a number, or anywhere at all, also
/// in the middle of a tag. The same in every run: a pair's number is its seed.
/// </summary>
internal static class OutlinePairs
{
    // Each with a place for what differs.
    private static readonly string[] Frames =
    [
        "<!--@-->", "<script>@</script>", "<script>var a='@'</script>", "<script type=application/ld+json>@</script>", "<style>@</style>",
        "<input type=hidden value='@'>", "<input type=hidden name=t value=@>", "<p data-n='@'>x</p>", "<div nonce=\"@\">y</div>",
        "<script nonce='@' src='@'></script>", "<meta name=csrf-token content='@'>", "<meta name=@ content=noindex>",
        "<meta name=robots content='@'>", "<meta property=og:type content=@>", "<link rel=preload href='@'>",
        "<link rel=canonical href='@'>",
        "<p>at @ o'clock</p>", "<span>@</span>", "<a href=/l@>l</a>", "<a href=/m>m@</a>", "<a href=/n><b>n</b> @</a>", "<td>@</td>",
        "<title>@</title>", "<h1>@</h1>", "<a href=/o><svg><title>@</title></svg></a>", "<svg><style>@</style><path d='@'/></svg>",
        "<iframe>@</iframe>", "<noframes>@</noframes>", "<noscript>@</noscript>", "<textarea>@</textarea>", "<xmp>@</xmp>",
        "<img alt='@' src='@'>", "<p class='@'>z</p>", "<p id=@>z</p>", "<div style='@'><a href=/q>q</a></div>", "&#5@;", "&frac1@;",
        "<p hidden=@><a href=/r>r</a></p>", "<b x=@>w</b>", "<div id=root>@</div>", "<dialog open=@><a href=/s>s</a></dialog>", "@",
        "<select><button><a href=/t><selectedcontent></a></button><option>@<option selected=@><a href=/u>u @</a></select>",
        "<select size=@><option @>1<option>2</select>", "<div style='opacity:@;margin:@'><a href=/v>v</a></div>",
    ];

    private static readonly string[] Fillings =
    [
        "", "1", "2", "9", "12", "07:31", "2026-11-29", "x", "y", "abc", "-", "--", "-->", "--!>", ">", "<", "</", "<a href=/evil>e</a>",
        "</script>", "</script", "<!--", "<!--<script>", "<script>", "</style>", "</title>", "</a>", "<b>", "</b>", "<p>", "</p>",
        "<table>",
        "'", "\"", "=", "/", " ", "\n", "&", "&#", "&#x4", "&amp", "&lt;", "\0", "\r", "\f", "location='/a'", "location.replace('/a')",
        "document.cookie='a=1';location.reload()", "navigate('/x')", "\"@type\":\"NewsArticle\"", "\"isAccessibleForFree\":false",
        "noindex", "nofollow", "article", "none", "display:none", "footer", "root", "paywall", "g-recaptcha", "window._cf_chl_opt",
        "Just a moment...", "404", "é", "\u2028", "<template>", "</template>", "<svg>", "</svg>", "<![CDATA[x]]>", "<plaintext>",
    ];

    private static readonly Lazy<string[]> Sources = new(() =>
    [
        .. HandMadePages.All
        .Concat(GeneratedPages.All)
        .Select(page => Encoding.UTF8.GetString(page.Body))
        .Where(page => page.Length < 8_000),
        .. Directory.EnumerateFiles(
            Path.Combine(RepositoryRoot.Path, "tests", "LinkMonitor.Tests", "Corpus"), "*.case", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)
            .Select(text => text[Math.Max(0, text.IndexOf('<', StringComparison.Ordinal))..]),
    ]);

    /// <summary>Two pages; about a third have one outline.</summary>
    public static (string One, string Other) Make(int seed)
    {
        var random = new Random(seed);
        var page = Pick(random, Sources.Value);
        if (random.Next(3) > 0)
            page = Tidy(random);
        var frame = Pick(random, Frames);
        var at = random.Next(page.Length + 1);
        if (random.Next(2) == 0 && page.IndexOf('<', at) is >= 0 and var tag)
            at = tag;
        var (one, other) = (Filling(random), Filling(random));
        if (random.Next(4) == 0)
            page = Break(page, random);
        at = Math.Min(at, page.Length);
        return (
            page.Insert(at, frame.Replace("@", one, StringComparison.Ordinal)),
            page.Insert(at, frame.Replace("@", other, StringComparison.Ordinal)));
    }

    private static string Filling(Random random) => random.Next(4) switch
    {
        0 => random.Next(100).ToString("00", System.Globalization.CultureInfo.InvariantCulture),
        1 => Pick(random, Fillings) + Pick(random, Fillings),
        _ => Pick(random, Fillings),
    };

    /// <summary>A page as most are, of well-formed parts.</summary>
    private static string Tidy(Random random)
    {
        var page = new StringBuilder("<!doctype html><html><head><title>A page</title></head><body>");
        for (var parts = random.Next(1, 8); parts > 0; parts--)
            page.Append(Pick(random, Frames).Replace("@", random.Next(2) == 0 ? "7" : Pick(random, Fillings), StringComparison.Ordinal));
        return page.Append("<p>Some words.<ul><li><a href=/end>end</a></ul></body></html>").ToString();
    }

    /// <summary>Takes a piece out, or puts one in twice.</summary>
    private static string Break(string page, Random random)
    {
        var from = random.Next(page.Length);
        var length = Math.Min(random.Next(1, 20), page.Length - from);
        return random.Next(2) == 0 ? page.Remove(from, length) : page.Insert(random.Next(page.Length), page.Substring(from, length));
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
