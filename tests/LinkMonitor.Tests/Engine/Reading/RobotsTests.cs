using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading;

public sealed class RobotsTests
{
    [Theory]
    [InlineData("<meta name=robots content=noindex>", false, true, "meta robots: noindex")]
    [InlineData("<meta name=Robots content='index, NoFollow'>", true, false, "meta robots: nofollow")]
    [InlineData("<meta name=googlebot content=none>", false, false, "meta googlebot: none")]
    [InlineData("<meta name=robots content='noindex nofollow'>", false, false, "meta robots: noindex|meta robots: nofollow")]
    [InlineData("<meta name=robots content=noindex><meta name=googlebot content='index,follow'>", false, true, "meta robots: noindex")]
    [InlineData("<meta name=robots content=noindex><meta name=robots content=noindex>", false, true, "meta robots: noindex")]
    [InlineData("<body><meta name=robots content=nofollow>", true, false, "meta robots: nofollow")]
    [InlineData("<meta name=robots content='all, max-snippet:20, noarchive, noindexed'>", true, true, "")]
    [InlineData("<meta name=bingbot content=none>", true, true, "")]
    [InlineData("<meta name=googlebot-news content=none>", true, true, "")]
    [InlineData("<meta property=robots content=none>", true, true, "")]
    [InlineData("<meta name=robots>", true, true, "")]
    [InlineData("<template><meta name=robots content=none></template>", true, true, "")]
    public void Meta_elements_for_robots_and_googlebot_are_united(string html, bool index, bool follow, string reasons)
    {
        var robots = PageAnswer.Read(html).Robots;

        Assert.Equal((index, follow, reasons), (robots.Index, robots.Follow, string.Join('|', robots.Reasons)));
    }

    [Theory]
    [InlineData("noindex", false, true, "X-Robots-Tag: noindex")]
    [InlineData("NOINDEX, nofollow", false, false, "X-Robots-Tag: noindex|X-Robots-Tag: nofollow")]
    [InlineData("none", false, false, "X-Robots-Tag: none")]
    [InlineData("googlebot: nofollow", true, false, "X-Robots-Tag: googlebot: nofollow")]
    [InlineData("GoogleBot:none", false, false, "X-Robots-Tag: googlebot: none")]
    [InlineData("*: noindex", false, true, "X-Robots-Tag: *: noindex")]
    [InlineData("robots: noindex", false, true, "X-Robots-Tag: robots: noindex")]
    [InlineData("otherbot: noindex, nofollow", true, true, "")]
    [InlineData("googlebot-news: noindex", true, true, "")]
    [InlineData("otherbot: noindex, googlebot: nofollow", true, false, "X-Robots-Tag: googlebot: nofollow")]
    [InlineData(
        "unavailable_after: Friday, 25 Jun 2010 15:00:00 PST, noindex",
        false,
        true,
        "X-Robots-Tag: noindex|X-Robots-Tag: unavailable_after: Friday, 25 Jun 2010 15:00:00 PST")]
    [InlineData("unavailable_after: 2020-09-21T15:00:00Z", false, true, "X-Robots-Tag: unavailable_after: 2020-09-21T15:00:00Z")]
    [InlineData("unavailable_after: 2030-09-21T15:00:00Z", true, true, "")]
    [InlineData("otherbot: unavailable_after: 2020-09-21", true, true, "")]
    [InlineData(
        "googlebot: unavailable_after: 25-Jun-2010 15:00:00 EST",
        false,
        true,
        "X-Robots-Tag: googlebot: unavailable_after: 25-Jun-2010 15:00:00 EST")]
    [InlineData("unavailable_after: whenever", true, true, "")]
    [InlineData("max-snippet:20, max-image-preview: large, max-video-preview:-1, nofollow", true, false, "X-Robots-Tag: nofollow")]
    [InlineData("googlebot: max-snippet:20, noindex", false, true, "X-Robots-Tag: googlebot: noindex")]
    [InlineData(": noindex", false, true, "X-Robots-Tag: noindex")]
    [InlineData("", true, true, "")]
    public void Header_fields_hold_for_the_agent_they_name(string header, bool index, bool follow, string reasons)
    {
        var robots = PageAnswer.Read("", $"X-Robots-Tag: {header}").Robots;

        Assert.Equal((index, follow, reasons), (robots.Index, robots.Follow, string.Join('|', robots.Reasons)));
    }

    [Fact]
    public void Header_and_meta_are_united_and_the_more_restrictive_wins()
    {
        var robots = PageAnswer.Read(
            "<meta name=robots content='index, nofollow'>", "X-Robots-Tag: otherbot: none", "X-Robots-Tag: noindex").Robots;

        Assert.Equal((false, false), (robots.Index, robots.Follow));
        Assert.Equal(["meta robots: nofollow", "X-Robots-Tag: noindex"], robots.Reasons);
    }
}
