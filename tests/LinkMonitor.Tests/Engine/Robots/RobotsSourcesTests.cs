using System.Text;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Robots;

/// <summary>
/// What the sources say, row by row: https://www.rfc-editor.org/rfc/rfc9309, Google's specification
/// (https://developers.google.com/crawling/docs/robots-txt/robots-txt-spec) and the behaviour of Google's open parser
/// (https://github.com/google/robotstxt). The tables of paths and precedence are in <see cref="RobotsTxtTests"/>; statuses, redirects and
/// caching (RFC 9309, sections 2.3.1 and 2.4) in <see cref="RobotsCacheTests"/>.
/// </summary>
public sealed class RobotsSourcesTests
{
    private const string Simple =
        "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n" +
        "User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n" +
        "User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\nUser-Agent: quxbot\n";

    private const string News =
        "user-agent: googlebot-news\ndisallow: /fish\n\nuser-agent: *\ndisallow: /carrots\n\nuser-agent: googlebot-news\ndisallow: "
            + "/shrimp\n";

    private const string Shared =
        "user-agent: a\ndisallow: /c\n\nuser-agent: b\ndisallow: /d\n\nuser-agent: e\nuser-agent: f\ndisallow: /g\n\nuser-agent: h\n";

    private const string Combined =
        "allow: /foo/bar/\n\nuser-agent: OneBot\ndisallow: /\nallow: /x/\nuser-agent: TwoBot\ndisallow: /\nallow: /y/\n\n\nallow: /w/\n" +
        "user-agent: ThreeBot\n\nuser-agent: OneBot\nallow: /z/\ndisallow: /\n";

    public static TheoryData<string, string, string, string, bool> Rfc9309() => new()
    {
        {
            "2.1: the last group may have no rules, which allows everything",
            "LinkMonitor",
            "user-agent: other\ndisallow: /\nuser-agent: linkmonitor",
            "/a",
            true
        },
        {
            "2.1: a group ends with the next user-agent line",
            "LinkMonitor",
            "user-agent: linkmonitor\ndisallow: /a\nuser-agent: other\ndisallow: /",
            "/b",
            true
        },
        { "2.2: keys are read without case", "LinkMonitor", "USER-agent: linkmonitor\ndisALLOW: /\nAlLoW: /a", "/a", true },
        { "2.2: keys are read without case", "LinkMonitor", "USER-agent: linkmonitor\ndisALLOW: /\nAlLoW: /a", "/b", false },
        { "2.2.1: the product token is found without case", "LinkMonitor", "User-agent: LINKMONITOR\nDisallow: /", "/", false },
        { "2.2.1: a token is compared whole, not as a beginning", "LinkMonitor", "User-agent: link\nDisallow: /", "/", true },
        {
            "2.2.1: several groups of one token are one",
            "LinkMonitor",
            "user-agent: linkmonitor\ndisallow: /a\n\nuser-agent: *\nallow: /\n\nuser-agent: linkmonitor\ndisallow: /b",
            "/a",
            false
        },
        {
            "2.2.1: several groups of one token are one",
            "LinkMonitor",
            "user-agent: linkmonitor\ndisallow: /a\n\nuser-agent: *\nallow: /\n\nuser-agent: linkmonitor\ndisallow: /b",
            "/b",
            false
        },
        {
            "2.2.1: several groups for everybody are one",
            "LinkMonitor",
            "user-agent: *\ndisallow: /a\n\nuser-agent: x\n\nuser-agent: *\ndisallow: /b",
            "/b",
            false
        },
        {
            "2.2.1: the group for everybody, when no other is ours",
            "LinkMonitor",
            "user-agent: other\nallow: /\nuser-agent: *\ndisallow: /",
            "/a",
            false
        },
        {
            "2.2.1: not the group for everybody, when one is ours",
            "LinkMonitor",
            "user-agent: *\ndisallow: /\nuser-agent: linkmonitor\ndisallow: /b",
            "/a",
            true
        },
        { "2.2.1: no group, no rules", "LinkMonitor", "user-agent: other\ndisallow: /", "/a", true },
        { "2.2.2: the path is compared with its case", "LinkMonitor", "user-agent: *\ndisallow: /A", "/a", true },
        { "2.2.2: from its first octet on", "LinkMonitor", "user-agent: *\ndisallow: /b", "/a/b", true },
        { "2.2.2: the most octets win, wherever they stand", "LinkMonitor", "user-agent: *\nallow: /a/b\ndisallow: /a", "/a/b", true },
        { "2.2.2: the most octets win, wherever they stand", "LinkMonitor", "user-agent: *\ndisallow: /a/b\nallow: /a", "/a/b", false },
        { "2.2.2: of equal rules the one that allows", "LinkMonitor", "user-agent: *\ndisallow: /a\nallow: /a", "/a", true },
        { "2.2.2: no rule fits, so it is allowed", "LinkMonitor", "user-agent: *\ndisallow: /b", "/a", true },
        { "2.2.2: /robots.txt is always allowed", "LinkMonitor", "user-agent: *\ndisallow: /robots.txt", "/robots.txt", true },
        { "2.2.2: rules before any group are ignored", "LinkMonitor", "disallow: /\n\nuser-agent: *\nallow: /b", "/a", true },
        { "2.2.2: an escape of an unreserved character is that character", "LinkMonitor", "user-agent: *\ndisallow: /%61", "/a", false },
        { "2.2.2: an escape of a reserved character is not", "LinkMonitor", "user-agent: *\ndisallow: /a%2Fb", "/a/b", true },
        { "2.2.3: a comment ends the line", "LinkMonitor", "user-agent: * # all\ndisallow: /a # not this", "/a", false },
        { "2.2.3: $ ends the path", "LinkMonitor", "user-agent: *\ndisallow: /this/path/exactly$", "/this/path/exactly/not", true },
        {
            "2.2.3: * is any number of characters, none too",
            "LinkMonitor",
            "user-agent: *\ndisallow: /this/*/exactly",
            "/this//exactly",
            false
        },
        {
            "2.2.3: * is any number of characters, slashes too",
            "LinkMonitor",
            "user-agent: *\ndisallow: /this/*/exactly",
            "/this/a/b/exactly/c",
            false
        },
        { "2.2.3: an escaped * stands for itself", "LinkMonitor", "user-agent: *\ndisallow: /a%2Ab", "/axb", true },
        {
            "2.2.4: other records end no group",
            "LinkMonitor",
            "user-agent: linkmonitor\nsitemap: https://example.com/s.xml\nuser-agent: other\ndisallow: /",
            "/a",
            false
        },
        {
            "2.3.1.5: what can be read of a broken file counts",
            "LinkMonitor",
            "<html>\nuser-agent: *\n???\n: /\ndisallow: /a\n</html>",
            "/a",
            false
        },
        { "5.1: everybody", "anybot", Simple, "/pictures/one.gif", false },
        { "5.1: everybody", "anybot", Simple, "/pictures/one.gif?size=2", true },
        { "5.1: everybody", "anybot", Simple, "/example/a", false },
        { "5.1: everybody", "anybot", Simple, "/publications/a", true },
        { "5.1: foobot", "foobot", Simple, "/publications/a", false },
        { "5.1: foobot", "foobot", Simple, "/example/page.html", true },
        { "5.1: foobot", "foobot", Simple, "/example/allowed.gif", true },
        { "5.1: barbot", "barbot", Simple, "/example/page.html", false },
        { "5.1: barbot", "barbot", Simple, "/example/other.gif", true },
        { "5.1: bazbot", "bazbot", Simple, "/example/page.html", false },
        { "5.1: quxbot", "quxbot", Simple, "/example/one.gif", true },
        {
            "5.2: the longest match",
            "foobot",
            "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif",
            "/example/page/disallowed.gif",
            false
        },
        {
            "5.2: the longest match",
            "foobot",
            "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif",
            "/example/page/allowed.gif",
            true
        },
    };

    public static TheoryData<string, string, string, string, bool> GoogleSpecification() => new()
    {
        {
            "file format: lines that are none are ignored, HTML too",
            "Googlebot",
            "<!doctype html>\nuser-agent: *\ndisallow: /a",
            "/a",
            false
        },
        { "user-agent: compared without case", "Googlebot", "User-Agent: GOOGLEBOT\nDisallow: /", "/", false },
        { "user-agent: a version behind the token is ignored", "Googlebot", "user-agent: googlebot/1.2\ndisallow: /", "/", false },
        { "user-agent: a star behind the token is ignored", "Googlebot", "user-agent: googlebot*\ndisallow: /", "/", false },
        { "disallow: without a path it is ignored", "Googlebot", "user-agent: *\ndisallow:", "/a", true },
        { "grouping: one group", "a", Shared, "/c", false },
        { "grouping: one group", "a", Shared, "/d", true },
        { "grouping: one group for two", "e", Shared, "/g", false },
        { "grouping: one group for two", "f", Shared, "/g", false },
        { "grouping: a group without rules", "h", Shared, "/g", true },
        { "grouping: two groups of one crawler are one", "Googlebot-News", News, "/fish", false },
        { "grouping: two groups of one crawler are one", "Googlebot-News", News, "/shrimp", false },
        { "grouping: the group for everybody is not added", "Googlebot-News", News, "/carrots", true },
        {
            "grouping: other rules than these divide no group",
            "a",
            "user-agent: a\nsitemap: https://example.com/sitemap.xml\n\nuser-agent: b\ndisallow: /",
            "/x",
            false
        },
    };

    public static TheoryData<string, string, string, string, bool> GoogleParser() => new()
    {
        { "a forgotten colon", "OneBot", "user-agent OneBot\ndisallow /", "/a", false },
        { "a forgotten colon, with a comment", "OneBot", "user-agent\t OneBot # us\ndisallow /", "/a", false },
        { "no forgotten colon in a line of three words", "OneBot", "user-agent: OneBot\ndisallow / everything", "/a", true },
        { "unknown keys say nothing", "OneBot", "foo: OneBot\nbar: /", "/a", true },
        { "groups, their rules and what is outside of them", "OneBot", Combined, "/x/b", true },
        { "groups, their rules and what is outside of them", "OneBot", Combined, "/z/d", true },
        { "groups, their rules and what is outside of them", "OneBot", Combined, "/y/c", false },
        { "groups, their rules and what is outside of them", "TwoBot", Combined, "/w/a", true },
        { "groups, their rules and what is outside of them", "TwoBot", Combined, "/z/d", false },
        { "groups, their rules and what is outside of them", "ThreeBot", Combined, "/z/d", true },
        { "groups, their rules and what is outside of them", "ThreeBot", Combined, "/foo/bar/", false },
        { "unknown lines end no group", "OneBot", "User-agent: OneBot\nUnknown-Line: x\nUser-agent: *\nDisallow: /", "/", false },
        {
            "a user agent counts to its first space",
            "Foo",
            "User-Agent: *\nDisallow: /\nUser-Agent: Foo Bar\nAllow: /x/\nDisallow: /",
            "/x/y",
            true
        },
        { "a star and more is everybody", "OneBot", "User-Agent: * baz\nDisallow: /", "/x", false },
        { "a star and letters is nobody", "OneBot", "User-Agent: *baz\nDisallow: /", "/x", true },
        { "empty rules of either kind allow", "OneBot", "user-agent: OneBot\ndisallow: \nallow: ", "/x", true },
        { "a longer rule that allows a folder", "OneBot", "user-agent: OneBot\ndisallow: /x\nallow: /x/", "/x", false },
        { "a longer rule that allows a folder", "OneBot", "user-agent: OneBot\ndisallow: /x\nallow: /x/", "/x/", true },
        { "wildcards count as one octet each", "OneBot", "user-agent: OneBot\nallow: /x/page.\ndisallow: /*.html", "/x/page.html", true },
        { "wildcards count as one octet each", "OneBot", "user-agent: OneBot\nallow: /x/page.\ndisallow: /*.html", "/x/y.html", false },
        {
            "a query may hold a URL",
            "OneBot",
            "User-agent: OneBot\nDisallow: /\nAllow: /a?q=1&b=http://c.d?e&f",
            "/a?q=1&b=http://c.d?e&f",
            true
        },
        {
            "letters beyond ASCII are compared as their escapes",
            "OneBot",
            "User-agent: OneBot\nDisallow: /\nAllow: /a/ツ",
            "/a/%E3%83%84",
            true
        },
        { "escapes are compared without case", "OneBot", "User-agent: OneBot\nDisallow: /%aa", "/%AA", false },
        {
            "broken escapes stand for themselves",
            "OneBot",
            "User-agent: OneBot\nDisallow: /a?b%aa%\nDisallow: /a?b%aa%a",
            "/a?b%AA%a",
            false
        },
        {
            "a comment at the end of a path", "OneBot", "User-agent: OneBot\n# Disallow: /\nDisallow: /a/quz#qux\nAllow: /", "/a/quz", false
        },
        { "a comment for a line", "OneBot", "User-agent: OneBot\n# Disallow: /\nDisallow: /a/quz#qux\nAllow: /", "/a/bar", true },
        { "index.html that is allowed allows its folder", "OneBot", "User-Agent: *\nAllow: /a/index.html\nDisallow: /", "/a/", true },
        { "index.html that is allowed allows itself", "OneBot", "User-Agent: *\nAllow: /a/index.html\nDisallow: /", "/a/index.html", true },
        {
            "index.html that is allowed allows no more", "OneBot", "User-Agent: *\nAllow: /a/index.html\nDisallow: /", "/a/index.htm", false
        },
        { "index.html that is allowed allows no more", "OneBot", "User-Agent: *\nAllow: /a/index.html\nDisallow: /", "/a/other", false },
        { "index.html that is forbidden forbids no folder", "OneBot", "User-Agent: *\nDisallow: /a/index.html", "/a/", true },
        { "a rule that holds in the query", "OneBot", "user-agent: OneBot\ndisallow: /\nallow: /*.php", "/index?f=filename.php/", true },
        { "a rule that is in no path", "OneBot", "user-agent: OneBot\ndisallow: /\nallow: /*.php", "/index?php", false },
        {
            "an empty line is a line, and so is a lone CR",
            "OneBot",
            "user-agent: OneBot\ndisallow: /\nallow: /x/\rallow: /y/\nal\r\r\r\rdisallow: /y/z/\n",
            "/y/z/",
            false
        },
    };

    [Theory]
    [MemberData(nameof(Rfc9309))]
    public void Rfc_9309_is_kept(string source, string crawler, string file, string path, bool allowed) =>
        AssertRuling(source, crawler, file, path, allowed);

    [Theory]
    [MemberData(nameof(GoogleSpecification))]
    public void The_specification_of_Google_is_kept(string source, string crawler, string file, string path, bool allowed) =>
        AssertRuling(source, crawler, file, path, allowed);

    [Theory]
    [MemberData(nameof(GoogleParser))]
    public void A_file_is_read_as_Googles_parser_reads_it(string source, string crawler, string file, string path, bool allowed) =>
        AssertRuling(source, crawler, file, path, allowed);

    [Theory]
    [InlineData("useragent: OneBot\ndisallow: /")]
    [InlineData("user agent: OneBot\ndisallow: /")]
    [InlineData("user-agent: OneBot\ndissallow: /")]
    [InlineData("user-agent: OneBot\ndissalow: /")]
    [InlineData("user-agent: OneBot\ndisalow: /")]
    [InlineData("user-agent: OneBot\ndiasllow: /")]
    [InlineData("user-agent: OneBot\nDISALLAW: /")]
    public void Misspellings_that_Googles_parser_knows_count(string file) => AssertRuling("misspelt", "OneBot", file, "/a", allowed: false);

    [Fact]
    public void A_misspelt_sitemap_is_a_sitemap() =>
        Assert.Equal(["https://example.com/s.xml"], Parse("site-map: https://example.com/s.xml").Sitemaps.Select(url => url.Href));

    /// <summary>
    /// Google takes the UTF-8 mark off, whole or cut short; one that is broken, or in the middle, makes its line unreadable.
    /// </summary>
    [Theory]
    [InlineData("EFBBBF", true)]
    [InlineData("EFBB", true)]
    [InlineData("EF", true)]
    [InlineData("EF11BF", false)]
    [InlineData("0AEFBBBF", false)]
    public void A_mark_of_UTF8_is_taken_off_as_far_as_it_is_there(string mark, bool isRead)
    {
        var file = RobotsTxt.Parse([.. Convert.FromHexString(mark), .. "User-agent: *\nDisallow: /"u8]);

        Assert.Equal(!isRead, file.IsAllowed("x", TestUrls.Parse("https://example.com/a")).Allowed);
    }

    /// <summary>Where we differ from Google's parser on purpose; the reasons are in docs/decisions/0009-robots-txt.md.</summary>
    [Theory]
    [InlineData("keys are compared whole", "user-agent: *\nDisallowAITraining: /\nallowed: /a", "/b", true)]
    [InlineData("an unreserved character equals its escape", "user-agent: *\nDisallow: /\nAllow: /a/%62%61%7A", "/a/baz", true)]
    [InlineData("an escaped special character stands for itself", "user-agent: *\nDisallow: /a%24", "/a$", false)]
    public void Where_we_differ_the_RFC_or_caution_decides(string difference, string file, string path, bool allowed) =>
        AssertRuling(difference, "Googlebot", file, path, allowed);

    /// <summary>Google's parser cuts a line after 16,663 bytes, which makes another, broader rule of it.</summary>
    [Fact]
    public void Where_we_differ_long_lines_are_read_whole()
    {
        var start = "/" + new string('a', 20_000);
        var file = $"user-agent: *\ndisallow: {start}/end";

        AssertRuling("whole", "Googlebot", file, start + "/end", allowed: false);
        AssertRuling("not cut", "Googlebot", file, start + "/other", allowed: true);
    }

    private static void AssertRuling(string source, string crawler, string file, string path, bool allowed) => Assert.True(
        Parse(file).IsAllowed(crawler, TestUrls.Parse("https://example.com" + path)).Allowed == allowed,
        $"{source}: {path} should{(allowed ? "" : " not")} be allowed.");

    private static RobotsTxt Parse(string text) => RobotsTxt.Parse(Encoding.UTF8.GetBytes(text));
}
