using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Moving;

public sealed class MoveSearchTests
{
    private const string Link = "<p>We like <a href='https://shop.example/lamps'>lamps</a>.";
    private const string Without = "<title>Post</title><p>Nothing but words about nothing.";
    private static readonly Expectation Expectation = new() { Target = TestUrls.Parse("https://shop.example/lamps") };

    [Theory]
    [InlineData("<link rel=canonical href=/new>", MoveTrail.Canonical)]
    [InlineData("<link rel=next href=/new>", MoveTrail.Next)]
    [InlineData("<a rel=next href=/new>Older posts</a>", MoveTrail.Next)]
    public async Task The_page_itself_leads_to_the_new_place(string trail, MoveTrail by)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", trail + Without).MapHtml("/new", Link);

        var moved = await FindAsync(web);

        Assert.Equal(new MovedLink(TestUrls.Parse(web.Url("/new")), by), moved);
    }

    [Fact]
    public async Task A_candidate_without_the_link_is_none()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", "<link rel=canonical href=/new>" + Without).MapHtml("/new", Without);

        Assert.Null(await FindAsync(web));
    }

    [Fact]
    public async Task A_page_that_is_gone_is_found_by_its_former_canonical()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/new", Link);

        var moved = await FindAsync(web, LastSeen(web) with { Canonical = web.Url("/new") });

        Assert.Equal(MoveTrail.Canonical, moved!.By);
    }

    [Theory]
    [InlineData("<item><title>x</title><link>/new</link><description>See https://shop.example/lamps</description></item>")]
    [InlineData("<item><title>A post on lamps</title><link>/new</link></item>")]
    public async Task A_page_that_is_gone_is_found_through_the_feed_of_the_home_page(string item)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/", "<p>Home<link rel=alternate type=application/rss+xml href=/feed>").MapHtml("/new", Link);
        web.MapHtml("/feed", $"<rss><channel><item><title>Other</title><link>/other</link></item>{item}</channel></rss>");

        var moved = await FindAsync(web);

        Assert.Equal(new MovedLink(TestUrls.Parse(web.Url("/new")), MoveTrail.Feed), moved);
        Assert.DoesNotContain(web.Requests, request => request.Path == "/other");
    }

    [Fact]
    public async Task No_more_than_five_requests_are_made_for_all_links_of_a_page()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        var items = string.Concat(
            Enumerable.Range(0, 9).Select(i => $"<item><link>/e{i}</link><description>https://shop.example/lamps</description></item>"));
        web.MapHtml(
            "/post",
            "<link rel=canonical href=/a><link rel=next href=/b><link rel=alternate type=application/atom+xml href=/feed>" + Without)
            .MapHtml("/feed", $"<rss>{items}</rss>").Map("/*", _ => Task.CompletedTask);
        using var fetcher = new PageFetcher(Web.Loopback, new MapResolver(), TimeProvider.System);
        var observer = Observer(fetcher);
        var search = new MoveSearch(
            observer, await observer.ObserveAsync(TestUrls.Parse(web.Url("/post")), TestContext.Current.CancellationToken));
        var lastSeen = LastSeen(web) with { Canonical = web.Url("/c") };

        Assert.Null(await search.FindAsync(Expectation, lastSeen, TestContext.Current.CancellationToken));
        Assert.Null(await search.FindAsync(Expectation, lastSeen, TestContext.Current.CancellationToken));

        Assert.Equal(
            ["/post", "/a", "/c", "/b", "/feed", "/e0"], web.Requests.Select(request => request.Path).Where(path => path != "/robots.txt"));
    }

    private static async Task<MovedLink?> FindAsync(LocalWeb web, Evidence? lastSeen = null)
    {
        using var fetcher = new PageFetcher(Web.Loopback, new MapResolver(), TimeProvider.System);
        var observer = Observer(fetcher);
        var observation = await observer.ObserveAsync(TestUrls.Parse(web.Url("/post")), TestContext.Current.CancellationToken);
        return await new MoveSearch(observer, observation).FindAsync(
            Expectation, lastSeen ?? LastSeen(web), TestContext.Current.CancellationToken);
    }

    private static PageObserver Observer(PageFetcher fetcher)
    {
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, TimeProvider.System);
        return new PageObserver(fetcher, pacer, new RobotsCache(fetcher, pacer, TimeProvider.System));
    }

    private static Evidence LastSeen(LocalWeb web) => StorageSamples.Evidence(StorageSamples.Noon) with
    {
        Title = "A post on lamps – The blog",
        Canonical = web.Url("/post"),
    };
}
