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

    [Theory]
    [InlineData(404, ReasonCode.TargetBroken)]
    [InlineData(301, ReasonCode.TargetRedirects)]
    public async Task What_is_suspected_of_a_target_is_confirmed_by_another_fetch_of_it(int status, ReasonCode code)
    {
        var quick = ConfirmationPolicy.Default with { Link = new ConfirmationRule(2, TimeSpan.FromMinutes(2)) };
        Serve(Article());
        await CheckAsync();
        if (status == 301)
            _web.MapRedirect("/lamps", "/other").MapStatus("/other", 200);
        else
            _web.MapStatus("/lamps", status);
        var before = Asked();

        var first = await CheckAsync(TimeSpan.FromMinutes(61), quick);
        var second = await CheckAsync(TimeSpan.FromMinutes(3), quick);

        Assert.Equal((LinkState.Live, LinkState.Changed), (first.Status.State, second.Status.State));
        Assert.Equal(code, Assert.Single(second.Status.Reasons).Code);
        Assert.Equal(before + 2, Asked());

        int Asked() => _web.Requests.Count(request => request.Path == "/lamps");
    }

    [Fact]
    public async Task One_fetch_of_a_target_confirms_nothing_in_two_checks()
    {
        var quick = ConfirmationPolicy.Default with { Link = new ConfirmationRule(2, TimeSpan.FromMinutes(1)) };
        Serve(Article());
        await CheckAsync();
        _web.MapStatus("/lamps", 404);
        var seen = await CheckAsync(TimeSpan.FromMinutes(61), quick);
        var fetched = Assert.Single(seen.Status.Suspicions).LastSeen;
        var again = new Verdict
        {
            State = VerdictState.Changed,
            Reasons = [seen.Status.Suspicions[0].Reason],
            Observation = (await _pages.CheckAsync(Web.Parse("http://blog.example.net/post"), obeyRobots: true, Token)).Seen with
            {
                CheckedAt = _clock.GetUtcNow().AddMinutes(5),
            },
            Target = new TargetFetch { Url = Expectation.Target, FinalUrl = Expectation.Target, Status = 404, At = fetched },
        };

        var held = LinkTracker.Apply(seen.Status, again, quick);
        var told = LinkTracker.Apply(seen.Status, again with { Target = again.Target with { At = fetched.AddMinutes(4) } }, quick);

        Assert.Equal((LinkState.Live, 1), (held.Status.State, Assert.Single(held.Status.Suspicions).Observations));
        Assert.Equal(LinkState.Changed, told.Status.State);
    }

    [Theory]
    [InlineData("/visits.php?n=7")]
    [InlineData("/?to=aHR0cA")]
    [InlineData("http://tea.example.org/k2")]
    public async Task What_stands_in_the_link_s_place_with_its_anchor_is_followed_once_wherever_it_leads(string href)
    {
        _names.Add("tea.example.org", "93.184.215.14");
        _web.MapRedirect("/visits.php", "http://shop.example.com/lamps").MapRedirect("/", "http://shop.example.com/lamps")
            .MapRedirect("/k2", "/k3").MapRedirect("/k3", "http://shop.example.com/lamps");
        Serve(Article());
        await CheckAsync();
        Serve(Article().Replace("http://shop.example.com/lamps", href, StringComparison.Ordinal));

        var result = await CheckAsync();

        Assert.Equal((LinkState.Live, 0), (result.Status.State, result.Status.Suspicions.Count));
        Assert.Contains("through a redirector", result.Status.LastEvidence?.Explanation?.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://rival.example.org/lamps", "now leads to http://rival.example.org/lamps.")]
    [InlineData("http://rival.example.org/moved", "to http://rival.example.org/moved, which redirects to http://rival.example.org/")]
    [InlineData("http://rival.example.org/none", "now leads to http://rival.example.org/none, which answers 404")]
    [InlineData("/about", "now leads to http://blog.example.net/about.")]
    [InlineData("#", "but to this page itself (href=\"#\")")]
    [InlineData("javascript:void(0)", "now leads to href=\"javascript:void(0)\"")]
    public async Task A_link_that_leads_elsewhere_now_is_lost_and_it_is_said_where_to(string href, string told)
    {
        _names.Add("rival.example.org", "93.184.215.14");
        Serve(Article());
        await CheckAsync();
        _web.MapRedirect("/moved", "/").MapHtml("/", "<h1>Rival</h1>").MapHtml("/about", "<h1>About</h1>").MapStatus("/none", 404);
        Serve(Article().Replace("http://shop.example.com/lamps", href, StringComparison.Ordinal));

        await CheckAsync();
        var result = await CheckAsync();

        var reason = Assert.Single(result.Status.Reasons);
        Assert.Equal((LinkState.Lost, ReasonCode.LinkRemoved), (result.Status.State, reason.Code));
        Assert.Contains(told, reason.Message, StringComparison.Ordinal);
        Assert.Contains(
            result.Status.LastEvidence!.Explanation!.Steps,
            step => step.Name == StepName.Element && step.Seen.Contains("its anchor now leads to", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_in_the_place_that_gives_no_clear_answer_is_no_loss()
    {
        Serve(Article());
        await CheckAsync();
        Serve(Article().Replace("http://shop.example.com/lamps", "/way/7", StringComparison.Ordinal));
        _web.MapStatus("/way/7", 503);

        await CheckAsync();
        var result = await CheckAsync();

        Assert.Equal((LinkState.Live, 0), (result.Status.State, result.Status.Suspicions.Count));
        Assert.Contains("/way/7", result.Status.LastEvidence?.Explanation?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_checks_of_targets_a_link_that_is_no_known_redirector_is_a_loss()
    {
        Serve(Article());
        await CheckAsync();
        Serve(Article().Replace("http://shop.example.com/lamps", "http://rival.example.org/lamps", StringComparison.Ordinal));
        _round = TargetRound.Off;

        await CheckAsync();
        var result = await CheckAsync();

        Assert.Equal(LinkState.Lost, result.Status.State);
        Assert.Contains("rival.example.org", result.Status.Reasons[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_links_with_one_anchor_none_stands_for_the_one_that_is_gone()
    {
        const string Entry = "<p>The way to what we wrote of here is short: <a href='@'>here</a></p>";
        string List(params string[] hrefs) => "<title>Ways</title><h1>Ways</h1>" + string.Concat(Enumerable.Repeat("<p>Of ways. ", 60))
            + string.Concat(hrefs.Select(href => Entry.Replace("@", href, StringComparison.Ordinal)));
        Serve(List("/a", "http://shop.example.com/lamps", "/b", "/c"));
        await CheckAsync();
        Serve(List("/a", "/b", "/c"));

        await CheckAsync();
        var result = await CheckAsync();

        Assert.Equal(LinkState.Lost, result.Status.State);
        Assert.DoesNotContain("now leads", result.Status.Reasons[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_web.Requests, request => request.Path is "/a" or "/b" or "/c");
    }

    [Fact]
    public async Task A_nofollow_link_that_stays_when_the_followed_one_goes_is_told_as_another_one()
    {
        var other = Article() + "<p>And, paid for by the shop itself, <a rel=nofollow href='http://shop.example.com/lamps'>an offer</a>";
        Serve(other);
        await CheckAsync();
        Serve(other.Replace("<a href='http://shop.example.com/lamps'>lamps</a>", "", StringComparison.Ordinal));

        await CheckAsync();
        var told = await CheckAsync();
        var later = await CheckAsync();

        Assert.Equal(LinkState.Changed, told.Status.State);
        Assert.All(
            [told, later],
            result => Assert.Contains(
                "The followed link to the target is gone from the page, and another one with nofollow stays",
                Assert.Single(result.Status.Reasons, reason => reason.Code == ReasonCode.RelChanged).Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_links_of_which_one_goes_and_the_other_becomes_nofollow_are_told_as_they_are()
    {
        var link = "<a href='http://shop.example.com/lamps'>lamps</a>";
        Serve($"{Article()}<p>And once more, far below: {link}");
        await CheckAsync();
        Serve(Article().Replace("<a href", "<a rel=nofollow href", StringComparison.Ordinal));

        await CheckAsync();
        var told = await CheckAsync();

        Assert.Contains(
            "those that are left have nofollow", Assert.Single(told.Status.Reasons).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme-footer")]
    [InlineData("site-footer")]
    public async Task A_link_that_moved_into_a_footer_by_name_stays_moved(string name)
    {
        const string Link = "<a href='http://shop.example.com/lamps'>lamps</a>";
        var text = string.Concat(Enumerable.Range(0, 30).Select(i => $"<p>Of lamps, number {i}."));
        var page = $"<title>Lamps</title><div><h1>Lamps</h1>{text}";
        Serve($"{page}<p>Sold here: {Link} since the war.</div><div class={name}><p>All rights are ours</p></div>");
        await CheckAsync();
        Serve($"{page}</div><div class={name}><p>All rights are ours</p><p>Friends of the house: {Link}</p></div>");

        await CheckAsync();
        await CheckAsync();
        var result = await CheckAsync();

        Assert.Equal([ReasonCode.PlacementChanged], result.Status.Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public async Task An_icon_or_a_twin_in_the_anchor_of_a_stored_link_changes_nothing()
    {
        const string Icon = "<svg><title>opens a window</title></svg>";
        Serve(Article().Replace(">lamps<", $">lamps {Icon}<", StringComparison.Ordinal));
        await CheckAsync();
        _status = _status with { Baseline = _status.Baseline! with { Anchor = "lamps opens a window" } };

        Assert.Equal(LinkState.Live, (await CheckAsync()).Status.State);
        Assert.Empty(_status.Suspicions);
        Assert.Equal("lamps", _status.LastSeenEvidence?.Anchor);
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

    private async Task<TrackingResult> CheckAsync(TimeSpan later, ConfirmationPolicy? policy = null)
    {
        _clock.Advance(later);
        var seen = (await _pages.CheckAsync(Web.Parse("http://blog.example.net/post"), obeyRobots: true, Token)).Seen;
        var observation = seen with { CheckedAt = _clock.GetUtcNow() };
        var verdict = await LinkChecker.CheckAsync(
            observation, Expectation, _status, _round ?? _checker.Round(Timeout.InfiniteTimeSpan), Token);
        var result = LinkTracker.Apply(_status, verdict, policy ?? ConfirmationPolicy.Default);
        _status = result.Status;
        return result;
    }

    private PageObserver Observer()
    {
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, _clock);
        return new PageObserver(_gate.Fetcher, pacer, new RobotsCache(_gate.Fetcher, pacer, _clock));
    }
}
