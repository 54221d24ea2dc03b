using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reading.Trees;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Links;

public sealed class PlacementTests
{
    private const string Link = "<a href=/x>x</a>";

    [Theory]
    [InlineData("<p>@", Placement.Main)]
    [InlineData("<nav>@", Placement.Nav)]
    [InlineData("<header>@", Placement.Header)]
    [InlineData("<footer>@", Placement.Footer)]
    [InlineData("<aside>@", Placement.Aside)]
    [InlineData("<aside><main>@", Placement.Main)]
    [InlineData("<footer><nav>@", Placement.Nav)]
    [InlineData("<div role=navigation>@", Placement.Nav)]
    [InlineData("<div role=banner>@", Placement.Header)]
    [InlineData("<div role=contentinfo>@", Placement.Footer)]
    [InlineData("<div role=complementary>@", Placement.Aside)]
    [InlineData("<footer><div role='MAIN region'>@", Placement.Main)]
    [InlineData("<footer role=presentation>@", Placement.Footer)]
    [InlineData("<article><footer>@", Placement.Main)]
    [InlineData("<main><header>@", Placement.Main)]
    [InlineData("<section><footer>@", Placement.Main)]
    [InlineData("<aside><header>@", Placement.Aside)]
    [InlineData("<nav><footer>@", Placement.Nav)]
    [InlineData("<main><div class=footer>@", Placement.Main)]
    [InlineData("<main><div role=contentinfo>@", Placement.Footer)]
    [InlineData("<article></article><footer>@", Placement.Footer)]
    [InlineData("<div class='x Site-Footer'>@", Placement.Footer)]
    [InlineData("<div id=footer>@", Placement.Footer)]
    [InlineData("<div class=sidebar>@", Placement.Aside)]
    [InlineData("<li class='widget widget_text'>@", Placement.Aside)]
    [InlineData("<div class=menu>@", Placement.Nav)]
    [InlineData("<div class=masthead>@", Placement.Header)]
    [InlineData("<div id=comments>@", Placement.Comments)]
    [InlineData("<div id=disqus_thread>@", Placement.Comments)]
    [InlineData("<ol class=comment-list><li class=comment><footer class=x>@", Placement.Footer)]
    [InlineData("<ol class=comment-list><article class=comment><footer>@", Placement.Comments)]
    [InlineData("<article class=comment>@", Placement.Comments)]
    [InlineData("<aside class=comments>@", Placement.Comments)]
    [InlineData("<div class='widget comments'>@", Placement.Comments)]
    [InlineData("<div class='footer widget'>@", Placement.Footer)]
    [InlineData("<body class='sidebar'>@", Placement.Main)]
    [InlineData("<article class='widget'>@", Placement.Main)]
    [InlineData("<div class=has-sidebar>@", Placement.Main)]
    [InlineData("<p><span class=menu>@", Placement.Main)]
    [InlineData("<nav></nav>@", Placement.Main)]
    [InlineData("<div class=c-footer__links>@", Placement.Footer)]
    [InlineData("<div class=site-footer__inner>@", Placement.Footer)]
    [InlineData("<div class='elementor elementor-location-footer'>@", Placement.Footer)]
    [InlineData("<div class=footer-inner>@", Placement.Footer)]
    [InlineData("<div class=footer-col-3>@", Placement.Footer)]
    [InlineData("<div class=footer--dark>@", Placement.Footer)]
    [InlineData("<div class=ast-footer-copyright>@", Placement.Footer)]
    [InlineData("<div class=theme_footer_wrap>@", Placement.Footer)]
    [InlineData("<footer class=wp-block-template-part>@", Placement.Footer)]
    [InlineData("<div class='wp-block-template-part site-sidebar'>@", Placement.Aside)]
    [InlineData("<div class=sidebar__inner>@", Placement.Aside)]
    [InlineData("<div id=sidebar-1>@", Placement.Aside)]
    [InlineData("<div class=entry-footer>@", Placement.Main)]
    [InlineData("<div class=card-footer>@", Placement.Main)]
    [InlineData("<div class=no-footer>@", Placement.Main)]
    [InlineData("<div class=with-sidebar>@", Placement.Main)]
    [InlineData("<div class=page--sidebar>@", Placement.Main)]
    [InlineData("<div class=barefooter>@", Placement.Main)]
    [InlineData("<div class=footer-story>@", Placement.Main)]
    public void The_nearest_landmark_decides(string html, Placement expected)
    {
        var page = PageAnswer.Read(html.Replace("@", Link, StringComparison.Ordinal));

        Assert.Equal(expected, Assert.Single(page.Links).Placement);
    }

    [Theory]
    [InlineData("<div class=SiteFooter>@", Placement.Footer)]
    [InlineData("<div class=siteFooter__links>@", Placement.Footer)]
    [InlineData("<div class=Footer_root__k3Jq>@", Placement.Footer)]
    [InlineData("<div class=styles_footer__9aXw>@", Placement.Footer)]
    [InlineData("<div class=Footer-module--wrapper--1b2c>@", Placement.Footer)]
    [InlineData("<div class=footer_footer__Zz12>@", Placement.Footer)]
    [InlineData("<div class=MainSidebar>@", Placement.Aside)]
    [InlineData("<div class=CardFooter>@", Placement.Main)]
    [InlineData("<div class=Barefooter>@", Placement.Main)]
    [InlineData("<div class=withSidebar>@", Placement.Main)]
    public void A_component_is_known_by_the_words_in_its_name(string html, Placement expected) =>
        The_nearest_landmark_decides(html, expected);

    private const string Story = "<h1>Tea</h1><p>Of tea and teapots, and of all that can be said of both on a wet day in the north.</p>";

    [Theory]
    [InlineData("<main>#</main><div class=acme-footer>@</div>", Placement.Footer)]
    [InlineData("<div id=wrap><div id=top></div><div>#</div><div class=acme-page-footer>@</div></div><script></script>", Placement.Footer)]
    [InlineData("<div>#</div><div id=zen-section-footer class=zen-section><p>@</p></div>", Placement.Footer)]
    [InlineData("<div>#</div><div class=q-footer-wrapper>@</div><div class=q-sub-footer><p>All is ours</p></div>", Placement.Footer)]
    [InlineData("<div>#</div><div class=q-footer>@</div><div class=o><a href=y>A menu for small windows</a></div>", Placement.Footer)]
    [InlineData("<div>#</div><div class=q-footer>@</div><div class=ask><p>May we set cookies?</p></div>", Placement.Footer)]
    [InlineData("<div>#</div><div class=acme-footer>@</div><footer>(c) Anna</footer>", Placement.Footer)]
    [InlineData("<div class=acme-footer>@</div><div>#</div>", Placement.Main)]
    [InlineData("<main>#<div class=acme-footer>@</div></main>", Placement.Main)]
    [InlineData("<article>#<div class=post-footer>@</div></article>", Placement.Main)]
    [InlineData("<div class=post>#<div class=post-footer>@</div></div>", Placement.Main)]
    [InlineData("<div class=box>#<div class=entry-footer>@</div></div><footer>(c) Anna</footer>", Placement.Main)]
    [InlineData("<div>#</div><div class=grid><div class=z><p>One</p><div class=card-footer>@</div></div></div>", Placement.Main)]
    [InlineData("<div class=nav></div><div class='page has-footer'>#@</div>", Placement.Main)]
    [InlineData("<div class=has-footer><p>Tea</p>@</div>", Placement.Main)]
    [InlineData("<div>#</div><div><div><div><div><div class=acme-footer>@", Placement.Main)]
    public void The_footer_of_something_is_the_page_s_where_the_page_ends(string html, Placement expected)
    {
        var page = PageAnswer.Read(html.Replace("#", Story, StringComparison.Ordinal).Replace("@", Link, StringComparison.Ordinal));

        Assert.Equal(expected, page.Links[0].Placement);
    }

    [Theory]
    [InlineData("<div class='widget Blog' id=Blog1>%@</div><div class=widget>Days of old</div>", Placement.Main)]
    [InlineData("<div class=l-main-sidebar>%@<div>About us</div></div>", Placement.Main)]
    [InlineData("<div class=sidebar-left>%<div class=sidebar>@</div></div>", Placement.Aside)]
    [InlineData("<div class=sidebar>%@</div><div>%</div>", Placement.Aside)]
    [InlineData("<div class=sidebar>#@</div>", Placement.Aside)]
    [InlineData("<div class=sidebar><a href=/y>%</a>@</div>", Placement.Aside)]
    [InlineData("<aside>%@</aside>", Placement.Aside)]
    [InlineData("<div class=site-footer>%@</div>", Placement.Footer)]
    public void What_holds_most_of_the_text_is_no_side_column(string html, Placement expected)
    {
        var text = string.Concat(Enumerable.Repeat(Story, 700 / Story.Length + 1));
        var page = PageAnswer.Read(
            html.Replace("%", text, StringComparison.Ordinal).Replace("#", Story[..Math.Min(Story.Length, 300)], StringComparison.Ordinal)
                .Replace("@", Link, StringComparison.Ordinal));

        Assert.Equal(expected, page.Links[^1].Placement);
    }

    [Fact]
    public void Looking_for_most_of_the_text_has_an_end()
    {
        var many = string.Concat(Enumerable.Repeat("<div class=sidebar><b></b>", 500));

        var page = PageAnswer.Read($"{many}{string.Concat(Enumerable.Repeat(Story + "<i></i>", 2_000))}{Link}");

        Assert.Equal(Placement.Aside, Assert.Single(page.Links).Placement);
    }

    [Fact]
    public void Looking_for_the_page_s_end_has_an_end()
    {
        var many = string.Concat(Enumerable.Repeat("<div class=x-footer><b></b></div>", 20_000));

        var page = PageAnswer.Read($"<div>{Story}</div>{many}<div class=x-footer>{Link}</div>");

        Assert.Equal(Placement.Main, Assert.Single(page.Links).Placement);
    }

    [Theory]
    [InlineData("acme-footer", "acme")]
    [InlineData("zen-section-footer", "zen-section")]
    [InlineData("acme-footer__inner", "acme")]
    [InlineData("acme-footer-story", null)]
    [InlineData("footer", null)]
    [InlineData("barefooter", null)]
    public void A_name_says_of_what_it_is_the_footer(string name, string? owner)
    {
        Assert.Equal(owner, Landmark.FooterOf([name]));
        Assert.False(new PageEnd().IsAt(new PageElement("div", ElementSpace.Html, []), "acme"));
    }
}
