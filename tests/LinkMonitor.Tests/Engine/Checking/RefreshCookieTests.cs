using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Engine.Checking;

/// <summary>Gates that set a cookie and send the reader on by a refresh, which takes no script.</summary>
public sealed class RefreshCookieTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private LocalWeb _web = null!;
    private PageFetcher _fetcher = null!;
    private RelatedPages _pages = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<RecordedRequest> Asked => _web.Requests.Where(request => request.Path != "/robots.txt");

    public async ValueTask InitializeAsync()
    {
        _web = await LocalWeb.StartAsync(Token);
        _fetcher = new PageFetcher(Web.Loopback, new MapResolver().Add("a.example", "127.0.0.1").Add("b.example", "127.0.0.1"), _clock);
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, _clock);
        _pages = new RelatedPages(new PageObserver(_fetcher, pacer, new RobotsCache(_fetcher, pacer, _clock)));
    }

    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        await _web.DisposeAsync();
    }

    [Theory]
    [InlineData("0; url=/page?attempt=1", null)]
    [InlineData("1; url=/page", null)]
    [InlineData("0", null)]
    [InlineData(null, "0; url=/page?attempt=1")]
    [InlineData(null, "2")]
    public async Task A_cookie_lives_through_a_refresh(string? meta, string? header)
    {
        Gate(meta, header);

        var seen = await CheckAsync("/page");

        Assert.Equal("The page", seen.Reading?.Title);
        Assert.Equal([null, "tk=1"], Asked.Select(request => request.Headers.GetValueOrDefault("Cookie")));
    }

    [Fact]
    public async Task A_cookie_lives_through_redirects_behind_a_refresh()
    {
        Gate("0; url=/hop", null);
        _web.MapRedirect("/hop", "/page");

        Assert.Equal("The page", (await CheckAsync("/page")).Reading?.Title);
    }

    [Fact]
    public async Task A_cookie_goes_to_no_other_site_by_a_refresh()
    {
        Gate($"0; url={_web.Url("b.example", "/end")}", null);
        _web.MapHtml("/end", "<title>End</title>");

        Assert.Equal("End", (await CheckAsync("/page")).Reading?.Title);
        Assert.All(Asked, request => Assert.DoesNotContain("Cookie", request.Headers.Keys));
    }

    [Fact]
    public async Task A_page_that_loads_itself_again_is_read_once_more_only_for_a_cookie()
    {
        _web.MapHtml("/page", "<meta http-equiv=refresh content=5><title>Live</title>");

        Assert.Equal("Live", (await CheckAsync("/page")).Reading?.Title);
        Assert.Single(Asked);
    }

    [Fact]
    public async Task A_gate_that_sets_a_new_cookie_every_time_ends()
    {
        var count = 0;
        _web.Map("/page", context =>
        {
            context.Response.Headers.SetCookie = $"tk={++count}";
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<meta http-equiv=refresh content=0><title>Gate</title>", context.RequestAborted);
        });

        Assert.Equal("Gate", (await CheckAsync("/page")).Reading?.Title);
        Assert.Equal(1 + RelatedPages.MaxRefreshes, Asked.Count());
    }

    private async Task<Observation> CheckAsync(string path) =>
        (await _pages.CheckAsync(Web.Parse(_web.Url("a.example", path)), obeyRobots: true, Token)).Seen;

    private void Gate(string? meta, string? header) => _web.Map("/page", context =>
    {
        context.Response.ContentType = "text/html";
        if (context.Request.Cookies["tk"] == "1")
            return context.Response.WriteAsync("<title>The page</title><p>Words.", context.RequestAborted);
        context.Response.Headers.SetCookie = "tk=1; Path=/";
        if (header is not null)
            context.Response.Headers["Refresh"] = header;
        var refresh = meta is null ? "" : $"<meta http-equiv=refresh content='{meta}'>";
        return context.Response.WriteAsync($"{refresh}<title>One moment</title>", context.RequestAborted);
    });
}
