using System.Globalization;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Tests.Identity;

/// <summary>
/// What comes of a page on which the part with the link is missing: whether its author took the link out, or that part did not come, as
/// <see cref="UnfilledPlace"/> finds of parts that are left to a script.
/// </summary>
public sealed class PlaceOfLinkTests
{
    private const string Link = $"<a href=\"{SampleSite.Target}\">Lamp shop</a>";
    private const string Linking = $"<p>For more of them see the {Link}, where they are mended, too.</p>";
    private const string Offer =
        "<div class=\"offer\"><h3>Read on with Lamp Plus</h3><p>From 4 EUR a month.</p><a href=\"/plus\">See how</a></div>";

    private const string Author =
        "<div class=\"bio\"><p>Anna Berg writes about light, and about the people who make it, since 2009. She lives by a river.</p></div>";

    private const string Login =
        "<form action=\"/login\" method=\"post\"><h3>Log in to read on</h3><input name=\"u\"><input type=\"password\" name=\"p\"></form>";

    private const string Rival = "<li><a href=\"https://other.example.org/\">Another shop</a></li>";
    private const string Neighbours =
        "<p>See also <a href=\"https://neighbour1.example.org/\">Neighbour</a> and <a href=\"https://neighbour2.example.org/\">2</a>.</p>";

    // What comes within a day of the first doubt, by the pace of rechecks.
    private static readonly TimeSpan[] ADay =
        [TimeSpan.FromHours(24), TimeSpan.FromHours(24.1), TimeSpan.FromHours(25.1), TimeSpan.FromHours(48)];

    public static TheoryData<int, string> Teasers
    {
        get
        {
            var teasers = new TheoryData<int, string>();
            foreach (var paragraphs in (int[])[3, 4, 5, 6, 7])
                foreach (var end in (string[])
                    [Offer, "", "<p>…</p><a href=\"/app\">Read the whole text in our app</a>", "<button>Show more</button>", Login, Author])
                    teasers.Add(paragraphs, end);
            return teasers;
        }
    }

    [Theory]
    [MemberData(nameof(Teasers))]
    public void A_text_that_ends_above_the_link_is_half_a_page(int paragraphs, string end)
    {
        var life = Article(12, linkAt: 8).Check(Answer(Page(Text(0, paragraphs, withNeighbours: true) + end)), ADay);

        Assert.True(life.Status.State == LinkState.Live, string.Join(", ", life.Last!.Identity!.Compared));
        Assert.Equal([ReasonCode.PageShrunk], life.Last!.Reasons.Select(reason => reason.Code));
    }

    public static TheoryData<string, string> RealCuts => new()
    {
        { "its paragraph", Text(0, 12, withNeighbours: true) },
        { "its paragraph and two above", Text(0, 6, withNeighbours: true) + Text(8, 12) },
        { "its paragraph and two below", Text(0, 8, withNeighbours: true) + Text(10, 12) },
        { "a third of the text around it", Text(0, 6, withNeighbours: true) + Text(10, 12) },
        { "all below it, which is rewritten", Text(0, 8, withNeighbours: true) + Text(20, 24) },
    };

    [Theory]
    [MemberData(nameof(RealCuts))]
    public void A_text_that_goes_on_below_the_link_has_lost_it(string what, string text)
    {
        var life = Article(12, linkAt: 8).Check(Answer(Page(text)), ADay);

        Assert.True(life.Status.State == LinkState.Lost, $"{what}: {life.Last!.Identity?.Sign}");
    }

    [Fact]
    public void An_author_whose_lines_at_the_end_are_cut_has_lost_the_link()
    {
        var life = PageLife.Of(
            Page(Text(0, 6) + $"<p>Bert is the founder of the {Link}, and has mended lamps for as long as he can think.</p>"));

        life.Check(Answer(Page(Text(0, 6))), ADay);

        Assert.Equal(LinkState.Lost, life.Status.State);
    }

    [Fact]
    public void A_list_that_is_cut_at_the_end_has_lost_the_link()
    {
        var shops = string.Concat(
            Enumerable.Range(0, 30).Select(n => $"<li><a href=\"https://shop{n}.example.org/\">Shop {n} in town</a></li>"));
        var life = PageLife.Of(Page($"{Text(0, 6)}<h2>Shops</h2><ul>{shops}<li>{Link}</li>{shops}</ul>"));

        life.Check(Answer(Page(Text(0, 6))), ADay);

        Assert.Equal(LinkState.Lost, life.Status.State);
    }

    public static TheoryData<string> Unfilled =>
    [
        "<div id=\"shops\"></div>", "<div class=\"skeleton\"></div>", "<div data-src=\"/shops\"></div>",
        "<div hx-get=\"/shops\" hx-trigger=\"load\"></div>",
        "<turbo-frame src=\"/shops\"></turbo-frame>", "<include-fragment src=\"/shops\"><p>Loading</p></include-fragment>",
        "<div wire:init=\"load\">Loading…</div>", "<div data-controller=\"list\" data-list-url-value=\"/shops\"></div>",
        "<astro-island client=\"only\" component-url=\"/a.js\"></astro-island>", "<div ng-include=\"'/shops.html'\"></div>",
        "<ul><li v-for=\"shop in shops\"><a :href=\"shop.url\">{{ shop.title }}</a></li></ul>",
        "<shop-list town=\"5\"></shop-list>", "<div v-if=\"ready\">{{ shops }}</div>",
        "<div><script async src=\"https://widget.example/list.js\"></script></div>", "<button data-url=\"/shops\">Show the shops</button>",
        "<div aria-busy=\"true\">One moment</div>", "<div data-component=\"Shops\"></div>",
        "<ul x-data=\"{ s: [] }\" x-init=\"s = await (await fetch('/shops')).json()\"><template x-for=\"a in s\"><li></li></template></ul>",
        "<div data-component=\"Shops\" class=\"island\"></div>",
    ];

    [Theory]
    [MemberData(nameof(Unfilled))]
    public void A_part_that_came_empty_in_the_links_place_is_left_to_a_script(string part)
    {
        string Shops(string list) => Page($"{Text(0, 6)}<section><h2>Shops of our town</h2>{list}</section>");
        var life = PageLife.Of(Shops($"<ul><li>{Link}</li>{Rival}</ul>"));

        life.Check(Answer(Shops(part)), ADay);

        Assert.Equal(LinkState.Live, life.Status.State);
        Assert.Equal([ReasonCode.ScriptOnly], life.Last!.Reasons.Select(reason => reason.Code));
    }

    [Theory]
    [MemberData(nameof(Unfilled))]
    public void Comments_that_came_empty_are_left_to_a_script(string part)
    {
        static string Comments(string comments) => Page(Text(0, 6), $"<section id=\"comments\"><h2>Comments</h2>{comments}</section>");
        var told = string.Concat(
            Enumerable.Range(30, 5).Select(n => $"<div><b>Reader {n}</b>{Text(n, n + 1)}{(n == 32 ? Linking : "")}</div>"));
        var life = PageLife.Of(Comments(told));

        life.Check(Answer(Comments(part)), ADay);

        Assert.Equal(LinkState.Live, life.Status.State);
        Assert.Equal([ReasonCode.ScriptOnly], life.Last!.Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public void A_part_that_holds_its_heading_and_waits_for_the_rest_is_left_to_a_script()
    {
        static string Shops(string mark, string list) => Page($"{Text(0, 6)}<section {mark}><h2>Shops of our town</h2>{list}</section>");
        var life = PageLife.Of(Shops("", $"<ul><li>{Link}</li>{Rival}</ul>"));

        life.Check(Answer(Shops("aria-busy=\"true\"", "<ul><li class=\"skeleton\"></li></ul>")), ADay);

        Assert.Equal([ReasonCode.ScriptOnly], life.Last!.Reasons.Select(reason => reason.Code));
    }

    [Theory]
    [InlineData("<button>Show 1 comment</button>")]
    [InlineData("<div id=\"thread\">Loading…</div><script src=\"/thread.js\"></script>")]
    public void One_short_comment_of_which_a_script_is_to_show_more_may_be_there(string left)
    {
        static string Comments(string comments) => Page(Text(0, 6), $"<section id=\"comments\"><h2>Comments</h2>{comments}</section>");
        var life = PageLife.Of(Comments($"<div><b>Reader</b><p>Mine came from the {Link}.</p></div>"));

        life.Check(Answer(Comments(left)), ADay);

        Assert.Equal([ReasonCode.ScriptOnly], life.Last!.Reasons.Select(reason => reason.Code));
    }

    public static TheoryData<string, string> RealEnds => new()
    {
        { "the other shop stays", $"<section><h2>Shops of our town</h2><ul>{Rival}</ul></section>" },
        { "the whole part", "" },
        { "words in its place", "<section><h2>Shops of our town</h2><p>We do not name shops any more.</p></section>" },
        { "an empty part that was there before", "<section><h2>Shops of our town</h2></section><div class=\"ad-4711\"></div>" },
    };

    [Theory]
    [MemberData(nameof(RealEnds))]
    public void A_link_that_was_taken_out_of_a_list_is_lost(string what, string part)
    {
        var life = PageLife.Of(Page(
            $"{Text(0, 6)}<section><h2>Shops of our town</h2><ul><li>{Link}</li>{Rival}</ul></section>"
                + "<div class=\"ad-4710\"></div>"));

        life.Check(Answer(Page(Text(0, 6) + part)), ADay);

        Assert.True(life.Status.State == LinkState.Lost, $"{what}: {life.Last!.Identity?.Sign}");
    }

    [Theory]
    [InlineData("<p>No comments.</p>")]
    [InlineData("<p>No comments.</p><form action=\"/comment\"><textarea name=\"text\"></textarea><button>Send</button></form>")]
    [InlineData("<div><b>Ann</b><p>Nice text.</p></div>")]
    public void A_comment_that_was_deleted_has_lost_the_link(string left)
    {
        static string Comments(string comments) => Page(Text(0, 6), $"<section id=\"comments\"><h2>Comments</h2>{comments}</section>");
        var life = PageLife.Of(Comments($"<div><b>Reader</b>{Text(30, 31)}{Linking}</div>"));

        life.Check(Answer(Comments(left)), ADay);

        Assert.Equal(LinkState.Lost, life.Status.State);
    }

    [Theory]
    [InlineData(5, "")]
    [InlineData(3, "<p><a href=\"/stories/1\">A story</a></p><p><a href=\"/stories/2\">Another story</a></p>")]
    public void Another_text_without_any_of_its_links_is_another_page_also_under_its_name(int paragraphs, string list)
    {
        var life = Article(12, linkAt: 8).Check(Answer(Page(Text(40, 40 + paragraphs) + list)), ADay);

        Assert.Equal(LinkState.Live, life.Status.State);
        Assert.Equal([ReasonCode.PageReplaced], life.Last!.Reasons.Select(reason => reason.Code));
        Assert.Contains("another text stands under its title, “Ten lamps", life.Last.Suspected!.Message, StringComparison.Ordinal);
        Assert.NotEqual(life.Last.Suspected.Expected, life.Last.Suspected.Found);
    }

    [Fact]
    public void A_title_that_is_longer_than_what_is_remembered_of_it_is_the_same_title()
    {
        var title = string.Join(' ', Enumerable.Range(0, 200).Select(n => $"word{n * 7919}"));
        string Html(string text) => $"<!doctype html><title>{title}</title><article><h1>{title}</h1>{text}</article>";
        var life = PageLife.Of(Html(Text(0, 6) + Linking));

        life.Check(Answer(Html(Text(0, 6) + Linking)), TimeSpan.FromHours(24));

        Assert.Contains("title as before", life.Last!.Identity!.Compared);
        Assert.Contains("heading as before", life.Last.Identity.Compared);
    }

    private static PageLife Article(int paragraphs, int linkAt) =>
        PageLife.Of(Page(Text(0, linkAt, withNeighbours: true) + Linking + Text(linkAt, paragraphs)));

    /// <summary>Paragraphs that have no sentence in common.</summary>
    private static string Text(int from, int to, bool withNeighbours = false) => string.Concat(
        Enumerable.Range(from, to - from).Select(n => $"<p>{Sentence(n)}</p>{(withNeighbours && n == 1 ? Neighbours : "")}"));

    private static string Sentence(int number) =>
        string.Join(' ', Enumerable.Range(0, 45).Select(word => Word((number * 45) + word))) + ".";

    // Not one like the other, as far as pieces of ten letters go.
    private static string Word(int number) => string.Create(
        CultureInfo.InvariantCulture, $"{(char)('a' + (number * 7 % 26))}{Convert.ToString((number * 2_654_435L) & 0xFFFFF, 16)}");

    private static string Page(string text, string below = "") =>
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>Ten lamps - The Workshop</title></head><body>"
            + "<nav><a href=\"/\">Home</a></nav>"
            + $"<main><article><h1>Ten lamps</h1>{text}</article>{below}</main>"
            + "<footer><p>The Workshop is a small magazine made by three friends of good light in rooms.</p>"
            + "<a href=\"/terms\">Terms</a></footer></body></html>";

    private static FetchedResponse Answer(string html) => PageLife.Answer(html);
}
