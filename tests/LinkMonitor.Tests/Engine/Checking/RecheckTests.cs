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

/// <summary>Asking a site whether a page has changed, and what its word is worth.</summary>
public sealed class RecheckTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private LocalWeb _web = null!;
    private PageFetcher _fetcher = null!;
    private RelatedPages _pages = null!;
    private VersionedPage _page = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _web = await LocalWeb.StartAsync(Token);
        _page = new VersionedPage(_web, "/post");
        _fetcher = new PageFetcher(Web.Loopback, new MapResolver().Add("a.example", "127.0.0.1").Add("b.example", "127.0.0.1"), _clock);
        Restart();
    }

    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_read_again()
    {
        var lastFetch = await LastFetchAsync();
        _clock.Advance(TimeSpan.FromDays(1));

        var recheck = await AskAsync(lastFetch);

        Assert.Equal((_clock.GetUtcNow(), null), (recheck.UnchangedAt, recheck.Observations));
        Assert.Equal([(200, false), (304, true)], _page.Answers);
        Assert.Equal("\"1\"", _web.Requests[^1].Headers["If-None-Match"]);
        Assert.Equal("GET", _web.Requests[^1].Method);
    }

    [Fact]
    public async Task A_page_that_has_changed_comes_with_the_same_request()
    {
        var lastFetch = await LastFetchAsync();
        _page.Change("<title>New</title><p>Other words.", "\"2\"");

        var look = await FullAsync(lastFetch);

        Assert.Equal("New", look.Seen.Reading?.Title);
        Assert.Equal([(200, false), (200, true)], _page.Answers);
        Assert.Equal("\"2\"", look.LastFetch?.Validators?.EntityTag);
    }

    [Fact]
    public async Task A_site_without_entity_tags_is_asked_by_the_date_it_gave()
    {
        _page.EntityTag = null;
        _page.LastModified = "Fri, 02 Jan 2026 08:00:00 GMT";
        var lastFetch = await LastFetchAsync();

        var recheck = await AskAsync(lastFetch);

        Assert.NotNull(recheck.UnchangedAt);
        Assert.Equal("Fri, 02 Jan 2026 08:00:00 GMT", _web.Requests[^1].Headers["If-Modified-Since"]);
        Assert.DoesNotContain("If-None-Match", _web.Requests[^1].Headers.Keys);
    }

    [Fact]
    public async Task A_304_may_speak_of_the_length_and_the_coding_of_the_body_that_it_does_not_have()
    {
        var lastFetch = await LastFetchAsync();
        _page.Of304["Content-Encoding"] = "gzip";
        _page.Of304["Content-Length"] = "999999999";

        Assert.NotNull((await AskAsync(lastFetch)).UnchangedAt);
    }

    [Fact]
    public async Task Only_the_url_that_gave_the_entity_tag_is_asked_with_it()
    {
        _web.MapRedirect("/old", "/post");
        var lastFetch = await LastFetchAsync("/old");

        var recheck = await AskAsync(lastFetch, "/old");

        Assert.NotNull(recheck.UnchangedAt);
        Assert.DoesNotContain(_web.Requests, request => request.Path == "/old" && request.Headers.ContainsKey("If-None-Match"));
        Assert.Equal([(200, false), (304, true)], _page.Answers);
    }

    [Theory]
    [InlineData("/other")]
    [InlineData("/old-2")]
    public async Task Another_way_to_the_page_or_to_another_page_is_a_full_look(string leadsTo)
    {
        _web.MapRedirect("/old", "/post").MapRedirect("/old-2", "/post");
        var other = new VersionedPage(_web, "/other");
        var lastFetch = await LastFetchAsync("/old");
        _web.MapRedirect("/old", leadsTo);

        var look = await FullAsync(lastFetch, "/old");

        Assert.Equal(ObservationKind.Observed, look.Seen.Kind);
        Assert.All([.. _page.Answers, .. other.Answers], answer => Assert.Equal((200, false), answer));
    }

    [Fact]
    public async Task A_304_that_nobody_asked_for_is_no_sight_of_the_page()
    {
        var lastFetch = await LastFetchAsync();
        _page.StatusFor = _ => 304;
        _web.MapRedirect("/old", "/post");

        var look = await FullAsync(lastFetch, "/old");

        Assert.Equal((ObservationKind.Unreachable, 304), (look.Seen.Kind, look.Seen.Status));
        Assert.Null(look.LastFetch);
        Assert.Equal([(200, false), (304, false)], _page.Answers);
    }

    [Fact]
    public async Task A_412_is_answered_by_a_full_look_and_distrust()
    {
        var lastFetch = await LastFetchAsync();
        _page.StatusFor = request => request.Headers.IfNoneMatch.Count > 0 ? 412 : 200;

        var look = await FullAsync(lastFetch);

        AssertDistrusted(look);
        Assert.Equal([(200, false), (412, true), (200, false)], _page.Answers);
    }

    [Fact]
    public async Task A_304_with_another_entity_tag_is_answered_by_a_full_look_and_distrust()
    {
        var lastFetch = await LastFetchAsync();
        _page.Of304["ETag"] = "\"2\"";

        AssertDistrusted(await FullAsync(lastFetch));
    }

    [Theory]
    [InlineData("X-Robots-Tag", "noindex")]
    [InlineData("Link", "<http://a.example/other>; rel=next")]
    [InlineData("Refresh", "60")]
    [InlineData("Content-Type", "text/html; charset=iso-8859-1")]
    public async Task A_304_that_shows_a_changed_header_leads_to_a_full_look(string name, string value)
    {
        var lastFetch = await LastFetchAsync();
        _page.Headers[name] = value;

        var look = await FullAsync(lastFetch);

        Assert.Equal([(200, false), (304, true), (200, false)], _page.Answers);
        Assert.NotNull(look.LastFetch?.Validators);
        Assert.Equal(name != "X-Robots-Tag", look.Seen.Reading?.Robots.Index);
    }

    [Fact]
    public async Task A_header_that_is_gone_leads_to_a_full_look()
    {
        _page.Headers["X-Robots-Tag"] = "noindex";
        var lastFetch = await LastFetchAsync();
        _page.Headers.Remove("X-Robots-Tag");

        var look = await FullAsync(lastFetch);

        Assert.True(look.Seen.Reading?.Robots.Index);
        Assert.NotNull(look.LastFetch?.Validators);
    }

    [Fact]
    public async Task A_server_whose_304s_leave_out_the_header_that_counts_is_not_asked_for_a_month()
    {
        _page.Headers["X-Robots-Tag"] = "nofollow";
        _page.LeftOutOf304.Add("X-Robots-Tag");
        var lastFetch = await LastFetchAsync();

        AssertDistrusted(await FullAsync(lastFetch));
    }

    [Fact]
    public async Task A_server_whose_304s_leave_out_its_own_headers_could_hide_one_and_is_not_asked_for_a_month()
    {
        _page.Headers["X-Cache-Network"] = "added behind the server";
        var lastFetch = await LastFetchAsync();
        _page.LeftOutOf304.UnionWith(["X-Powered-By", "X-Robots-Tag"]);
        _page.Headers["X-Robots-Tag"] = "noindex";

        var look = await FullAsync(lastFetch);

        AssertDistrusted(look);
        Assert.False(look.Seen.Reading?.Robots.Index);
    }

    [Fact]
    public async Task A_site_that_gives_other_content_under_the_same_entity_tag_is_not_asked_for_a_month_and_then_again()
    {
        var lastFetch = await LastFetchAsync();
        _page.Html += " more";
        var belied = (await _pages.CheckAsync(Url("/post"), obeyRobots: true, Token)).After(lastFetch);
        AssertDistrusted(belied);

        _clock.Advance(LastFetch.Distrust - TimeSpan.FromSeconds(1));
        var within = (await _pages.CheckAsync(Url("/post"), obeyRobots: true, Token)).After(belied.LastFetch);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var after = (await _pages.CheckAsync(Url("/post"), obeyRobots: true, Token)).After(within.LastFetch);

        Assert.Null(within.LastFetch?.Validators);
        Assert.NotNull(after.LastFetch?.Validators);
    }

    [Fact]
    public async Task A_304_in_front_of_a_wall_leads_to_a_full_look()
    {
        var lastFetch = await LastFetchAsync();
        _page.Of304["cf-mitigated"] = "challenge";

        Assert.Equal(ObservationKind.Observed, (await FullAsync(lastFetch)).Seen.Kind);
    }

    [Fact]
    public async Task A_robots_txt_that_closes_the_page_to_Googlebot_or_opens_it_leads_to_a_full_look()
    {
        var open = await LastFetchAsync();
        MapRobots("User-agent: Googlebot\nDisallow: /post");
        var closed = await FullAsync(open);
        Assert.NotNull(closed.Seen.DisallowedForGoogle);
        Assert.NotNull((await AskAsync(closed.LastFetch!)).UnchangedAt);

        MapRobots("");
        var opened = await FullAsync(closed.LastFetch!);

        Assert.Null(opened.Seen.DisallowedForGoogle);
        Assert.NotNull(opened.LastFetch?.Validators);
    }

    [Fact]
    public async Task A_robots_txt_that_closes_the_page_to_us_keeps_us_from_asking()
    {
        var lastFetch = await LastFetchAsync();
        MapRobots("User-agent: *\nDisallow: /post");

        Assert.Equal(ObservationKind.RobotsDisallowed, (await FullAsync(lastFetch)).Seen.Kind);
        Assert.Single(_page.Answers);
    }

    [Fact]
    public async Task A_page_that_is_read_by_its_owners_word_only_is_always_read_in_full()
    {
        var lastFetch = await LastFetchAsync();
        MapRobots("User-agent: *\nDisallow: /post");

        var recheck = await _pages.RecheckAsync(Url("/post"), obeyRobots: false, lastFetch, ignoresNumbers: true, Token);

        Assert.Equal(
            (ObservationKind.Observed, ObservationKind.RobotsDisallowed),
            (recheck.Observations?.Seen.Kind, recheck.Observations?.Obedient.Kind));
        Assert.Null(recheck.Observations?.LastFetch);
    }

    [Theory]
    [InlineData("<link rel=canonical href=/other>")]
    [InlineData("<meta http-equiv=refresh content='0; url=/other'>")]
    [InlineData("<meta name=robots content='unavailable_after: 2026-12-31'>")]
    public async Task What_may_change_without_the_page_changing_leaves_nothing_to_ask_with(string head)
    {
        _web.MapHtml("/other", "<p>Words and <a href='http://shop.example.com/lamps'>lamps</a>.");
        _page.Html = head + _page.Html;

        Assert.Null((await _pages.CheckAsync(Url("/post"), obeyRobots: true, Token)).LastFetch);
    }

    [Fact]
    public async Task Neither_does_a_page_that_its_time_has_passed_for_need_to_be_read_again()
    {
        _page.Html = "<meta name=robots content='unavailable_after: 2025-12-31'>" + _page.Html;

        Assert.NotNull((await _pages.CheckAsync(Url("/post"), obeyRobots: true, Token)).LastFetch);
    }

    [Theory]
    [InlineData(203)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Only_a_200_leaves_something_to_ask_with(int status)
    {
        _page.StatusFor = _ => status;

        Assert.Null((await _pages.CheckAsync(Url("/post"), obeyRobots: true, Token)).LastFetch);
    }

    [Fact]
    public async Task The_hosts_pause_lies_between_the_two_requests_of_a_round()
    {
        var lastFetch = await LastFetchAsync();
        _page.Of304["ETag"] = "\"2\"";
        using var fetcher = new PageFetcher(Web.Loopback, new MapResolver().Add("a.example", "127.0.0.1"), TimeProvider.System);
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.FromMinutes(10) }, _clock);
        var robots = new RobotsCache(fetcher, pacer, _clock);
        await robots.ReadAsync(Url("/post"), Token);

        // The pacer's pauses are all that waits by this clock.
        var asking = new PageObserver(fetcher, pacer, robots).RecheckAsync(
            Url("/post"), obeyRobots: true, lastFetch, ignoresNumbers: false, Token);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await _clock.WaitForTimersAsync(1, Token);
        _clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal((false, 2), (asking.IsCompleted, _page.Answers.Count));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await asking;

        Assert.Equal([(200, false), (304, true), (200, false)], _page.Answers);
    }

    private static void AssertDistrusted(PageObservations look)
    {
        Assert.Equal(ObservationKind.Observed, look.Seen.Kind);
        Assert.Equal((null, look.Seen.CheckedAt + LastFetch.Distrust), (look.LastFetch?.Validators, look.LastFetch?.DistrustedUntil));
    }

    private async Task<LastFetch> LastFetchAsync(string path = "/post")
    {
        var lastFetch = (await _pages.CheckAsync(Url(path), obeyRobots: true, Token)).LastFetch;
        Assert.NotNull(lastFetch?.Validators);
        return lastFetch;
    }

    private Task<ConditionalFetch> AskAsync(LastFetch lastFetch, string path = "/post") =>
        _pages.RecheckAsync(Url(path), obeyRobots: true, lastFetch, ignoresNumbers: true, Token);

    private async Task<PageObservations> FullAsync(LastFetch lastFetch, string path = "/post")
    {
        var recheck = await AskAsync(lastFetch, path);
        Assert.Null(recheck.UnchangedAt);
        return recheck.Observations!;
    }

    /// <summary>The file as of now: what was known of it is forgotten.</summary>
    private void MapRobots(string text)
    {
        _web.Map("/robots.txt", context => context.Response.WriteAsync(text));
        Restart();
    }

    private void Restart()
    {
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, _clock);
        _pages = new RelatedPages(new PageObserver(_fetcher, pacer, new RobotsCache(_fetcher, pacer, _clock)));
    }

    private WebUrl Url(string path) => Web.Parse(_web.Url("a.example", path));
}
