using System.Globalization;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Tests.Identity;

/// <summary>
/// What of a page counts as kept: its article, and not the frame that a site puts around every answer; and what of the article shows that
/// the text goes on beyond the link.
/// </summary>
public sealed class KeptOfPageTests
{
    private const string Link = $"<a href=\"{SampleSite.Target}\">Boat yard</a>";
    private const string Linking = $"<p>The best of them is the {Link}, which has been there for ever.</p>";

    private static readonly TimeSpan[] ADay =
        [TimeSpan.FromHours(24), TimeSpan.FromHours(24.1), TimeSpan.FromHours(25.1), TimeSpan.FromHours(48)];

    private static readonly string[] Frames = ["footer", "div class=bottom-row", "aside", "header", "div id=friends"];

    private static readonly Dictionary<string, string> Tails = new()
    {
        ["share"] = $"<div class=\"spread\">{Out("one.social", "One")} {Out("two.social", "Two")} {Out("three.social", "Three")}</div>",
        ["author"] = $"<div class=\"writer\"><h4>Who wrote this</h4><p>{Words(900, 20)} {Out("one.social", "@writer")}</p></div>",
        ["partners"] = $"<section class=\"partners\"><h4>Friends</h4>{Out("friend1", "First")} {Out("friend2", "Second")}</section>",
        ["related"] = "<section class=\"more-texts\"><h4>More to read</h4>"
            + string.Concat(Enumerable.Range(920, 3).Select(
                n => $"<article><h5><a href=\"/t{n}\">{Words(n, 4)}</a></h5><p>{Words(n, 18)}</p></article>"))
            + "</section>",
    };

    private static readonly Dictionary<string, string> Cuts = new()
    {
        ["a teaser"] = $"{Text(0, 3)}<div class=\"offer\"><h3>Go on reading</h3><a href=\"/plans\">Plans</a></div>",
        ["half"] = Text(0, 5),
        ["nothing"] = "",
        ["an error"] = "<p>Something went wrong while we fetched this text. Please come back in a while.</p>",
        ["patience"] = "<p>Loading…</p>",
        ["a question"] = "<div class=\"ask\"><p>To read on, allow cookies.</p><button>Allow</button><button>Choose</button></div>",
        ["bones"] = "<div class=\"bones\"></div>",
    };

    public static TheoryData<string, int> FrameLinks
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var frame in Frames)
                foreach (var links in (int[])[0, 1, 2, 5])
                    data.Add(frame, links);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FrameLinks))]
    public void Links_of_the_frame_do_not_make_another_text_the_page(string frame, int links)
    {
        string Site(string title, string text) => Page(title, text, Frame(frame, links));
        var before = Text(0, 4) + Linking + Text(4, 8);
        foreach (var neighbours in (string[])["", $"<p>Compare {Out("near1", "this")} and {Out("near2", "that")}.</p>"])
        {
            var life = PageLife.Of(Site("Yards by the sea", before + neighbours));

            life.Check(PageLife.Answer(Site("For members", Text(40, 46))), ADay);

            Assert.Equal(LinkState.Live, life.Status.State);
            Assert.Equal([ReasonCode.PageReplaced], life.Last!.Reasons.Select(reason => reason.Code));
        }
    }

    [Theory]
    [MemberData(nameof(FrameLinks))]
    public void A_text_rewritten_around_its_own_links_is_the_page_whatever_the_frame(string frame, int links)
    {
        string Site(string text) =>
            Page("Yards by the sea", $"{text}<p>Compare {Out("near1", "this")} and {Out("near2", "that")}.</p>", Frame(frame, links));
        var life = PageLife.Of(Site(Text(0, 4) + Linking + Text(4, 8)));

        life.Check(PageLife.Answer(Site(Text(40, 47))), ADay);

        Assert.True(life.Status.State == LinkState.Lost, life.Last!.Identity?.Sign);
    }

    public static TheoryData<string, string, bool> CutTexts
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (var cut in Cuts.Keys)
                foreach (var tail in Tails.Keys)
                    foreach (var isInside in (bool[])[false, true])
                        data.Add(cut, tail, isInside);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(CutTexts))]
    public void What_the_template_puts_below_a_text_does_not_show_that_it_goes_on(string cut, string tail, bool isInside)
    {
        string Site(string text) => isInside
            ? Page("Yards by the sea", $"<div class=\"text\">{text}{Tails[tail]}</div>", "")
            : Page("Yards by the sea", $"<div class=\"text\">{text}</div>{Tails[tail]}", "");
        foreach (var (paragraphs, at) in ((int, int)[])[(8, 6), (16, 9)])
        {
            var life = PageLife.Of(Site(Text(0, at) + Linking + Text(at, paragraphs)));

            life.Check(PageLife.Answer(Site(Cuts[cut])), ADay);

            Assert.True(
                life.Status.State == LinkState.Live && life.Last!.Reasons[0].Code is ReasonCode.PageShrunk or ReasonCode.ScriptOnly,
                $"{life.Last!.Reasons[0].Code}: {string.Join(", ", life.Last.Identity!.Compared)}");
        }
    }

    [Theory]
    [InlineData("share")]
    [InlineData("author")]
    [InlineData("partners")]
    [InlineData("related")]
    public void A_link_taken_out_above_what_the_template_puts_below_is_lost(string tail)
    {
        string Site(string text) => Page("Yards by the sea", $"<div class=\"text\">{text}{Tails[tail]}</div>", "");
        foreach (var left in (string[])
            [Text(0, 8), Text(0, 5) + Text(6, 8), Text(0, 6) + Text(7, 8), Text(0, 6) + "<p>None any more.</p>" + Text(6, 8)])
        {
            var life = PageLife.Of(Site(Text(0, 6) + Linking + Text(6, 8))).Check(PageLife.Answer(Site(left)), ADay);

            Assert.True(life.Status.State == LinkState.Lost, $"{life.Last!.Identity?.Sign}");
        }
    }

    [Fact]
    public void Sources_kept_below_a_text_that_was_cut_show_that_its_author_did_it()
    {
        var sources = $"<ul>{string.Concat(Enumerable.Range(0, 4).Select(n => $"<li>{Out($"source{n}", $"Source {n}")}</li>"))}</ul>";
        var life = PageLife.Of(Page("Yards by the sea", Text(0, 6) + Linking + Text(6, 9) + sources, ""));

        life.Check(PageLife.Answer(Page("Yards by the sea", Text(0, 5) + sources, "")), ADay);

        Assert.True(life.Status.State == LinkState.Lost, life.Last!.Identity?.Sign);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<p>This text is not shown where you are.</p>")]
    [InlineData("<p>Out of order at the moment; our people have been told, and will look after it as soon as they are back.</p>")]
    public void An_empty_template_under_the_pages_own_title_is_half_a_page(string text)
    {
        var neighbours = $"<p>Compare {Out("near1", "this")} and {Out("near2", "that")}.</p>";
        foreach (var paragraphs in (int[])[2, 8])
        {
            var life = PageLife.Of(Page("Yards by the sea", Text(0, paragraphs) + Linking + neighbours, Frame("footer", 2)));

            life.Check(PageLife.Answer(Page("Yards by the sea", text, Frame("footer", 2))), ADay);

            Assert.Equal(LinkState.Live, life.Status.State);
            Assert.Equal([ReasonCode.PageShrunk], life.Last!.Reasons.Select(reason => reason.Code));
        }
    }

    [Fact]
    public void A_list_of_links_without_its_introduction_is_the_page()
    {
        string Site(string intro, int ours) =>
            Page("Yards by the sea", $"{intro}<ul>{Rows("<li>{0}</li>", 30, ours)}</ul>", Frame("footer", 2));
        var life = PageLife.Of(Site(Text(0, 3), 12)).Check(PageLife.Answer(Site("", -1)), ADay);

        Assert.True(life.Status.State == LinkState.Lost, life.Last!.Identity?.Sign);
    }

    [Fact]
    public void A_row_of_an_earlier_version_that_knows_no_article_does_not_count_the_links_of_the_frame()
    {
        string Site(string title, string text) => Page(title, text, Frame("footer", 5));
        var life = PageLife.Of(Site("Yards by the sea", Text(0, 4) + Linking + Text(4, 8)));
        var known = life.Status.Known!;
        life = life.With(known with { Beside = known.Beside! with { ArticleLinks = null, Around = null } });

        life.Check(PageLife.Answer(Site("For members", Text(40, 46))), ADay);

        Assert.Equal([ReasonCode.PageReplaced], life.Last!.Reasons.Select(reason => reason.Code));
    }

    private static readonly Dictionary<string, string> Lists = new()
    {
        ["a list"] = $"<ul class=\"yards\">{Rows("<li>{0}</li>", 5, 2)}</ul>",
        ["a list of two"] = $"<ol>{Rows("<li>{0}</li>", 2, 1)}</ol>",
        ["a table"] = $"<table class=\"yards\"><tbody>{Rows("<tr><td>Place</td><td>{0}</td></tr>", 6, 3)}</tbody></table>",
        ["cards"] = Rows("<div class=\"yard\"><h3>A yard</h3><p>Known for its boats. {0}</p></div>", 4, 1),
        ["terms"] = $"<dl>{Rows("<dt>{0}</dt><dd>Boats of wood and of iron.</dd>", 4, 2)}</dl>",
        ["questions"] = Rows("<h4>Where?</h4><p>One that we know well is this: {0}</p>", 5, 2),
    };

    private static readonly string[] Fillers =
    [
        "<div hx-get=\"/yards\"></div>", "<turbo-frame src=\"/yards\"></turbo-frame>", "<yard-list from=\"/yards\"></yard-list>",
        "<div id=\"yards-root\"></div>", "<ul class=\"js-yards\"></ul>", "<table data-ajax=\"/yards\"><tbody></tbody></table>",
        "<iframe src=\"/yards/embed\"></iframe>", "<div q:container=\"paused\"></div>", "<template id=\"B:0\"></template>",
        "<script type=\"module\" data-island-id=\"7\">fill()</script>", "<div aria-busy=\"true\"><div class=\"bone\"></div></div>",
        "<noscript>Please enable JavaScript to see the yards.</noscript><div></div>", "<a href=\"/yards\" up-defer>Show yards</a>",
        "<dl class=\"late\"></dl>",
    ];

    public static TheoryData<string, string> LateLists
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var list in Lists.Keys)
                foreach (var filler in Fillers)
                    data.Add(list, filler);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LateLists))]
    public void A_part_for_a_script_in_the_place_of_all_that_stood_around_the_link_is_found(string list, string filler)
    {
        foreach (var (above, below) in ((string, string)[])
            [(Text(0, 3), ""), (Text(0, 3), Text(3, 5)), (Text(0, 1), "<h2>Next</h2>" + Text(3, 4)), (Text(0, 20), "")])
        {
            string Site(string part) =>
                Page("Yards by the sea", $"{above}<section class=\"list\"><h2>All yards</h2>{part}</section>{below}", Frame("footer", 1));
            var life = PageLife.Of(Site(Lists[list])).Check(PageLife.Answer(Site(filler)), ADay);

            Assert.Equal(LinkState.Live, life.Status.State);
            Assert.True(
                life.Last!.Reasons[0].Code is ReasonCode.ScriptOnly,
                $"{life.Last.Reasons[0].Code}: {string.Join(", ", life.Last.Identity!.Compared)}");
        }
    }

    [Theory]
    [InlineData("<div data-src=\"/yards\"></div>")]
    [InlineData("<div id=\"yards-root\"></div>")]
    public void A_list_in_the_side_column_that_a_script_fills_now_is_found(string filler)
    {
        string Site(string part) => Page(
            "Yards by the sea", Text(0, 6),
            $"<aside><h2>Friends of ours</h2>{part}<h2>Lately</h2><a href=\"/a\">A text of last week</a></aside>");
        var life = PageLife.Of(Site(Lists["a list"])).Check(PageLife.Answer(Site(filler)), ADay);

        Assert.Equal([ReasonCode.ScriptOnly], life.Last!.Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public void A_side_column_that_a_script_fills_now_is_found()
    {
        static string Side(string one) => $"<section class=\"widget\"><h2>Lately</h2>{one}</section>";
        var before = $"<aside id=\"side\">{Side(Lists["a list"])}{Side("<ul><li>Words of last week</li></ul>")}</aside>";
        var life = PageLife.Of(Page("Yards by the sea", Text(0, 6), before));

        life.Check(PageLife.Answer(Page("Yards by the sea", Text(0, 6), "<aside id=\"side\" data-load=\"/side\"></aside>")), ADay);

        Assert.Equal([ReasonCode.ScriptOnly], life.Last!.Reasons.Select(reason => reason.Code));
    }

    public static TheoryData<string, string, string> RealEnds => new()
    {
        { "the entry", Lists["a list"], $"<ul class=\"yards\">{Rows("<li>{0}</li>", 5, -1)}</ul>" },
        {
            "the entry, and a part for a script came below", Lists["a list"],
            $"<ul class=\"yards\">{Rows("<li>{0}</li>", 5, -1)}</ul><div data-src=\"/more\"></div>"
        },
        { "the list", Lists["a list"], "" },
        { "the list, for words", Lists["a table"], "<p>We keep no list of yards any more.</p>" },
        { "the only entry", $"<ul class=\"yards\"><li>{Link}</li></ul>", "<ul class=\"yards\"></ul>" },
        { "the paragraph, for a gap", Linking, "<div style=\"height:40px\" aria-hidden=\"true\" class=\"wp-block-spacer\"></div>" },
        { "the paragraph, for a line", Linking, "<div class=\"elementor-divider\"></div>" },
        { "the paragraph, for a picture", Linking, "<img data-src=\"/a.png\"><noscript><img src=\"/a.png\"></noscript>" },
    };

    [Theory]
    [MemberData(nameof(RealEnds))]
    public void What_an_author_took_out_is_lost(string what, string one, string other)
    {
        string Site(string part) => Page(
            "Yards by the sea", $"{Text(0, 3)}<section class=\"list\"><h2>All yards</h2>{part}</section>{Text(3, 5)}", Frame("footer", 1));
        var life = PageLife.Of(Site(one)).Check(PageLife.Answer(Site(other)), ADay);

        Assert.True(life.Status.State == LinkState.Lost, $"{what}: {life.Last!.Identity?.Sign}");
    }

    private static string Rows(string form, int count, int ours) => string.Concat(
        Enumerable.Range(0, count).Select(
            n => string.Format(CultureInfo.InvariantCulture, form, n == ours ? Link : Out($"yard{n}", $"Yard number {n}"))));

    private static string Frame(string element, int links)
    {
        var clubs = string.Join(' ', Enumerable.Range(0, links).Select(n => Out($"club{n}", $"Club {n}")));
        return $"<{element}>Our page {clubs}</{element.Split(' ')[0]}>";
    }

    private static string Out(string host, string name) => $"<a href=\"https://{host}.example.org/us\">{name}</a>";

    private static string Page(string title, string text, string frame) =>
        $"<!doctype html><html><head><meta charset=\"utf-8\"><title>{title} - Tide Letters</title></head><body>"
            + $"<nav><a href=\"/\">Tide Letters</a></nav><main><article><h1>{title}</h1>{text}</article></main>{frame}"
            + "<footer><a href=\"/terms\">Terms</a></footer></body></html>";

    private static string Text(int from, int to) =>
        string.Concat(Enumerable.Range(from, to - from).Select(n => $"<p>{Words(n, 45)}.</p>"));

    // Not one like the other, as far as pieces of ten letters go.
    private static string Words(int number, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(word => Word((number * 45) + word)));

    private static string Word(int number) => string.Create(
        CultureInfo.InvariantCulture, $"{(char)('a' + (number * 11 % 26))}{Convert.ToString((number * 1_640_531L) & 0xFFFFF, 16)}");
}
