using System.Text;
using LinkMonitor.Engine.Fetching.Cookies;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Bounds;

/// <summary>
/// What parses hostile text does work in proportion to its length. Counted by the bytes it allocates, which every copy of what is left of a
/// text shows: four
/// times the text may take six times as much, never sixteen.
/// </summary>
public sealed class LinearWorkTests
{
    private const int Units = 1_000;
    private const int Runs = 4;
    private static readonly WebUrl Site = PageAnswer.Url("https://blog.example.net/a/b");

    private static readonly Dictionary<string, Action<int>> Cases = new()
    {
        ["X-Robots-Tag of commas"] = static n => new RobotsMetaTags().AddHeader(Repeat(",", n)),
        ["X-Robots-Tag of ends"] = static n => new RobotsMetaTags().AddHeader(Repeat("unavailable_after: never,", n)),
        ["X-Robots-Tag of rules"] = static n => new RobotsMetaTags().AddHeader(Repeat("googlebot: noindex,", n)),
        ["robots metas"] = static n => Many(
            n, new RobotsMetaTags(), static (text, i) => text.AddMeta("robots", "unavailable_after:" + Repeat(",", 64))),
        ["Content-Type of types"] = static n => ContentTypeFields.Join([$"text/html;charset={Repeat("a", n)}," + Repeat("text/html,", n)]),
        ["Content-Type fields"] = static n => ContentTypeFields.Join(Enumerable.Repeat("text/html;charset=utf-8", n)),
        ["charset in a meta"] = static n => CharsetParameter.InMetaContent(Repeat("charset ", n)),
        ["charset of spaces in a meta"] = static n => CharsetParameter.InMetaContent(Repeat("charset" + Repeat(" ", 50), n)),
        ["charset in a header"] = static n => CharsetParameter.InHeader(Repeat(";charset", n)),
        ["Link of links"] = static n => LinkHeader.Canonicals([Repeat("<a>;rel=next,", n)]).Count(),
        ["Link of brackets"] = static n => LinkHeader.Canonicals([Repeat("<", n), Repeat("<>", n), Repeat("<>;\"", n)]).Count(),
        ["refresh of digits and spaces"] = static n => RefreshText.Parse(
            "0" + Repeat(" ", n) + ";" + Repeat(" ", n) + "url" + Repeat(" ", n) + "=" + Repeat("\"", n)),
        ["refresh of dots"] = static n => RefreshText.Parse(Repeat(".", n)),
        ["Retry-After of digits"] = static n => RetryAfterField.Read(Headers("Retry-After", Repeat("9", n)), PageAnswer.Time),
        ["cookies"] = static n => new CookieJar(new ManualTimeProvider()).Store(
            Site, Enumerable.Range(0, n).Select(i => $"c{i}=1; Path=/; Domain=example.net")),
        ["one cookie of attributes"] = static n => new CookieJar(new ManualTimeProvider()).Store(Site, [Repeat("a=b;", n)]),
        ["domains of dots"] = static n => CookieDomain.MaySetFor(Repeat("a.", n) + "example.net", Repeat("a.", n / 2) + "example.net"),
        ["robots.txt of crawlers"] = static n => Robots("User-agent: a\nCrawl-delay: 1\n", n),
        ["robots.txt of rules"] = static n => Robots("User-agent: *\nDisallow: /*a*b*c$\n", n),
        ["robots.txt of stars"] = static n => Robots("User-agent: *\nDisallow: " + Repeat("*", 200) + "\n", n),
        ["robots.txt without lines"] = static n => Robots("user-agent", n),
        ["robots.txt of sitemaps"] = static n => Robots("Sitemap: https://example.org/a\n", n),
        ["rel"] = static n => RelText.Tokens(Repeat("a,", n)),
        ["style of declarations"] = static n => InlineStyle.Parse(Repeat("color:red;", n)),
        ["style of quotes and comments"] = static n => InlineStyle.Parse(Repeat("\"", n) + Repeat("/*", n) + Repeat("(", n)),
        ["title of parts"] = static n => NotFoundPhrases.IsIn(Repeat("a | ", n)),
        ["anchor of marks"] = static n => UnicodeText.Compose("a" + Repeat("\u0301", n) + Repeat("\u0327", n)),
        ["hosts of www"] = static n => TargetForm.HostKey(Repeat("www.", n) + "example.net"),
        ["URL of dots"] = static n => WebUrl.TryParse("https://example.net/" + Repeat("a/../", n) + Repeat("%2e/", n), out _),
        ["URL of at signs"] = static n => WebUrl.TryParse("https://" + Repeat("a:@", n) + "example.net/", out _),
        ["URL of escapes"] = static n => WebUrl.TryParse(
            "https://example.net/?" + Repeat("%41\u00E4", n) + "#" + Repeat("\u00E4", n), out _),
        ["feed of depth"] = static n => FeedReader.Read(Encoding.UTF8.GetBytes(Repeat("<rss>", n)), Site, CancellationToken.None),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Four_times_the_text_is_about_four_times_the_work(string name)
    {
        Cases[name](Units);

        var once = Work(Cases[name], Units * 2);
        var four = Work(Cases[name], Units * 8);

        Assert.True(four <= once * 6 + 200_000, $"{name}: {once:N0} bytes for {Units * 2} units, {four:N0} for four times as many.");
    }

    [Fact]
    public void Address_is_compared_with_robots_txt_up_to_a_length_and_its_end_only_when_all_of_it_is()
    {
        var robots = RobotsTxt.Parse(Encoding.UTF8.GetBytes("User-agent: *\nDisallow: /a\nDisallow: /*.pdf$\n"));
        var tail = Repeat("b", RobotsPath.MaxLength);

        Assert.False(robots.IsAllowed("LinkMonitor", PageAnswer.Url($"https://example.net/a{tail}")).Allowed);
        Assert.False(robots.IsAllowed("LinkMonitor", PageAnswer.Url("https://example.net/b.pdf")).Allowed);
        Assert.True(robots.IsAllowed("LinkMonitor", PageAnswer.Url($"https://example.net/b{tail}.pdf")).Allowed);
        Assert.Equal(RobotsPath.MaxLength, RobotsPath.Of(PageAnswer.Url($"https://example.net/{tail}{tail}")).Plain.Length);
    }

    // The least of some runs: a collection meanwhile empties the runtime's pools, and filling them again is no work of ours.
    private static long Work(Action<int> parse, int units) => Enumerable.Range(0, Runs).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        parse(units);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    private static void Robots(string lines, int times)
    {
        var robots = RobotsTxt.Parse(Encoding.UTF8.GetBytes(Repeat(lines, times)));
        robots.IsAllowed("LinkMonitor", Site);
        robots.CrawlDelay("LinkMonitor");
    }

    private static void Many<T>(int times, T subject, Action<T, int> act)
    {
        for (var i = 0; i < times; i++)
            act(subject, i);
    }

    private static ResponseHeaders Headers(string name, string value) => new([KeyValuePair.Create(name, value)]);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
