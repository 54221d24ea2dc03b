using LinkMonitor.Engine.Links;
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
}
