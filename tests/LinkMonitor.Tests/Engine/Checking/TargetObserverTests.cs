using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging.Targets;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Checking;

public sealed class TargetObserverTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MapResolver _names = new MapResolver().Add("shop.example.com", "93.184.215.14");
    private LocalWeb _web = null!;
    private PublicWeb _gate = null!;
    private TargetObserver _targets = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _web = (await LocalWeb.StartAsync(Token)).MapStatus("/lamps", 404).MapStatus("/chairs", 200);
        _gate = new PublicWeb(_names, _web.Port);
        _targets = new TargetObserver(Observer(), _clock);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task Many_who_ask_at_once_are_one_request()
    {
        var url = Web.Parse("http://shop.example.com/lamps#top");

        var sights = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _targets.FetchAsync(url, Token)));

        Assert.All(sights, fetched => Assert.True(fetched?.IsBroken));
        Assert.Single(_web.Requests, request => request.Path != "/robots.txt");
    }

    [Fact]
    public async Task A_sight_stands_for_its_lifetime_and_no_longer()
    {
        var url = Web.Parse("http://shop.example.com/chairs");
        await _targets.FetchAsync(url, Token);

        _clock.Advance(TargetObserver.Lifetime - TimeSpan.FromSeconds(1));
        await _targets.FetchAsync(url, Token);
        Assert.Single(_web.Requests, request => request.Path != "/robots.txt");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _targets.FetchAsync(url, Token);

        Assert.Equal(2, _web.Requests.Count(request => request.Path != "/robots.txt"));
    }

    [Fact]
    public async Task A_site_that_gives_no_answer_is_not_asked_for_its_other_targets_meanwhile()
    {
        _names.Add("gone.example.com", NameAnswer.Failed);
        var first = await _targets.FetchAsync(Web.Parse("http://gone.example.com/1"), Token)
            ?? throw new InvalidOperationException("Busy.");
        var second = await _targets.FetchAsync(Web.Parse("http://gone.example.com/2"), Token)
            ?? throw new InvalidOperationException("Busy.");
        var asked = _names.Asked.Count;
        _clock.Advance(TargetObserver.Lifetime);
        await _targets.FetchAsync(Web.Parse("http://gone.example.com/2"), Token);

        Assert.Equal((false, false, true), (first.IsBroken, first.IsRedirected, first.IsSilent));
        Assert.Equal((false, false, true), (second.IsBroken, second.IsRedirected, second.IsSilent));
        Assert.Equal("http://gone.example.com/2", second.Url.Href);
        Assert.Equal(asked + 1, _names.Asked.Count);
    }

    [Fact]
    public async Task A_certificate_that_has_run_out_breaks_its_target()
    {
        await using var web = await LocalWeb.StartTlsAsync(
            IssuedCertificate.Create(null, new DateTimeOffset(2024, 5, 6, 0, 0, 0, TimeSpan.Zero)), Token);
        using var fetcher = new PageFetcher(Web.Loopback, new MapResolver(), TimeProvider.System);
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, _clock);
        var targets = new TargetObserver(new PageObserver(fetcher, pacer, new RobotsCache(fetcher, pacer, _clock)), _clock);

        var reason = Assert.Single(TargetJudge.Reasons((await targets.FetchAsync(Web.Parse(web.Url("/lamps")), Token))!, null));

        Assert.Equal((ReasonCode.TargetBroken, "certificate-expired"), (reason.Code, reason.Found));
        Assert.Contains("its certificate expired on 2024-05-06: the site's owner must renew it.", reason.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FetchFailure.NameLookupFailed, true)]
    [InlineData(FetchFailure.ConnectFailed, true)]
    [InlineData(FetchFailure.TlsFailed, true)]
    [InlineData(FetchFailure.TimedOut, true)]
    [InlineData(FetchFailure.ConnectionLost, true)]
    [InlineData(FetchFailure.InvalidResponse, true)]
    [InlineData(FetchFailure.OurNetwork, false)]
    [InlineData(FetchFailure.Refused, false)]
    [InlineData(FetchFailure.RobotsDisallowed, false)]
    [InlineData(FetchFailure.TooLarge, false)]
    [InlineData(FetchFailure.InvalidRedirect, false)]
    public void Silence_is_what_no_reader_gets_an_answer_by(FetchFailure failure, bool isSilent)
    {
        Assert.Equal(isSilent, TargetFetch.Of(PageAnswer.Failed(failure)).IsSilent);
        Assert.False(TargetFetch.Of(PageAnswer.Failed(failure, status: 200)).IsSilent);
    }

    [Fact]
    public async Task Old_sights_do_not_pile_up()
    {
        for (var n = 0; n < 1_500; n++)
            await _targets.FetchAsync(Web.Parse($"http://shop.example.com/page/{n}"), Token);
        _clock.Advance(TargetObserver.Lifetime);
        for (var n = 0; n < 1_500; n++)
            await _targets.FetchAsync(Web.Parse($"http://shop.example.com/other/{n}"), Token);

        Assert.InRange(_targets.Count, 1, 2_000);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_look_to_others()
    {
        var reached = new TaskCompletionSource();
        _web.Map("/slow", async context =>
        {
            reached.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        });
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var given = _targets.FetchAsync(Web.Parse("http://shop.example.com/slow"), impatient.Token);
        await reached.Task.WaitAsync(Token);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        _web.MapStatus("/slow", 410);

        Assert.True((await _targets.FetchAsync(Web.Parse("http://shop.example.com/slow"), Token))?.IsBroken);
    }

    private PageObserver Observer()
    {
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, _clock);
        return new PageObserver(_gate.Fetcher, pacer, new RobotsCache(_gate.Fetcher, pacer, _clock));
    }
}
