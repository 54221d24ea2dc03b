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
    public void The_nearest_landmark_decides(string html, Placement expected)
    {
        var page = PageAnswer.Read(html.Replace("@", Link, StringComparison.Ordinal));

        Assert.Equal(expected, Assert.Single(page.Links).Placement);
    }
}
