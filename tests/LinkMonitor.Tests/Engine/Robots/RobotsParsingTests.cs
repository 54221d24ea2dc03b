using System.Text;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Robots;

/// <summary>Files as they are found on the web.</summary>
public sealed class RobotsParsingTests
{
    [Theory]
    [InlineData("User-agent: *\nDisallow: /private\n", 2)]
    [InlineData("User-agent: *\rDisallow: /private\r", 2)]
    [InlineData("User-agent: *\r\nDisallow: /private", 2)]
    [InlineData("\r\n\r\n\rUser-agent: *\n\nDisallow: /private", 6)]
    [InlineData("\uFEFFUser-agent: *\nDisallow: /private", 2)]
    [InlineData("\t USER-AGENT\t:\t*  # all\n  disallow  :  /private  # why", 2)]
    [InlineData("User-agent: * and everybody else\nDisallow: /private", 2)]
    [InlineData("User-agent: *\nNoindex: /\n:\nDisallow: /private", 4)]
    [InlineData("User-agent:LinkMonitor/2.0\nDisallow:/private", 2)]
    public void Line_ends_marks_comments_and_spaces_are_taken_as_they_come(string text, int line)
    {
        var ruling = RobotsTxt.Parse(Encoding.UTF8.GetBytes(text)).IsAllowed("LinkMonitor", Private);

        Assert.Equal((false, line), (ruling.Allowed, ruling.LineNumber));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_compared_as_bytes()
    {
        byte[] file = [.. "User-agent: *\nDisallow: /caf"u8, 0xE9, .. "\nDisallow: /\u00FCber\n"u8];

        var robots = RobotsTxt.Parse(file);

        Assert.Equal("Disallow: /caf\uFFFD", robots.IsAllowed("x", TestUrls.Parse("https://example.com/caf%e9")).Line);
        Assert.Equal("Disallow: /über", robots.IsAllowed("x", TestUrls.Parse("https://example.com/%C3%BCber")).Line);
        Assert.True(robots.IsAllowed("x", TestUrls.Parse("https://example.com/café")).Allowed);
    }

    [Fact]
    public void The_deciding_line_is_cut_and_safe_to_show()
    {
        var ruling = Parse("User-agent: *\nDisallow: /*\u001b[2J" + new string('*', 1000)).IsAllowed(
            "x", TestUrls.Parse("https://example.com/%1B[2J"));

        Assert.False(ruling.Allowed);
        Assert.True(ruling.Line!.Length <= 201);
        Assert.DoesNotContain('\u001b', ruling.Line);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void What_is_beyond_500_KiB_is_ignored_with_the_line_it_cuts(int tooLong, bool allowed)
    {
        const string Start = "User-agent: *\n";
        const string End = "\nDisallow: /private";
        var filling = new string('#', RobotsTxt.MaxBytes - Start.Length - End.Length + tooLong);

        var ruling = Parse(Start + filling + End).IsAllowed("x", Private);

        Assert.Equal(allowed, ruling.Allowed);
    }

    [Theory]
    [InlineData("user-agent: *\ncrawl-delay: 10", 10.0)]
    [InlineData("user-agent: *\ncrawl-delay: 0.5", 0.5)]
    [InlineData("user-agent: *\ncrawl-delay: 10\ncrawl-delay: 3", 10.0)]
    [InlineData("user-agent: *\ncrawl-delay: 99999999999", 86400.0)]
    [InlineData("user-agent: *\nuser-agent: linkmonitor\ncrawl-delay: 4", 4.0)]
    [InlineData("user-agent: *\ncrawl-delay: 10\nuser-agent: linkmonitor\ncrawl-delay: 2", 2.0)]
    [InlineData("user-agent: slow\ncrawl-delay: 30\n\nuser-agent: *\ndisallow: /x", null)]
    [InlineData("crawl-delay: 10\nuser-agent: *", null)]
    [InlineData("user-agent: *\ncrawl-delay: 0", null)]
    [InlineData("user-agent: *\ncrawl-delay: -5", null)]
    [InlineData("user-agent: *\ncrawl-delay: ten", null)]
    [InlineData("user-agent: *\ncrawl-delay: 1e9", null)]
    [InlineData("user-agent: other\ncrawl-delay: 10", null)]
    public void A_crawl_delay_counts_for_the_crawlers_named_before_it(string text, double? seconds) =>
        Assert.Equal(seconds is { } value ? TimeSpan.FromSeconds(value) : null, Parse(text).CrawlDelay("LinkMonitor"));

    [Fact]
    public void Sitemaps_belong_to_no_group_and_are_absolute()
    {
        var robots = Parse(
            "Sitemap: https://example.com/a.xml\nuser-agent: x\nsitemap:https://example.org/ü.xml # b\nSitemap: /relative.xml\nSitemap: "
                + "ftp://a/b");

        Assert.Equal(["https://example.com/a.xml", "https://example.org/%C3%BC.xml"], robots.Sitemaps.Select(url => url.Href));
    }

    [Fact]
    public void Hostile_files_take_no_more_than_a_moment()
    {
        var crawlers = string.Concat(Enumerable.Repeat("user-agent: *\ncrawl-delay: 1\n", 9_000))
            + string.Concat(Enumerable.Repeat("disallow: /*a*b*c*d$\n", 10_000));
        var wildcards = "user-agent: *\ndisallow: /" + string.Concat(Enumerable.Repeat("*a", 200_000)) + "$\n";
        var url = TestUrls.Parse("https://example.com/" + new string('a', 60_000));

        Assert.True(Parse(crawlers).IsAllowed("x", url).Allowed);
        Assert.True(Parse(wildcards).IsAllowed("x", url).Allowed);
    }

    private static readonly WebUrl Private = TestUrls.Parse("https://example.com/private/page");

    private static RobotsTxt Parse(string text) => RobotsTxt.Parse(Encoding.UTF8.GetBytes(text));
}
