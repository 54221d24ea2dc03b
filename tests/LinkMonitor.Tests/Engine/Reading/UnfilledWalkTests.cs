using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading;

/// <summary>Which parts of a page came without content (<see cref="UnfilledWalk"/>).</summary>
public sealed class UnfilledWalkTests
{
    [Theory]
    [InlineData("<div id=\"shops\"></div>", "#shops")]
    [InlineData("<div class=\"slot-17\"> </div>", ".slot-")]
    [InlineData("<shop-list></shop-list>", "shop-list")]
    [InlineData("<ul data-feed-url=\"/shops\"><li>One moment</li></ul>", "data-feed-url")]
    [InlineData("<section aria-busy=\"true\"><p>Loading</p></section>", "aria-busy")]
    [InlineData("<button data-url=\"/shops\">Show more</button>", "data-url")]
    [InlineData("<turbo-frame src=\"/shops\"></turbo-frame>", "turbo-frame")]
    [InlineData("<div><script src=\"https://widget.example/list.js?v=3\"></script></div>", "https://widget.example/list.js")]
    public void A_part_without_content_is_found_by_its_name(string part, string name)
    {
        var found = Assert.Single(Of($"<main><p>Some words.</p>{part}<p>More words.</p></main>"));

        Assert.Equal((name, Placement.Main, "Some words.".Length), (found.Name, found.Placement, found.TextAt));
    }

    [Theory]
    [InlineData("<div id=\"shops\"><p>Three shops of our town.</p></div>")]
    [InlineData("<div data-url=\"/shops\"><p>Three shops of our town, where to find each, told by one who has been there often.</p></div>")]
    [InlineData("<img data-src=\"/a.png\"><a data-url=\"/a\" href=\"/a\">a</a>")]
    [InlineData("<div></div><p class=\"gap\"></p>")]
    [InlineData("<template id=\"row\"></template>")]
    public void What_has_content_or_is_no_place_for_it_is_none(string part) => Assert.Empty(Of($"<main><p>Some words.</p>{part}</main>"));

    [Theory]
    [InlineData("<ul class=\"late\"></ul>", "ul.late")]
    [InlineData("<table id=\"t\"><colgroup></colgroup><tbody></tbody></table>", "table#t")]
    [InlineData("<div q:container=\"paused\"></div>", "q:container")]
    [InlineData("<section><template id=\"B:0\"></template></section>", "template B:")]
    [InlineData("<section><iframe src=\"/list?page=2\"></iframe></section>", "iframe /list")]
    [InlineData("<section><script data-island-id=\"7\">fill()</script></section>", "script data-island-id")]
    public void What_ordinary_pages_have_too_is_faint(string part, string name)
    {
        var found = Assert.Single(Of($"<main><p>Some words.</p>{part}<p>More words.</p></main>"));

        Assert.Equal((name, true), (found.Name, found.IsFaint));
    }

    [Fact]
    public void A_text_for_readers_without_scripts_is_a_part_for_one() =>
        Assert.True(Assert.Single(Of("<main><p>Words.</p><noscript>Please enable JavaScript.</noscript></main>")).IsFaint);

    [Theory]
    [InlineData("<div class=\"wp-block-spacer\"></div>")]
    [InlineData("<div class=\"elementor-divider\"></div>")]
    [InlineData("<div class=\"clearfix\"></div>")]
    [InlineData("<div id=\"d\" role=\"separator\"></div>")]
    [InlineData("<noscript><img src=\"/a.png\"></noscript>")]
    [InlineData("<section><iframe src=\"https://video.example/7\"></iframe></section>")]
    [InlineData("<ul></ul><div role=\"status\"></div>")]
    public void What_is_to_stay_empty_or_is_another_sites_is_none(string part) =>
        Assert.Empty(Of($"<main><p>Some words.</p>{part}</main>"));

    [Fact]
    public void Scripts_of_the_whole_page_and_parts_of_its_frame_are_none() => Assert.Empty(Of(
        "<head><script src=\"/a.js\"></script></head><nav><div id=\"menu\"></div></nav><main><p>Some words.</p></main>"
            + "<script src=\"/b.js\"></script>"));

    [Fact]
    public void Parts_among_the_comments_are_told_from_those_of_the_text()
    {
        var found = Assert.Single(Of("<main><p>Some words.</p></main><section id=\"comments\"><div class=\"thread\"></div></section>"));

        Assert.Equal(Placement.Comments, found.Placement);
    }

    [Fact]
    public void No_more_than_two_hundred_are_kept() =>
        Assert.Equal(200, Of($"<main>{string.Concat(Enumerable.Repeat("<div class=\"a\"></div>", 300))}</main>").Count);

    [Fact]
    public void No_more_than_two_thousand_parts_that_may_stand_for_content_are_kept()
    {
        var buttons = string.Concat(Enumerable.Repeat("<button>x</button>", 3_000));

        Assert.Equal(2_000, PageAnswer.Read($"<!doctype html><main>{buttons}</main>").Shape.StandIns.Count);
    }

    private static IReadOnlyList<UnfilledPart> Of(string html) =>
        PageAnswer.Read($"<!doctype html><html>{html}</html>").Shape.Unfilled;
}
