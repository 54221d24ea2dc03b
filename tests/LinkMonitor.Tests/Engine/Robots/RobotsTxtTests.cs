using System.Text;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Robots;

/// <summary>Which rule decides: RFC 9309, section 2.2, and what Google documents beyond it.</summary>
public sealed class RobotsTxtTests
{
    /// <summary>Google's table of paths: what a disallow line with the path covers, and what not.</summary>
    public static TheoryData<string, string, bool> Paths() => new()
    {
        { "/", "/", true },
        { "/", "/fish", true },
        { "/*", "/fish?id=1", true },
        { "/$", "/", true },
        { "/$", "/fish", false },
        { "/fish", "/fish", true },
        { "/fish", "/fish.html", true },
        { "/fish", "/fish/salmon.html", true },
        { "/fish", "/fishheads", true },
        { "/fish", "/fishheads/yummy.html", true },
        { "/fish", "/fish.php?id=anything", true },
        { "/fish", "/Fish.asp", false },
        { "/fish", "/catfish", false },
        { "/fish", "/?id=fish", false },
        { "/fish", "/desert/fish", false },
        { "/fish*", "/fish", true },
        { "/fish*", "/fishheads/yummy.html", true },
        { "/fish*", "/desert/fish", false },
        { "/fish/", "/fish/", true },
        { "/fish/", "/fish/?id=anything", true },
        { "/fish/", "/fish/salmon.htm", true },
        { "/fish/", "/fish", false },
        { "/fish/", "/fish.html", false },
        { "/fish/", "/animals/fish/", false },
        { "/fish/", "/Fish/Salmon.asp", false },
        { "/*.php", "/index.php", true },
        { "/*.php", "/filename.php", true },
        { "/*.php", "/folder/filename.php", true },
        { "/*.php", "/folder/filename.php?parameters", true },
        { "/*.php", "/folder/any.php.file.html", true },
        { "/*.php", "/filename.php/", true },
        { "/*.php", "/", false },
        { "/*.php", "/windows.PHP", false },
        { "/*.php$", "/filename.php", true },
        { "/*.php$", "/folder/filename.php", true },
        { "/*.php$", "/filename.php?parameters", false },
        { "/*.php$", "/filename.php/", false },
        { "/*.php$", "/filename.php5", false },
        { "/*.php$", "/windows.PHP", false },
        { "/fish*.php", "/fish.php", true },
        { "/fish*.php", "/fishheads/catfish.php?parameters", true },
        { "/fish*.php", "/Fish.PHP", false },

        // Beyond Google's table: pieces that overlap, repeat or are empty.
        { "/a*b*c$", "/abcbc", true },
        { "/a*b*c$", "/acb", false },
        { "/ab*ba$", "/aba", false },
        { "/ab*ba$", "/abba", true },
        { "/**/x", "/a/x", true },
        { "/a*$", "/abc", true },
        { "/a$b", "/a$b", true },
        { "/a$b", "/a", false },
        { "*/fish", "/desert/fish", true },
        { "fish", "/fish", false },
        { "$", "/", false },
        { "/a b", "/a%20b", true },
    };

    /// <summary>RFC 9309, section 2.2.2 and its table of encodings.</summary>
    public static TheoryData<string, string, bool> Encodings() => new()
    {
        { "/foo/bar?baz=quz", "/foo/bar?baz=quz", true },
        { "/foo/bar?baz=http://foo.bar", "/foo/bar?baz=http%3A%2F%2Ffoo.bar", true },
        { "/foo/bar?baz=http%3A%2F%2Ffoo.bar", "/foo/bar?baz=http://foo.bar", true },
        { "/*baz=http%3a%2f%2ffoo?", "/foo/bar?baz=http://foo", false },
        { "/foo/bar/ツ", "/foo/bar/%E3%83%84", true },
        { "/foo/bar/%E3%83%84", "/foo/bar/ツ", true },
        { "/foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", true },
        { "/foo/bar/%62%61%7A", "/foo/bar/baz", true },
        { "/foo/bar/baz", "/foo/bar/%62%61%7A", true },
        { "/foo%2Fbar", "/foo/bar", false },
        { "/foo/bar", "/foo%2Fbar", false },
        { "/foo%2fbar", "/foo%2Fbar", true },
        { "/path/file-with-a-%2A.html", "/path/file-with-a-*.html", true },
        { "/path/file-with-a-%2A.html", "/path/file-with-a-b.html", false },
        { "/path/foo-%24", "/path/foo-$", true },
        { "/path/foo-%24", "/path/foo-", false },
        { "/o'brien", "/o%27brien", true },
        { "/*/private/", "/x?next=/private/", true },
        { "/*/private/", "/x?next=%2Fprivate%2F", false },
        { "/100%", "/100%", true },
        { "/100%25", "/100%", false },
    };

    /// <summary>Google's table of precedence, and RFC 9309, section 5.2.</summary>
    public static TheoryData<string, string, bool, string> Precedence() => new()
    {
        { "allow: /p\ndisallow: /", "/page", true, "allow: /p" },
        { "allow: /folder\ndisallow: /folder", "/folder/page", true, "allow: /folder" },
        { "disallow: /folder\nallow: /folder", "/folder/page", true, "allow: /folder" },
        { "allow: /page\ndisallow: /*.htm", "/page.htm", false, "disallow: /*.htm" },
        { "allow: /page\ndisallow: /*.ph", "/page.php5", true, "allow: /page" },
        { "allow: /$\ndisallow: /", "/", true, "allow: /$" },
        { "allow: /$\ndisallow: /", "/page.htm", false, "disallow: /" },
        {
            "allow: /example/page/\ndisallow: /example/page/disallowed.gif",
            "/example/page/disallowed.gif",
            false,
            "disallow: /example/page/disallowed.gif"
        },
        { "disallow: /a\ndisallow: /a", "/a", false, "disallow: /a" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    [MemberData(nameof(Encodings))]
    public void A_path_covers_what_it_begins(string pattern, string path, bool covers)
    {
        var robots = Parse($"User-agent: *\nDisallow: {pattern}\n");

        var ruling = robots.IsAllowed("LinkMonitor", Url(path));

        Assert.Equal(!covers, ruling.Allowed);
        Assert.Equal(covers ? 2 : null, ruling.LineNumber);
    }

    [Theory]
    [MemberData(nameof(Precedence))]
    public void The_longest_path_decides_and_allow_wins_a_tie(string rules, string path, bool allowed, string line)
    {
        var robots = Parse($"user-agent: *\n{rules}\n");

        var ruling = robots.IsAllowed("LinkMonitor", Url(path));

        Assert.Equal((allowed, line), (ruling.Allowed, ruling.Line));
    }

    [Theory]
    [InlineData("Googlebot-News", 1)]
    [InlineData("googlebot-news", 1)]
    [InlineData("Googlebot", 3)]
    [InlineData("GOOGLEBOT", 3)]
    [InlineData("Googlebot-Image", 3)]
    [InlineData("Storebot-Google", 2)]
    [InlineData("Otherbot", 2)]
    [InlineData("Google", 2)]
    public void The_most_specific_group_counts_and_no_other(string crawler, int group)
    {
        var robots = Parse(
            "user-agent: googlebot-news\ndisallow: /1\n\nuser-agent: *\ndisallow: /2\n\nuser-agent: googlebot/1.2\ndisallow: /3\n");

        Assert.Equal([group], Enumerable.Range(1, 3).Where(path => !robots.IsAllowed(crawler, Url($"/{path}")).Allowed));
    }

    [Fact]
    public void Groups_of_one_crawler_are_one_and_a_group_may_name_several()
    {
        var robots = Parse(
            """
            user-agent: a
            disallow: /c
            user-agent: *
            disallow: /x
            user-agent: b
            user-agent: A*
            disallow: /e
            """);

        Assert.Equal(["/c", "/e"], Disallowed(robots, "a"));
        Assert.Equal(["/e"], Disallowed(robots, "b"));
        Assert.Equal(["/x"], Disallowed(robots, "d"));
    }

    [Theory]
    [InlineData("sitemap: https://example.com/sitemap.xml")]
    [InlineData("host: example.com")]
    [InlineData("# a comment")]
    [InlineData("")]
    public void Lines_that_are_no_rules_do_not_end_the_list_of_crawlers(string between)
    {
        var robots = Parse($"user-agent: a\n{between}\n\nuser-agent: b\ndisallow: /x");

        Assert.Equal([["/x"], ["/x"], []], new[] { "a", "b", "c" }.Select(agent => Disallowed(robots, agent)));
    }

    [Theory]
    [InlineData("crawl-delay: 5")]
    [InlineData("crawl-delay: soon")]
    [InlineData("Crawl-Delay: 5\nsitemap: https://example.com/sitemap.xml")]
    public void Crawl_delay_is_a_rule_that_ends_the_list_of_crawlers_but_for_Google(string between)
    {
        var robots = Parse($"user-agent: *\n{between}\n\nuser-agent: b\ndisallow: /x\n\nuser-agent: *\ndisallow:");

        Assert.Equal(
            [[], ["/x"], ["/x"], ["/x"]], new[] { "a", "b", "Googlebot", "Googlebot-News" }.Select(agent => Disallowed(robots, agent)));
    }

    [Fact]
    public void The_file_itself_may_always_be_fetched() =>
        Assert.True(Parse("user-agent: *\ndisallow: /").IsAllowed("LinkMonitor", Url("/robots.txt")).Allowed);

    [Theory]
    [InlineData("user-agent: *\ndisallow:")]
    [InlineData("user-agent: *\ndisallow: # /")]
    [InlineData("disallow: /\nuser-agent: *\nallow: /a")]
    [InlineData("user-agent: other\ndisallow: /")]
    [InlineData("user-agent: linkmonitors\nuser-agent: link\ndisallow: /")]
    [InlineData("user-agent: linkmonitor\nallow:\nuser-agent: *\ndisallow: /")]
    [InlineData("user-agent: *\n\nuser-agent: 7\ndisallow:\nuser-agent: 8\ndisallow: /")]
    [InlineData("user-agent: *\ndisallow all of it")]
    [InlineData("<!doctype html><title>Home</title><p>Disallow: what?</p>")]
    [InlineData("")]
    public void What_says_nothing_to_us_allows(string text)
    {
        var ruling = Parse(text).IsAllowed("LinkMonitor", Url("/a"));

        Assert.True(ruling.Allowed);
    }

    private static string[] Disallowed(RobotsTxt robots, string agent) =>
        [.. new[] { "/c", "/e", "/x" }.Where(path => !robots.IsAllowed(agent, Url(path)).Allowed)];

    private static RobotsTxt Parse(string text) => RobotsTxt.Parse(Encoding.UTF8.GetBytes(text));

    private static WebUrl Url(string path) => TestUrls.Parse("https://example.com" + path);
}
