using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Engine.Checking;

public sealed class PageObserverTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private LocalWeb _web = null!;
    private PageFetcher _fetcher = null!;
    private PageObserver _observer = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string[] Asked => [.. _web.Requests.Select(request => request.Host.Split(':')[0] + request.Path)];

    public async ValueTask InitializeAsync()
    {
        _web = await LocalWeb.StartAsync(Token);
        _web.MapHtml("/page", "<title>Page</title><p>Some words and <a href='https://example.org/'>a link</a>.</p>");
        _fetcher = new PageFetcher(Web.Loopback, new MapResolver().Add("a.example", "127.0.0.1").Add("b.example", "127.0.0.1"), _clock);
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, _clock);
        _observer = new PageObserver(_fetcher, pacer, new RobotsCache(_fetcher, pacer, _clock));
    }

    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task A_page_is_asked_for_after_robots_txt()
    {
        var observation = await _observer.ObserveAsync(Page("a.example", "/page"), Token);

        Assert.Equal(ObservationKind.Observed, observation.Kind);
        Assert.Equal(["a.example/robots.txt", "a.example/page"], Asked);
    }

    [Fact]
    public async Task A_forbidden_page_is_left_alone_and_the_line_is_told()
    {
        MapRobots("a.example", "User-agent: *\nDisallow: /page");

        var observation = await _observer.ObserveAsync(Page("a.example", "/page"), Token);

        Assert.Equal(ObservationKind.RobotsDisallowed, observation.Kind);
        Assert.Contains("line 2, \"Disallow: /page\"", observation.Detail, StringComparison.Ordinal);
        Assert.Null(observation.Status);
        Assert.Equal(["a.example/robots.txt"], Asked);
    }

    [Fact]
    public async Task A_redirect_into_a_forbidden_path_is_not_followed()
    {
        MapRobots("a.example", "User-agent: LinkMonitor\nDisallow: /page");
        _web.MapRedirect("/old", "/page");

        var observation = await _observer.ObserveAsync(Page("a.example", "/old"), Token);

        Assert.Equal((ObservationKind.RobotsDisallowed, (int?)null), (observation.Kind, observation.Status));
        Assert.Equal(Page("a.example", "/page"), observation.FinalUrl);
        Assert.Single(observation.Redirects);
        Assert.Equal(["a.example/robots.txt", "a.example/old"], Asked);
    }

    [Fact]
    public async Task A_redirect_to_another_host_asks_that_hosts_robots_txt()
    {
        MapRobots("b.example", "User-agent: *\nDisallow: /");
        _web.MapRedirect("/away", _web.Url("b.example", "/page"));

        var observation = await _observer.ObserveAsync(Page("a.example", "/away"), Token);

        Assert.Equal(ObservationKind.RobotsDisallowed, observation.Kind);
        Assert.Contains("b.example", observation.Detail, StringComparison.Ordinal);
        Assert.Equal(["a.example/robots.txt", "a.example/away", "b.example/robots.txt"], Asked);
    }

    [Fact]
    public async Task Two_hosts_that_redirect_to_each_other_do_not_wait_for_ever()
    {
        _web.Map("/there", context => Redirect(context, context.Request.Host.Host == "a.example" ? "b.example" : "a.example", "/page"));

        var observing = Task.WhenAll(new[] { "a.example", "b.example" }.SelectMany(host => Enumerable.Range(0, 10).Select(
            number => _observer.ObserveAsync(Page(host, $"/there?{number}"), Token))));
        var observations = await observing.WaitAsync(Token);

        Assert.All(observations, observation => Assert.Equal(ObservationKind.Observed, observation.Kind));
        Assert.Equal(2, Asked.Count(path => path.EndsWith("/robots.txt", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_robots_txt_that_fails_keeps_the_page_unasked(int status)
    {
        _web.MapStatus("/robots.txt", status);

        var observation = await _observer.ObserveAsync(Page("a.example", "/page"), Token);

        Assert.Equal(ObservationKind.RobotsDisallowed, observation.Kind);
        Assert.Contains($"answers {status} for its robots.txt", observation.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("a.example/page", Asked);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_still_told_as_that()
    {
        var observation = await _observer.ObserveAsync(Page("gone.example", "/page"), Token);

        Assert.Equal((ObservationKind.Unreachable, true), (observation.Kind, observation.NameNotFound));
    }

    [Fact]
    public async Task Without_obedience_the_page_is_seen_and_the_obedient_learn_only_that_it_is_forbidden()
    {
        MapRobots("a.example", "User-agent: *\nDisallow: /page");
        _web.MapRedirect("/old", "/page");

        var look = await _observer.CheckAsync(Page("a.example", "/old"), obeyRobots: false, Token);

        Assert.Equal((ObservationKind.Observed, ObservationKind.RobotsDisallowed), (look.Seen.Kind, look.Obedient.Kind));
        Assert.Equal(look.Seen.CheckedAt, look.Obedient.CheckedAt);
        Assert.Equal(Page("a.example", "/page"), look.Obedient.FinalUrl);
        Assert.Null(look.Obedient.Reading);
    }

    [Fact]
    public async Task Without_obedience_an_allowed_page_is_the_same_for_everybody()
    {
        var look = await _observer.CheckAsync(Page("a.example", "/page"), obeyRobots: false, Token);

        Assert.Same(look.Seen, look.Obedient);
    }

    [Theory]
    [InlineData("User-agent: Googlebot\nDisallow: /page", "/page", "/page")]
    [InlineData("User-agent: Googlebot\nDisallow: /old", "/old", "/old")]
    [InlineData("User-agent: Googlebot\nDisallow: /page", "/old", "/page")]
    [InlineData("User-agent: LinkMonitor\nAllow: /\nUser-agent: *\nDisallow: /page", "/page", "/page")]
    [InlineData("User-agent: Googlebot\nDisallow: /other", "/old", null)]
    public async Task What_robots_txt_says_to_Googlebot_is_noted_for_every_hop(string robots, string page, string? disallowed)
    {
        MapRobots("a.example", robots);
        _web.MapRedirect("/old", "/page");

        var observation = await _observer.ObserveAsync(Page("a.example", page), Token);

        Assert.Equal(ObservationKind.Observed, observation.Kind);
        Assert.Equal(disallowed, observation.DisallowedForGoogle?.Url.Path);
    }

    [Fact]
    public async Task The_pause_applies_between_robots_txt_and_the_page_and_the_deadline_does_not_run_meanwhile()
    {
        var start = _clock.GetUtcNow();
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.FromMinutes(10) }, _clock);
        var robots = new RobotsCache(_fetcher, pacer, _clock);
        await robots.ReadAsync(Page("a.example", "/page"), Token);

        var observing = new PageObserver(_fetcher, pacer, robots).ObserveAsync(Page("a.example", "/page"), Token);
        _clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(["a.example/robots.txt"], Asked);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var observation = await observing;

        Assert.Equal((ObservationKind.Observed, start + TimeSpan.FromMinutes(10)), (observation.Kind, observation.CheckedAt));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_crawl_delay_keeps_the_host_closed_after_the_page(bool obeyRobots, bool isFree)
    {
        MapRobots("a.example", "User-agent: *\nCrawl-delay: 10");
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, _clock);
        var observer = new PageObserver(_fetcher, pacer, new RobotsCache(_fetcher, pacer, _clock));

        await observer.CheckAsync(Page("a.example", "/page"), obeyRobots, Token);
        var next = pacer.EnterAsync("a.example", Token);

        Assert.Equal(isFree, next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await next;
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("999999999999", 86400)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public async Task Retry_after_of_a_busy_site_is_noted(string? field, int? seconds)
    {
        _web.Map("/page", context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = field;
            return Task.CompletedTask;
        });

        var observation = await _observer.ObserveAsync(Page("a.example", "/page"), Token);

        Assert.Equal(seconds is { } value ? TimeSpan.FromSeconds(value) : null, observation.RetryAfter);
    }

    private void MapRobots(string host, string text) => _web.Map("/robots.txt", context =>
    {
        context.Response.StatusCode = context.Request.Host.Host == host ? 200 : 404;
        return context.Response.WriteAsync(context.Request.Host.Host == host ? text : "none");
    });

    private Task Redirect(HttpContext context, string host, string path)
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = _web.Url(host, path);
        return Task.CompletedTask;
    }

    private WebUrl Page(string host, string path) => Web.Parse(_web.Url(host, path));
}
