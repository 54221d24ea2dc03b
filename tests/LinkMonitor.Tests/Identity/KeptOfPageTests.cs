using System.Globalization;
using LinkMonitor.Engine.Identity;
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

    private static readonly string[] Numbered =
    [
        "<div id=\"post{0}\">{1}</div>", "<div id=\"c{0}\" class=\"frame frame-{0}\">{1}</div>",
        "<p id=\"{0}a1\" class=\"body-text\">{1}</p>", "<h3 id=\"part-{0}\">Part</h3><p id=\"text-{2}\">{1}</p>",
        "<section class=\"box e-{0}f\" data-id=\"{0}f\"><div class=\"inner e-{0}c\"><div class=\"words\">{1}</div></div></section>",
    ];

    public static TheoryData<string> NumberedBlocks => [.. Numbered];

    // Forums, answers, content elements of TYPO3, Medium, page builders.
    [Theory]
    [MemberData(nameof(NumberedBlocks))]
    public void Blocks_that_a_program_numbers_are_the_text_below_a_link(string form)
    {
        string Site(params IEnumerable<(int Number, string Text)> blocks) => Page(
            "Yards by the sea",
            "<div class=\"all\">" + string.Concat(blocks.Select(block => string.Format(
                CultureInfo.InvariantCulture, form, block.Number, block.Text, (char)('a' + block.Number)))) + "</div>", Frame("footer", 2));
        (int Number, string Text)[] blocks = [.. Enumerable.Range(0, 9).Select(n => (n, n == 5 ? Link + Words(n, 20) : Words(n, 45)))];
        var life = PageLife.Of(Site(blocks));

        life.Check(PageLife.Answer(Site(blocks.Where(block => block.Number is < 3 or > 5))), ADay);

        Assert.True(life.Status.State == LinkState.Lost, life.Last!.Identity?.Sign);
    }

    [Fact]
    public void A_box_of_the_same_builder_with_something_else_in_it_is_not_the_text()
    {
        static string Box(int n, string inner) => $"<section class=\"box e-{n}f\"><div class=\"inner e-{n}c\">{inner}</div></section>";
        string Site(string text) => Page(
            "Yards by the sea",
            $"<div class=\"all\">{text}{Box(90, $"<div class=\"writer\">{Words(900, 30)} {Out("one.social", "@me")}</div>")}</div>",
            Frame("footer", 2));
        string Boxes(int from, int to) => string.Concat(
            Enumerable.Range(from, to - from).Select(n => Box(n, $"<div class=\"words\">{Words(n, 45)}</div>")));
        var life = PageLife.Of(Site(Boxes(0, 6) + Box(6, $"<div class=\"words\">{Link}</div>") + Boxes(7, 9)));

        life.Check(PageLife.Answer(Site(Boxes(0, 4))), ADay);

        Assert.Equal([ReasonCode.PageShrunk], life.Last!.Reasons.Select(reason => reason.Code));
    }

    public static TheoryData<string, string> SiteNames => new()
    {
        { "{0} | The Evening Letters of the Tide", "{1}" }, { "The Evening Letters of the Tide: {0}", "{1}" },
        { "{0}_潮の便り毎日新聞編集部", "{1}" }, { "潮の便り毎日新聞編集部-{0}", "潮の便り毎日新聞編集部" },
        { "{0} - Tide Letters", "Tide Letters" }, { "Tide Letters » {0}", "Tide Letters" }, { "The Evening Letters of the Tide", "{1}" },
    };

    [Theory]
    [MemberData(nameof(SiteNames))]
    public void The_name_of_the_site_does_not_make_another_text_the_page(string title, string heading)
    {
        string Site(string name, string text) => Page(name, text, "")
            .Replace($"<title>{name} - Tide Letters<", $"<title>{title.Replace("{0}", name, StringComparison.Ordinal)}<",
                StringComparison.Ordinal)
            .Replace($"<h1>{name}<", $"<h1>{heading.Replace("{1}", name, StringComparison.Ordinal)}<", StringComparison.Ordinal);
        var life = PageLife.Of(Site("Yards by the sea", Text(0, 4) + Linking + Text(4, 8)));

        life.Check(PageLife.Answer(Site("For members", Text(40, 47))), ADay);

        Assert.Equal(LinkState.Live, life.Status.State);
        Assert.Equal([ReasonCode.PageReplaced], life.Last!.Reasons.Select(reason => reason.Code));
    }

    [Theory]
    [InlineData("Yards by the sea - Tide Letters", "Yards by the sea 2026 - Tide Letters", true)]
    [InlineData("Yards by the sea - Tide Letters", "For members - Tide Letters", false)]
    [InlineData("Yards by the sea", "Yards by the sea | Tide Letters", true)]
    [InlineData("Guide: 2025", "Guide: 2026", true)]
    [InlineData("Tide Letters - Start", "Tide Letters - Terms", false)]
    [InlineData("- Tide", "Tide -", true)]
    public void Titles_are_compared_without_what_both_have_of_their_site(string one, string other, bool isAlike)
    {
        Assert.Equal(isAlike, NameComparison.IsAlike(one, other));
        Assert.Equal(isAlike, NameComparison.IsAlike(other, one));
    }

    [Fact]
    public void The_last_line_below_a_rule_is_not_the_text()
    {
        static string Site(string title, string text) =>
            $"<title>{title}</title><body><p><a href=/>home</a><h1>{title}</h1>{text}<hr>"
                + $"<p><a href=/feed>feed</a> {Out("one.social", "@me")}";
        var life = PageLife.Of(Site("Yards by the sea", Text(0, 4) + Linking + Text(4, 6) + $"<p>{Out("near", "One more")}"));
        var half = life.Fork().Check(PageLife.Answer(Site("Yards by the sea", Text(0, 2))), ADay);

        life.Check(PageLife.Answer(Site("For members", Text(40, 44))), ADay);

        Assert.Equal([ReasonCode.PageReplaced], life.Last!.Reasons.Select(reason => reason.Code));
        Assert.Equal([ReasonCode.PageShrunk], half.Last!.Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public void An_empty_line_ends_a_paragraph_of_an_old_page()
    {
        static string Site(params IEnumerable<string> text) =>
            $"<title>Yards</title><body><h2>Yards</h2><font>{string.Join("\n<br> <br>\n", text)}</font><br><br>"
                + "<i>Last changed in May by the keeper of these pages and of all that is in them</i>";
        string[] all = [.. Enumerable.Range(0, 6).Select(n => Words(n, 45)), $"The {Link}. {Words(6, 20)}", Words(7, 45)];
        var life = PageLife.Of(Site(all));
        var cut = life.Fork().Check(PageLife.Answer(Site(all[..4])), ADay);

        life.Check(PageLife.Answer(Site([.. all[..6], all[7]])), ADay);

        Assert.True(life.Status.State == LinkState.Lost, life.Last!.Identity?.Sign);
        Assert.Equal([ReasonCode.PageShrunk], cut.Last!.Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public void A_teaser_in_a_script_of_many_words_in_few_characters_is_half_a_page()
    {
        // Six paragraphs of Chinese are as long as two of English.
        static string Text(int from, int to) => string.Concat(Enumerable.Range(from, to - from).Select(n => "<p>" + string.Concat(
            Enumerable.Range(n * 120, 120).Select(c => (char)(0x4E00 + (c * 7_919 % 20_000)))) + "。</p>"));
        var life = PageLife.Of(Page("海の船", Text(0, 6) + $"<p>{Link}</p>" + Text(6, 8), ""));

        life.Check(PageLife.Answer(Page("海の船", Text(0, 4) + "<a href=\"/join\">入会</a>", "")), ADay);

        Assert.Equal([ReasonCode.PageShrunk], life.Last!.Reasons.Select(reason => reason.Code));
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

    private static readonly Dictionary<string, ReasonCode> Messages = new()
    {
        ["<div class=\"turning\" role=\"status\"><span>Loading…</span></div>"] = ReasonCode.PageShrunk,
        ["<div class=\"api-message\">We could not load the yards.</div>"] = ReasonCode.PageShrunk,
        ["<div class=\"ask\">Yards come from another site. <button>Show them</button></div>"] = ReasonCode.PageShrunk,
        ["{% include 'yards.html' %}"] = ReasonCode.ServerError,
        ["<p>[yards coast=&#8221;north&#8221; most=9]</p>"] = ReasonCode.ServerError,
        ["<?php all_yards(); ?>"] = ReasonCode.ServerError,
        ["<div>504 Gateway Time-out</div>"] = ReasonCode.ServerError,
    };

    public static TheoryData<string, string> MissingLists
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var list in Lists.Keys)
                foreach (var message in Messages.Keys)
                    data.Add(list, message);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(MissingLists))]
    public void A_message_in_the_place_of_the_list_that_held_the_link_is_found(string list, string message)
    {
        string Site(string part) => Page(
            "Yards by the sea", $"{Text(0, 3)}<section class=\"list\"><h2>All yards</h2>{part}</section>{Text(3, 5)}", Frame("footer", 1));
        var life = PageLife.Of(Site(Lists[list])).Check(PageLife.Answer(Site(message)), ADay);

        Assert.Equal(LinkState.Live, life.Status.State);
        Assert.Equal([Messages[message]], life.Last!.Reasons.Select(reason => reason.Code));
    }

    [Theory]
    [InlineData("<button class=\"show\">Show 5 yards</button>", LinkState.Live)]
    [InlineData("<div class=\"api-message\">We could not load the yards.</div>", LinkState.Live)]
    [InlineData("", LinkState.Lost)]
    [InlineData("<a href=\"mailto:us@tide.example\">Write to us</a>", LinkState.Lost)]
    public void A_list_that_is_gone_with_its_heading_is_lost_unless_something_stands_there(string now, LinkState expected)
    {
        static string Site(string part) => $"<title>Yards</title><body><h1>Yards</h1>{Text(0, 6)}{part}<hr><p><a href=\"/feed\">feed</a>";
        var rows = Rows("<tr><td>Place</td><td>{0}</td></tr>", 5, 2);
        var life = PageLife.Of(Site($"<h2>All yards</h2><table>{rows}</table>"));

        life.Check(PageLife.Answer(Site(now)), ADay);

        Assert.Equal(expected, life.Status.State);
    }

    /// <summary>As <see cref="PageControl"/> keeps it.</summary>
    [Theory]
    [InlineData("Share", "Share", LinkState.Lost)]
    [InlineData("Show 12", "Show 13", LinkState.Lost)]
    [InlineData("Share", "Show all", LinkState.Live)]
    public void A_control_that_was_there_before_hides_nothing(string before, string now, LinkState expected)
    {
        static string Site(string name, string rows, string control) => Page(
            "Yards by the sea",
            $"{Text(0, 2)}<div class=\"list\"><h2>{name}</h2><ul>{rows}</ul><button>{control}</button></div>{Text(2, 5)}", "");
        var life = PageLife.Of(Site("All yards", Rows("<li>{0}</li>", 12, 7), before));

        life.Check(PageLife.Answer(Site("Some of them", Rows("<li>{0}</li>", 5, -1), now)), ADay);

        Assert.Equal(expected, life.Status.State);
    }

    [Theory]
    [InlineData("<button data-page=\"2\">Show all</button>", LinkState.Live)]
    [InlineData("<a href=\"#\">Show all</a>", LinkState.Live)]
    [InlineData("", LinkState.Lost)]
    [InlineData("<p>More will follow.</p>", LinkState.Lost)]
    [InlineData("<form><input name=\"q\"><button>Find a yard</button></form>", LinkState.Lost)]
    [InlineData("<button>Name a yard</button>", LinkState.Lost)]
    public void A_list_that_shows_its_beginning_above_a_new_control_may_have_the_link(string end, LinkState expected)
    {
        string Site(string rows, string below) => Page(
            "Yards by the sea",
            $"{Text(0, 3)}<section class=\"list\"><h2>All yards</h2><ul>{rows}</ul>{below}</section>{Text(3, 5)}", Frame("footer", 1));
        // The last of them was there before.
        var life = PageLife.Of(
            Site(Rows("<li>{0}</li>", 12, 7), end.Contains("Name", StringComparison.Ordinal) ? end : ""));

        life.Check(PageLife.Answer(Site(Rows("<li>{0}</li>", 5, -1), end)), ADay);

        Assert.Equal(expected, life.Status.State);
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
        { "the list, for a mark", Lists["a table"], "<p>[removed]</p>" },
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
