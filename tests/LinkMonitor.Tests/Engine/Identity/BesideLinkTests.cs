using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Identity;

/// <summary>What is remembered of the text on both sides of a link.</summary>
public sealed class BesideLinkTests
{
    private const string Target = "https://shop.example.com/lamps";
    private const string Link = $"<a href=\"{Target}\">Lamp shop</a>";

    [Fact]
    public void The_block_that_holds_the_link_is_on_neither_side()
    {
        var beside = Of(
            $"<p>Above it stands this sentence.</p><p>In its block <i>the {Link}</i> has words.</p><p>Below it stands that one.</p>");

        Assert.Equal(("Above it stands this sentence.", "Below it stands that one."), (beside.EdgeAbove, beside.EdgeBelow));
        Assert.Equal(1, TextSample.ShareIn(beside.Above, "Above it stands this sentence."));
        Assert.Equal(1, TextSample.ShareIn(beside.Below, "Below it stands that one."));
        Assert.Equal(0, TextSample.ShareIn(beside.Below, "In its block the Lamp shop has words."));
    }

    [Fact]
    public void Below_a_link_in_the_main_part_counts_nothing_of_the_pages_frame()
    {
        var beside = Of(
            $"<main><p>Words.</p><p>{Link}</p></main><aside>Latest stories of ours</aside>"
                + "<footer><a href=\"https://social.example/\">Us</a></footer>");

        Assert.Equal((0, Placement.Main), (beside.BelowLength, beside.Placement));
        Assert.Empty(beside.LinksBelow);
    }

    [Fact]
    public void Links_to_other_sites_below_it_are_found_again_in_the_main_part_only()
    {
        const string Others =
            "<p><a href=\"https://one.example/\">One</a> <a href=\"https://two.example/\">two</a> <a href=\"/own\">own</a></p>";
        var beside = Of($"<main><p><a href=\"https://above.example/\">Above</a></p><p>{Link}</p>{Others}</main>");

        Assert.Equal(2, beside.LinksBelow.Count);
        Assert.Equal(2, beside.LinksKept(Read($"<main>{Others}</main>")));
        Assert.Equal(1, beside.LinksKept(Read("<main><a href=\"https://two.example/\">2</a></main>")));
        Assert.Equal(0, beside.LinksKept(Read("<footer><a href=\"https://two.example/\">2</a></footer><main><p>Words.</p></main>")));
    }

    [Fact]
    public void On_a_page_without_blocks_no_more_than_a_paragraph_counts_as_the_links_own()
    {
        var text = string.Join("<br>", Enumerable.Range(100, 400).Select(n => $"Line number {n} of the page."));

        var beside = Of($"<div>{text}<br>{Link}<br>{text}</div>");

        Assert.InRange(beside.BelowLength, 5_000, 6_000);
    }

    private static BesideLink Of(string html)
    {
        var page = Read(html);
        return BesideLink.Of(page, page.Links.Single(link => link.Href == Target));
    }

    private static PageReading Read(string html) => PageAnswer.Read($"<!doctype html>{html}");
}
