using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Engine.Robots;

public sealed class RobotsCacheTests : IAsyncLifetime
{
    private const string Closed = "user-agent: *\ndisallow: /";
    private readonly ManualTimeProvider _clock = new();
    private LocalWeb _web = null!;
    private PageFetcher _fetcher = null!;
    private HostPacer _pacer = null!;
    private RobotsCache _robots = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Asked => _web.Requests.Count(request => request.Path == "/robots.txt");

    public async ValueTask InitializeAsync()
    {
        _web = await LocalWeb.StartAsync(Token);
        var resolver = new MapResolver().Add("a.example", "127.0.0.1").Add("b.example", "127.0.0.1").Add("c.example", "127.0.0.1");
        _fetcher = new PageFetcher(Web.Loopback, resolver, _clock);
        _pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, _clock);
        _robots = new RobotsCache(_fetcher, _pacer, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task A_file_is_asked_for_once_a_day()
    {
        MapRobots(Closed);

        await ReadAsync("a.example", "/one");
        await ReadAsync("a.example", "/two");
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var last = await ReadAsync("a.example", "/one");
        Assert.Equal(1, Asked);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await ReadAsync("a.example", "/one");

        Assert.Equal(2, Asked);
        Assert.False(last.Rules!.IsAllowed("LinkMonitor", Page("a.example", "/one")).Allowed);
    }

    [Fact]
    public async Task Every_origin_has_its_own_file()
    {
        await ReadAsync("a.example");
        await ReadAsync("b.example");

        Assert.Equal(["a.example", "b.example"], _web.Requests.Select(request => request.Host.Split(':')[0]));
    }

    [Fact]
    public async Task Whoever_comes_while_it_is_asked_for_waits_for_that_answer()
    {
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        _web.Map("/robots.txt", async context =>
        {
            arrived.SetResult();
            await answer.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync(Closed);
        });

        var callers = Enumerable.Range(0, 5).Select(_ => ReadAsync("a.example")).ToArray();
        await arrived.Task.WaitAsync(Token);
        Assert.All(callers, caller => Assert.False(caller.IsCompleted));
        answer.SetResult();
        var answers = await Task.WhenAll(callers);

        Assert.Equal(1, Asked);
        Assert.All(answers, one => Assert.NotNull(one.Rules));
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_the_asking_to_the_next()
    {
        var arrived = new TaskCompletionSource();
        _web.Map("/robots.txt", context =>
        {
            arrived.TrySetResult();
            return new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        });
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var first = _robots.ReadAsync(Page("a.example"), impatient.Token);
        await arrived.Task.WaitAsync(Token);
        var second = ReadAsync("a.example");
        MapRobots(Closed);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.NotNull((await second).Rules);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(451)]
    [InlineData(999)]
    public async Task A_site_that_refuses_its_file_has_none(int status)
    {
        _web.MapStatus("/robots.txt", status);

        var answer = await ReadAsync("a.example");

        Assert.True(answer.Rules!.IsAllowed("LinkMonitor", Page("a.example")).Allowed);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_site_that_fails_to_answer_keeps_us_out_and_is_asked_again_soon(int status)
    {
        _web.MapStatus("/robots.txt", status);

        var answer = await ReadAsync("a.example");
        await ReadAsync("a.example");
        Assert.Equal(FetchFailure.RobotsDisallowed, answer.Problem?.Failure);
        Assert.Contains($"{status}", answer.Problem?.Message, StringComparison.Ordinal);
        Assert.Equal(1, Asked);

        MapRobots("");
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.NotNull((await ReadAsync("a.example")).Rules);
    }

    [Fact]
    public async Task Retry_after_is_kept_to()
    {
        _web.Map("/robots.txt", context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "7200";
            return Task.CompletedTask;
        });

        var answer = await ReadAsync("a.example");
        _clock.Advance(TimeSpan.FromSeconds(7199));
        await ReadAsync("a.example");
        Assert.Equal(1, Asked);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await ReadAsync("a.example");

        Assert.Equal(TimeSpan.FromHours(2), answer.Problem?.RetryAfter);
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_told_as_that()
    {
        var answer = await ReadAsync("no-such-name.example");

        Assert.Equal(FetchFailure.NameNotFound, answer.Problem?.Failure);
        Assert.Null(answer.Rules);
    }

    [Fact]
    public async Task A_copy_that_cannot_be_renewed_counts_for_30_days()
    {
        MapRobots(Closed);
        await ReadAsync("a.example");
        _web.MapStatus("/robots.txt", 500);

        _clock.Advance(TimeSpan.FromDays(29));
        Assert.False((await ReadAsync("a.example")).Rules!.IsAllowed("x", Page("a.example")).Allowed);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.NotNull((await ReadAsync("a.example")).Problem);
    }

    [Fact]
    public async Task A_file_that_could_not_be_read_for_30_days_is_none()
    {
        _web.MapStatus("/robots.txt", 500);

        await ReadAsync("a.example");
        _clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.NotNull((await ReadAsync("a.example")).Problem);
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.True((await ReadAsync("a.example")).Rules!.IsAllowed("LinkMonitor", Page("a.example")).Allowed);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public async Task Five_redirects_are_followed_and_more_lead_to_no_file(int hops, bool allowed)
    {
        _web.MapRedirect("/robots.txt", "/1");
        for (var hop = 1; hop < hops; hop++)
            _web.MapRedirect($"/{hop}", $"/{hop + 1}");
        _web.Map($"/{hops}", context => context.Response.WriteAsync(Closed));

        var answer = await ReadAsync("a.example");

        Assert.Equal(allowed, answer.Rules!.IsAllowed("LinkMonitor", Page("a.example")).Allowed);
    }

    [Fact]
    public async Task Endless_files_are_read_to_their_limit()
    {
        _web.Map("/robots.txt", async context =>
        {
            await context.Response.WriteAsync(Closed + "\n", context.RequestAborted);
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync(new string('#', 4096), context.RequestAborted);
        });

        var answer = await ReadAsync("a.example");

        Assert.False(answer.Rules!.IsAllowed("LinkMonitor", Page("a.example")).Allowed);
    }

    [Fact]
    public async Task What_was_used_least_lately_is_forgotten_first()
    {
        var small = new RobotsCache(_fetcher, _pacer, _clock, 2 * RobotsTxt.Empty.Weight);
        foreach (var host in (string[])["a.example", "b.example", "a.example", "c.example"])
            await small.ReadAsync(Page(host), Token);

        Assert.NotNull(small.Find(Page("a.example")));
        Assert.Null(small.Find(Page("b.example")));
        Assert.NotNull(small.Find(Page("c.example")));
    }

    [Fact]
    public async Task The_request_for_the_file_takes_its_turn_at_the_host()
    {
        var pacer = new HostPacer(new HostPacing(), _clock);
        var robots = new RobotsCache(_fetcher, pacer, _clock);
        var turn = await pacer.EnterAsync("a.example", Token);

        var reading = robots.ReadAsync(Page("a.example"), Token);
        Assert.False(reading.IsCompleted);
        await turn.DisposeAsync();
        Assert.Equal(0, Asked);
        _clock.Advance(HostPacing.DefaultPause);
        await reading;

        Assert.Equal(1, Asked);
        Assert.False(pacer.EnterAsync("a.example", Token).IsCompleted);
    }

    [Theory]
    [InlineData("10", 10)]
    [InlineData("3600", 60)]
    [InlineData("", 0)]
    public async Task Crawl_delay_is_known_once_read_and_a_minute_at_most(string asked, int seconds)
    {
        MapRobots($"user-agent: linkmonitor\ncrawl-delay: {asked}");
        Assert.Equal(TimeSpan.Zero, _robots.KnownCrawlDelay(Page("a.example")));

        await ReadAsync("a.example");

        Assert.Equal(TimeSpan.FromSeconds(seconds), _robots.KnownCrawlDelay(Page("a.example", "/other")));
    }

    private void MapRobots(string text) => _web.Map("/robots.txt", context => context.Response.WriteAsync(text));

    private WebUrl Page(string host, string path = "/page") => Web.Parse(_web.Url(host, path));

    private Task<RobotsAnswer> ReadAsync(string host, string path = "/page") => _robots.ReadAsync(Page(host, path), Token);
}
