using System.Text;

namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>Pages put together by chance from fragments that parsers get wrong. The same in every run: a page's name is its seed.</summary>
internal static class GeneratedPages
{
    private const int Count = 240;
    private const int SelectCount = 60;

    private static readonly string[] Tags =
    [
        "p", "div", "span", "b", "i", "font", "nobr", "em", "a", "table", "tr", "td", "th", "tbody", "thead", "caption", "colgroup", "ul",
        "li", "dl", "dt", "dd", "h1", "h2", "form", "button", "select", "option", "optgroup", "svg", "math", "foreignObject", "title",
        "desc", "mi", "mtext", "template", "noscript", "object", "marquee", "applet", "section", "address", "center", "pre", "ruby", "rt",
        "rp", "rb", "label", "map", "details", "summary", "x-y", "head", "body", "html", "fieldset", "legend", "main", "nav", "code", "s",
        "u", "big", "tt", "menu", "listing", "annotation-xml",
    ];

    private static readonly string[] RawTags = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

    private static readonly string[] Lone =
    [
        "<br>", "<hr>", "<img alt='pic ture' src=x>", "<img src=x>", "<input>", "<input type=hidden>", "<wbr>", "<image alt=old>", "</p>",
        "</br>", "<!-- <a href=/no>no</a> -->", "<!--><a href=/c1>c1</a>", "<!--->x-->", "<![CDATA[<a href=/cd>cd</a>]]>",
        "<?php <a href=/php> ?>", "</ >", "<>", "< a href=/no>", "<%x%>", "&amp;", "&copy", "&notit;", "&#0;", "&#x80;", "&bogus;", "\0",
        "\f", "\r\n", "\u00A0", "\u200B", "日本", "é", "🦊", "<frame>", "<param>", "<col>", "<keygen>", "<area href=/area alt='an area'>",
        "<area alt=none>", "<base href=/based/>", "<link rel=x href=/l>", "<meta name=x>", "</body>", "</html>", "<body class=x>", "<svg/>",
        "<path/>", "<br/>", "<p/>", "<a/>", "</a/>", "</a href=/x>", "<plaintex>", "<search>", "<hgroup>",
    ];

    private static readonly string[] Urls =
    [
        "/x", "x/../y", "?q", "?q='1'", "#f", "", " /spaced ", "//other.example/a", "\\\\back\\slash", "http:rel", "http:/one",
        "https:///three", "HTTP://UP.EXAMPLE:80/", "https://h.example:443?q", "https://u:p@h.example/", "mailto:a@b.c",
        "javascript:void(0)", "data:text/html,x", "/a&amp;b&copy=1&lt", "/é?é#é", "http://bücher.example/ß", "/tab\there", "/new\nline",
        "/%zz%41", "http://[::1]/", "http://[", "http://1.2", "http://0x7f.1/", "http://a b/", "/a b\"c<d>e`f{g}|h^i", "tel:+1", "../../..",
        "/./a/%2e%2E/b", "http://ex%61mple.com/", "ftp://f.example/", "foo://Bar/../x", "blob:x", "about:blank", ";x:y", "a:b", "/\0nul",
    ];

    private static readonly string[] Rels =
        [
            "nofollow", "NoFollow UGC", "sponsored,ugc", " noopener\tnofollow ", "", "nofollow nofollow", "me", "ugc\nsponsored",
            "nofollow,", "\u00A0nofollow",
        ];

    private static readonly string[] Words = ["word", " two words ", "x", "\n", "a\tb", "  ", "Text.", "<", "&", "]]>", "--"];

    private static readonly string[] Starts =
        [
            "<!doctype html>", "", "<html><head>", "<!doctype html><html><body>", "<!doctype html><head><base href='/b/a/s/e'></head>",
            " text first", "<!doctype html public 'x'><title>t</title>",
        ];

    private static readonly string[] SelectParts =
    [
        "<select>", "<select multiple>", "<select size=3>", "</select>", "<button>", "</button>", "<selectedcontent>", "<selectedcontent>",
        "</selectedcontent>", "<option>", "<option>", "<option selected>", "<option disabled>", "</option>", "<optgroup disabled>",
        "<optgroup>",
        "</optgroup>", "<b>", "</b>", "<p>", "<div>", "</div>", "<hr>", "<a href=/l>", "</a>", "word",
    ];

    public static IReadOnlyList<ParityPage> All { get; } =
        [.. Enumerable.Range(1, Count).Select(Make), .. Enumerable.Range(1, SelectCount).Select(MakeSelect)];

    /// <summary>Further ones, for comparisons that take no browser.</summary>
    public static IEnumerable<ParityPage> More(int count) => Enumerable.Range(1_000, count).Select(Make);

    private static ParityPage Make(int seed)
    {
        var random = new Random(seed);
        var html = new StringBuilder().Append(Pick(random, Starts)).Append("<a href=/first>first</a>");
        for (var i = random.Next(10, 60); i > 0; i--)
            Append(html, random);
        return new ParityPage($"generated-{seed:d3}", Encoding.UTF8.GetBytes(html.ToString())) { ContentType = "text/html; charset=utf-8" };
    }

    private static ParityPage MakeSelect(int seed)
    {
        var random = new Random(seed);
        var html = new StringBuilder("<!doctype html><select><button><selectedcontent>");
        for (var i = random.Next(4, 24); i > 0; i--)
            html.Append(random.Next(4) == 0 ? $"<a href=/{i}>{i}</a>" : Pick(random, SelectParts));
        return new ParityPage($"select-{seed:d2}", Encoding.UTF8.GetBytes(html.ToString())) { ContentType = "text/html; charset=utf-8" };
    }

    private static void Append(StringBuilder html, Random random)
    {
        _ = random.Next(12) switch
        {
            0 or 1 or 2 => html.Append('<').Append(Pick(random, Tags)).Append(Attributes(random)).Append('>'),
            3 or 4 => html.Append("</").Append(Pick(random, Tags)).Append('>'),
            5 => html.Append(Pick(random, Lone)),
            6 => html.Append(Raw(random)),
            7 => html.Append(Pick(random, Words)),
            8 => html.Append("<a").Append(Attributes(random)).Append(Href(random)).Append('>'),
            _ =>
                html.Append("<a")
                    .Append(Href(random))
                    .Append(Attributes(random))
                    .Append('>')
                    .Append(Pick(random, Words))
                    .Append(random.Next(4) > 0 ? "</a>" : ""),
        };
    }

    private static string Raw(Random random)
    {
        var name = Pick(random, RawTags);
        return $"<{name}>{Pick(random, Words)}<a href=/raw>raw</a></{(random.Next(8) > 0 ? name : Pick(random, RawTags))}>";
    }

    private static string Href(Random random) => random.Next(3) switch
    {
        0 => $" HREF='{Pick(random, Urls).Replace("'", "&#39;", StringComparison.Ordinal)}'",
        _ => $" href=\"{Pick(random, Urls).Replace("\"", "&quot;", StringComparison.Ordinal)}\"",
    };

    private static string Attributes(Random random) => random.Next(6) switch
    {
        0 => $" rel=\"{Pick(random, Rels)}\"",
        1 => " class=c/d=e \" x='",
        2 => $" title='>' {Href(random)}",
        3 => " /",
        _ => "",
    };

    private static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];
}
