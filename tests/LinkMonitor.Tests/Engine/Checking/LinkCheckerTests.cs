using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Checking;

/// <summary>What the corpus cannot show: several checks of one link, with the tracker between them.</summary>
public sealed class LinkCheckerTests : IAsyncLifetime
{
    private static readonly Expectation Expectation = new() { Target = Web.Parse("http://shop.example.com/lamps") };
    private readonly ManualTimeProvider _clock = new();
    private LocalWeb _web = null!;
    private PublicWeb _gate = null!;
    private RelatedPages _pages = null!;
    private LinkChecker _checker = null!;
    private LinkStatus _status = LinkStatus.New(PageAnswer.Time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _web = (await LocalWeb.StartAsync(Token)).MapStatus("/lamps", 200);
        _gate = new PublicWeb(new MapResolver().Add("shop.example.com", "93.184.215.14").Add("blog.example.net", "93.184.215.14"), _web.Port);
        var observer = Observer();
        _pages = new RelatedPages(observer);
        _checker = new LinkChecker(new TargetObserver(observer, _clock));
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        await _web.DisposeAsync();
    }

    [Theory]
    [InlineData("/new-lamps")]
    [InlineData("http://blog.example.net/lamps-in-english")]
    public async Task A_target_that_always_redirected_makes_no_change_and_no_recovery(string location)
    {
        Serve(Article());
        _web.MapRedirect("/lamps", location).MapStatus("/new-lamps", 200).MapStatus("/lamps-in-english", 200);

        var first = await CheckAsync();
        var second = await CheckAsync();

        Assert.Equal((LinkState.Live, LinkState.Live), (first.Status.State, second.Status.State));
        Assert.Null(second.Transition);
    }

    [Fact]
    public async Task A_target_that_begins_to_redirect_is_told_once_confirmed_and_recovers()
    {
        Serve(Article());
        await CheckAsync();
        _web.MapRedirect("/lamps", "/new-lamps").MapStatus("/new-lamps", 200);

        var suspected = await CheckAsync();
        var confirmed = await CheckAsync();
        _web.MapStatus("/lamps", 200);
        var recovered = await CheckAsync();

        Assert.Equal(LinkState.Live, suspected.Status.State);
        Assert.Equal(ReasonCode.TargetRedirects, Assert.Single(confirmed.Status.Reasons).Code);
        Assert.Equal(LinkState.Live, recovered.Status.State);
    }

    [Fact]
    public async Task A_page_that_came_in_part_keeps_its_link_and_becomes_unreachable_after_days()
    {
        Serve(Article());
        await CheckAsync();
        Serve("<title>Lamps</title><p>Some words are left.");

        var soon = await CheckAsync();
        _clock.Advance(TimeSpan.FromDays(7));
        var late = await CheckAsync();
        Serve(Article());
        var back = await CheckAsync();

        Assert.Equal((LinkState.Live, LinkState.Unreachable, LinkState.Live), (soon.Status.State, late.Status.State, back.Status.State));
        Assert.Equal(ReasonCode.PageShrunk, Assert.Single(late.Status.Reasons).Code);
    }

    [Fact]
    public async Task A_parked_domain_is_lost_only_after_its_long_confirmation()
    {
        Serve(Article());
        await CheckAsync();
        Serve("<title>This domain is parked</title><p>Coming soon.");

        var states = new List<LinkState>();
        for (var day = 0; day < 3; day++)
        {
            states.Add((await CheckAsync()).Status.State);
            _clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([LinkState.Live, LinkState.Live, LinkState.Lost], states);
        Assert.Equal(ReasonCode.DomainGone, Assert.Single(_status.Reasons).Code);
    }

    [Fact]
    public async Task A_soft_404_is_lost_after_six_hours_like_a_404()
    {
        Serve(Article());
        await CheckAsync();
        Serve("<title>Page not found</title><p>Sorry.");

        await CheckAsync();
        var early = await CheckAsync();
        _clock.Advance(TimeSpan.FromHours(5));
        var late = await CheckAsync();

        Assert.Equal((LinkState.Live, LinkState.Lost), (early.Status.State, late.Status.State));
    }

    private static string Article() =>
        $"<title>Lamps</title><h1>Lamps</h1><p>{string.Concat(Enumerable.Repeat("Words about lamps. ", 100))}<a href='http://shop.example.com/lamps'>lamps</a>";

    private void Serve(string html) => _web.MapHtml("/post", html);

    /// <summary>One check, an hour and more after the last.</summary>
    private async Task<TrackingResult> CheckAsync()
    {
        _clock.Advance(TimeSpan.FromMinutes(61));
        var seen = (await _pages.LookAsync(Web.Parse("http://blog.example.net/post"), obeyRobots: true, Token)).Seen;
        var observation = seen with { CheckedAt = _clock.GetUtcNow() };
        var verdict = await _checker.CheckAsync(observation, Expectation, _status, Token);
        var result = LinkTracker.Apply(_status, verdict, ConfirmationPolicy.Default);
        _status = result.Status;
        return result;
    }

    private PageObserver Observer()
    {
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, _clock);
        return new PageObserver(_gate.Fetcher, pacer, new RobotsCache(_gate.Fetcher, pacer, _clock));
    }
}
