using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Engine.Checking;

/// <summary>What the corpus cannot show: several checks of one link, with the tracker between them.</summary>
public sealed class LinkCheckerTests : IAsyncLifetime
{
    private static readonly Expectation Expectation = new() { Target = Web.Parse("http://shop.example.com/lamps") };
    private readonly ManualTimeProvider _clock = new();
    private readonly MapResolver _names = new MapResolver().Add("shop.example.com", "93.184.215.14").Add(
        "blog.example.net", "93.184.215.14");
    private LocalWeb _web = null!;
    private PublicWeb _gate = null!;
    private RelatedPages _pages = null!;
    private LinkChecker _checker = null!;
    private TargetRound? _round;
    private LinkStatus _status = LinkStatus.New(PageAnswer.Time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _web = (await LocalWeb.StartAsync(Token)).MapStatus("/lamps", 200);
        Forget();
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

    [Theory]
    [InlineData("", "<p hidden>", "")]
    [InlineData("<link rel=canonical href=/other>", "<p>", "")]
    [InlineData("<meta name=robots content=noindex,nofollow>", "<footer>", "rel=nofollow")]
    public async Task A_page_that_is_the_same_is_judged_the_same_at_the_first_check_and_later(string head, string part, string attributes)
    {
        Serve(Article().Replace("<p>", part, StringComparison.Ordinal).Replace("<h1>", head + "<h1>", StringComparison.Ordinal)
            .Replace("<a ", $"<a {attributes} ", StringComparison.Ordinal));
        _web.MapHtml("/other", Article().Replace("/lamps'", "/chairs'", StringComparison.Ordinal));

        var first = await CheckAsync();
        var second = await CheckAsync();

        Assert.Equal((LinkState.Live, 0), (first.Status.State, first.Status.Suspicions.Count));
        Assert.Equal((LinkState.Live, 0), (second.Status.State, second.Status.Suspicions.Count));
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

    [Fact]
    public async Task A_broken_target_that_gives_no_answer_any_more_has_not_recovered()
    {
        Serve(Article());
        await CheckAsync();
        _web.MapStatus("/lamps", 410);
        await CheckAsync();
        await CheckAsync();
        _web.Map("/lamps", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var silent = await CheckAsync();
        _web.MapStatus("/lamps", 200);
        var answering = await CheckAsync();

        Assert.Equal(ReasonCode.TargetBroken, Assert.Single(silent.Status.Reasons).Code);
        Assert.Null(silent.Transition);
        Assert.Contains("gave no answer; what was known before is kept (410)", TargetStep(silent), StringComparison.Ordinal);
        Assert.Equal(LinkState.Live, answering.Status.State);
    }

    [Fact]
    public async Task A_target_that_gives_no_answer_for_a_day_is_told_with_its_words()
    {
        Serve(Article());
        await CheckAsync();
        _web.Map("/lamps", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var states = new List<LinkState>();
        for (var look = 0; look < 5; look++)
        {
            states.Add((await CheckAsync()).Status.State);
            _clock.Advance(TimeSpan.FromHours(6));
        }

        Assert.Equal([LinkState.Live, LinkState.Live, LinkState.Live, LinkState.Live, LinkState.Changed], states);
        var reason = Assert.Single(_status.Reasons);
        Assert.Equal((ReasonCode.TargetBroken, "no-answer"), (reason.Code, reason.Found));
        Assert.Contains("has not answered for a day. shop.example.com ended the connection", reason.Message, StringComparison.Ordinal);
        _web.MapStatus("/lamps", 200);
        Assert.Equal(LinkState.Live, (await CheckAsync()).Status.State);
    }

    [Fact]
    public async Task An_unchanged_page_must_be_read_when_its_target_falls_silent_and_need_not_once_that_is_told()
    {
        Serve(Article());
        await CheckAsync();
        _web.Map("/lamps", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        _clock.Advance(TimeSpan.FromMinutes(61));
        var first = await LinkChecker.RecheckTargetAsync(Expectation, _status, _checker.Round(Timeout.InfiniteTimeSpan), Token);
        for (var look = 0; look < 5; look++)
        {
            await CheckAsync();
            _clock.Advance(TimeSpan.FromHours(6));
        }

        var told = await LinkChecker.RecheckTargetAsync(Expectation, _status, _checker.Round(Timeout.InfiniteTimeSpan), Token);
        Assert.Null(first);
        Assert.Equal(TargetGap.NoAnswer, told?.Gap);
    }

    [Fact]
    public async Task A_target_whose_name_no_longer_exists_is_told_after_hours()
    {
        Serve(Article());
        await CheckAsync();
        _names.Add("shop.example.com", NameAnswer.NotFound);
        await _names.ResolveAsync("shop.example.com", Token);
        Forget();

        var first = await CheckAsync();
        _clock.Advance(TimeSpan.FromHours(6));
        var second = await CheckAsync();

        Assert.Equal((LinkState.Live, LinkState.Changed), (first.Status.State, second.Status.State));
        Assert.Equal("no-such-name", Assert.Single(second.Status.Reasons).Found);
    }

    [Fact]
    public async Task A_target_for_which_a_round_has_no_time_is_neither_confirmed_nor_refuted()
    {
        Serve(Article());
        await CheckAsync();
        _web.MapStatus("/lamps", 404);
        var suspected = await CheckAsync();
        _round = await UsedUpAsync();

        var left = await CheckAsync();
        _round = null;
        var confirmed = await CheckAsync();

        Assert.Equal(suspected.Status.Suspicions, left.Status.Suspicions);
        Assert.Equal((LinkState.Live, null), (left.Status.State, left.Transition));
        Assert.Contains("this round's time for targets was used up", TargetStep(left), StringComparison.Ordinal);
        Assert.Equal(ReasonCode.TargetBroken, Assert.Single(confirmed.Status.Reasons).Code);
        Assert.Equal(suspected.Status.LastCheckedAt, confirmed.Transition?.Since);
    }

    [Fact]
    public async Task A_target_that_is_seen_later_than_its_link_differs_from_nothing()
    {
        Serve(Article());
        _web.MapRedirect("/lamps", "/new-lamps").MapStatus("/new-lamps", 200).MapStatus("/newer-lamps", 200);
        _round = await UsedUpAsync();
        var unseen = await CheckAsync();
        _round = null;

        var first = await CheckAsync();
        var second = await CheckAsync();
        _web.MapRedirect("/lamps", "/newer-lamps");
        var moved = await CheckAsync();

        Assert.True(unseen.Status.Baseline?.IsTargetUnknown);
        Assert.EndsWith("/new-lamps", first.Status.Baseline?.TargetLeadsTo, StringComparison.Ordinal);
        Assert.All(
            [unseen, first, second], result => Assert.Equal((LinkState.Live, 0), (result.Status.State, result.Status.Suspicions.Count)));
        Assert.Equal(ReasonCode.TargetRedirects, Assert.Single(moved.Status.Suspicions).Reason.Code);
    }

    [Fact]
    public async Task Targets_that_nobody_asks_for_get_no_request_and_give_no_reason()
    {
        Serve(Article());
        _web.MapStatus("/lamps", 404);
        _round = TargetRound.Off;

        await CheckAsync();
        var result = await CheckAsync();

        Assert.Equal((LinkState.Live, 0), (result.Status.State, result.Status.Suspicions.Count));
        Assert.DoesNotContain(_web.Requests, request => request.Path == "/lamps");
        Assert.Contains("checkTargets", TargetStep(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirector_that_fails_is_asked_again_at_the_next_check_however_soon()
    {
        Serve(Article());
        await CheckAsync();
        Serve(Article().Replace("http://shop.example.com/lamps", "/out/lamps", StringComparison.Ordinal));
        _web.MapStatus("/out/lamps", 500);

        var first = await CheckAsync();
        var second = await CheckAsync(TimeSpan.FromSeconds(5));
        _web.MapRedirect("/out/lamps", "http://shop.example.com/lamps");
        var third = await CheckAsync(TimeSpan.FromSeconds(5));

        Assert.All([first, second], result => Assert.Equal((LinkState.Live, 0), (result.Status.State, result.Status.Suspicions.Count)));
        Assert.Equal(CheckOutcome.ServerError, second.Status.LastEvidence?.Outcome);
        Assert.Equal(CheckOutcome.Observed, third.Status.LastEvidence?.Outcome);
        Assert.Equal(3, _web.Requests.Count(request => request.Path == "/out/lamps"));
    }

    [Fact]
    public async Task A_redirector_that_robots_txt_forbids_is_not_asked_and_is_no_loss()
    {
        _web.Map("/robots.txt", context => context.Response.WriteAsync("User-agent: *\nDisallow: /out\n", Token));
        Serve(Article());
        await CheckAsync();
        Serve(Article().Replace("http://shop.example.com/lamps", "/out/lamps", StringComparison.Ordinal));

        await CheckAsync();
        var result = await CheckAsync();

        Assert.Equal((LinkState.Live, 0), (result.Status.State, result.Status.Suspicions.Count));
        Assert.Equal(CheckOutcome.RobotsDisallowed, result.Status.LastEvidence?.Outcome);
        Assert.Contains("/out/lamps", result.Status.LastEvidence?.Explanation?.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(_web.Requests, request => request.Path == "/out/lamps");
    }

    /// <summary>Gives up the connections, and what is known of names.</summary>
    private void Forget()
    {
        _gate?.Dispose();
        _gate = new PublicWeb(_names, _web.Port);
        var observer = Observer();
        _pages = new RelatedPages(observer);
        _checker = new LinkChecker(new TargetObserver(observer, _clock), _clock);
    }

    private static string TargetStep(TrackingResult result) =>
        result.Status.LastEvidence!.Explanation!.Steps.Single(step => step.Name == StepName.Target).Seen;

    /// <summary>The fetches of a round whose time another target used up.</summary>
    private async Task<TargetRound> UsedUpAsync()
    {
        var asked = new TaskCompletionSource();
        _web.Map("/slow", context =>
        {
            asked.TrySetResult();
            return new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        });
        var round = _checker.Round(TimeSpan.FromSeconds(5));
        var looking = round.FetchAsync(Web.Parse("http://shop.example.com/slow"), Token);
        await asked.Task.WaitAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TargetFinding.Missing(TargetGap.OutOfTime), await looking);
        return round;
    }

    private static string Article() =>
        $"<title>Lamps</title><h1>Lamps</h1><p>{string.Concat(Enumerable.Repeat("Words about lamps. ", 100))}<a "
            + $"href='http://shop.example.com/lamps'>lamps</a>";

    private void Serve(string html) => _web.MapHtml("/post", html);

    /// <summary>One check, an hour and more after the last.</summary>
    private Task<TrackingResult> CheckAsync() => CheckAsync(TimeSpan.FromMinutes(61));

    private async Task<TrackingResult> CheckAsync(TimeSpan later)
    {
        _clock.Advance(later);
        var seen = (await _pages.CheckAsync(Web.Parse("http://blog.example.net/post"), obeyRobots: true, Token)).Seen;
        var observation = seen with { CheckedAt = _clock.GetUtcNow() };
        var verdict = await LinkChecker.CheckAsync(
            observation, Expectation, _status, _round ?? _checker.Round(Timeout.InfiniteTimeSpan), Token);
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
