using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Identity;

/// <summary>
/// What is remembered of the text on both sides of a link, in its <see cref="Article"/>, and of the parts that hold it
/// (<see cref="PartEdges"/>).
/// </summary>
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
        Assert.Equal(2, BesideLink.CountKept(beside.LinksBelow, Read($"<main>{Others}</main>")));
        Assert.Equal(1, BesideLink.CountKept(beside.LinksBelow, Read("<main><a href=\"https://two.example/\">2</a></main>")));
        Assert.Equal(
            0, BesideLink.CountKept(
                beside.LinksBelow, Read("<footer><a href=\"https://two.example/\">2</a></footer><main><p>Words.</p></main>")));
    }

    [Fact]
    public void On_a_page_without_blocks_no_more_than_a_paragraph_counts_as_the_links_own()
    {
        var text = string.Join("<br>", Enumerable.Range(100, 400).Select(n => $"Line number {n} of the page."));

        var beside = Of($"<div>{text}<br>{Link}<br>{text}</div>");

        Assert.InRange(beside.BelowLength, 5_000, 6_000);
    }

    [Fact]
    public void Only_the_article_counts_and_not_the_parts_of_their_own_before_and_after_it()
    {
        const string Bar = "<div class=\"bar\"><a href=\"https://bar.example/\">Bar</a></div>";
        const string Box = "<div class=\"box\"><p>Words on who wrote it, which stand below every text of the site, whatever it is about, "
            + "as long as a short paragraph.</p><a href=\"https://box.example/\">Box</a></div>";
        var text = Text(6);

        foreach (var page in (string[])
            [$"<main><div>{Bar}{text}{Box}</div></main>", $"<main>{Bar}<div>{text}</div>{Box}</main>", $"{Bar}{text}{Box}"])
        {
            var beside = Of(page);

            Assert.Equal(2, beside.ArticleLinks!.Count);
            Assert.Single(beside.LinksBelow);
            Assert.Equal(0, TextSample.ShareIn(beside.Below, "Words on who wrote it, which stand below every text"));
        }
    }

    [Fact]
    public void Blocks_of_one_name_are_the_text_whatever_their_name()
    {
        var text = Text(6).Replace("<p>", "<div class=\"para\">", StringComparison.Ordinal)
            .Replace("</p>", "</div>", StringComparison.Ordinal);

        var beside = Of($"<main>{text}<div class=\"box\"><a href=\"https://box.example/\">Box</a></div></main>");

        Assert.Equal(2, beside.ArticleLinks!.Count);
    }

    [Fact]
    public void A_link_beside_the_text_has_all_that_stands_between_in_its_article()
    {
        var shops = string.Concat(Enumerable.Range(0, 3).Select(n => $"<li><a href=\"https://shop{n}.example/\">Shop {n}</a></li>"));

        var beside = Of(
            $"<main><div class=\"text\">{Text(6).Replace(Link, "shop", StringComparison.Ordinal)}</div>"
                + $"<section class=\"shops\"><ul>{shops}<li>{Link}</li></ul></section></main>");

        Assert.Equal(5, beside.ArticleLinks!.Count);
    }

    [Fact]
    public void On_a_page_without_running_text_all_of_the_main_part_counts()
    {
        var beside = Of($"<main><ul><li>{Link}</li><li><a href=\"https://one.example/\">One</a></li></ul></main>");

        Assert.Single(beside.ArticleLinks!);
    }

    [Fact]
    public void The_edges_of_each_part_that_holds_the_link_are_kept_once()
    {
        var beside = Of(
            $"<p>All above it.</p><section><h2>Shops</h2><ul class=\"s\"><li>First <b>one</b></li><li>See {Link}.</li>"
                + "<li>Third</li></ul></section><p>All below it.</p>");

        Assert.Equal(
            [
                new("All above it. Shops First one", "Third All below it."), new("All above it. Shops", "All below it."),
                new("All above it.", "All below it."),
            ],
            beside.Around!);
        Assert.Null(beside.OwnList);
    }

    [Fact]
    public void A_list_with_one_entry_is_kept_by_name() =>
        Assert.Equal("ul.shops", Of($"<p>Words.</p><ul class=\"shops\"><li>{Link}</li></ul>").OwnList);

    [Theory]
    [InlineData("<h2>Shops</h2><div class=\"c\">One</div><div class=\"c\">LINK</div><div class=\"c\">Three</div><p>All below it.</p>")]
    [InlineData("<h2>Shops</h2><h3>One</h3><p>First.</p><h3>Two</h3><p>LINK</p><h3>Three</h3><p>Third.</p><h2>All below it.</h2>")]
    public void What_belongs_together_without_an_element_around_it_has_edges_too(string html)
    {
        var beside = Of($"<p>All above it.</p>{html.Replace("LINK", Link, StringComparison.Ordinal)}");

        Assert.Contains(new PartEdges("All above it. Shops", "All below it."), beside.Around!);
    }

    [Fact]
    public void Hidden_text_and_scripts_do_not_move_the_edges()
    {
        var beside = Of(
            $"<p>All above it.</p><ul><li hidden>Not shown</li><li>One<script>var a = 'b';</script></li><li>{Link}</li></ul>"
                + "<p>All below.</p>");

        Assert.Contains(new PartEdges("All above it.", "All below."), beside.Around!);
    }

    [Fact]
    public void A_page_that_nests_deep_is_no_long_work()
    {
        var deep = string.Concat(Enumerable.Repeat("<div>", 400));

        var text = string.Concat(Enumerable.Repeat(Text(6), 30)).Replace(Link, "shop", StringComparison.Ordinal);

        Assert.NotNull(Of($"{deep}{text}<p>{Link}</p>"));
    }

    private static string Text(int paragraphs) => string.Concat(Enumerable.Range(0, paragraphs).Select(
        n => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"<p>Paragraph {n * 7919} says what is to be said of its {n * 104729}, in as many words as it takes, and then some of {n}.</p>")
            + n switch
            {
                1 => "<p>See <a href=\"https://above.example/\">above</a>.</p>",
                2 => $"<p>The {Link}.</p>",
                3 => "<p>See <a href=\"https://below.example/\">below</a>.</p>",
                _ => "",
            }));

    private static BesideLink Of(string html)
    {
        var page = Read(html);
        return BesideLink.Of(page, page.Links.Single(link => link.Href == Target));
    }

    private static PageReading Read(string html) => PageAnswer.Read($"<!doctype html>{html}");
}
