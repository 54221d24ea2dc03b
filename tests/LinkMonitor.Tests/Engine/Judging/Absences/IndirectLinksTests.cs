using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Judging.Absences;

public sealed class IndirectLinksTests
{
    [Theory]
    [InlineData("?ref=blog", true)]
    [InlineData("?utm_source=blog&ref=x", true)]
    [InlineData("?via=blog#top", true)]
    [InlineData("?aff_id=9&coupon=A", true)]
    [InlineData("?colour=red", false)]
    [InlineData("?ref=blog&colour=red", false)]
    [InlineData("/more?ref=blog", false)]
    public void Parameters_that_say_where_a_reader_came_from_make_no_other_page(string added, bool isSame)
    {
        var verdict = JudgeCase.Judge($"{LinkJudgeTests.Article}<a href='{JudgeCase.Target}{added}'>lamps</a>");

        Assert.Equal(isSame, verdict.State == VerdictState.Live);
        Assert.Equal(isSame, verdict.Detour is not null);
    }

    [Fact]
    public void A_direct_link_counts_before_one_with_parameters()
    {
        var verdict = JudgeCase.Judge($"<a href='{JudgeCase.Target}?ref=x'>lamps</a><a href='{JudgeCase.Target}'>lamps</a>");

        Assert.Equal(2, Assert.Single(verdict.Occurrences).Ordinal);
        Assert.Null(verdict.Detour);
    }

    [Fact]
    public void An_exact_match_forgives_no_parameter()
    {
        var exact = JudgeCase.Expectation with { Match = TargetMatch.Exact };

        Assert.NotEqual(
            VerdictState.Live, JudgeCase.Judge($"{LinkJudgeTests.Article}<a href='{JudgeCase.Target}?ref=x'>lamps</a>", exact).State);
    }

    [Theory]
    [InlineData("/go?url=https://shop.example.com/lamps", "x", true)]
    [InlineData("/go?url=https%3A%2F%2Fshop.example.com%2Flamps", "x", true)]
    [InlineData("https://track.example/c/https://shop.example.com/lamps", "x", true)]
    [InlineData("/go/lamp-shop", "lamps", true)]
    [InlineData("/go/lamp-shop", "other words", false)]
    [InlineData("https://bit.ly/3abc", "lamps", true)]
    [InlineData("https://elsewhere.example/3abc", "lamps", false)]
    [InlineData("/lamps", "lamps", false)]
    public void A_redirector_is_worth_following_when_it_carries_the_target_or_stands_for_the_link(
        string href, string anchor, bool isCandidate)
    {
        var expectation = JudgeCase.Expectation with { Anchor = Expected<string>.Exactly("lamps") };

        var candidate = IndirectLinks.Candidate(
            JudgeCase.Observe(PageAnswer.Html($"{LinkJudgeTests.Article}<a href='{href}'>{anchor}</a>")), expectation, LinkMemory.None);

        Assert.Equal(isCandidate ? href : null, candidate?.Href);
    }

    [Fact]
    public void A_link_through_a_redirector_is_there_and_says_so()
    {
        var verdict = Follow(new TargetFetch
        {
            Url = PageAnswer.Url("https://blog.example/go/lamps"),
            FinalUrl = JudgeCase.Expectation.Target,
        });

        Assert.Equal(VerdictState.Live, verdict.State);
        Assert.Contains("through a redirector", verdict.Detour, StringComparison.Ordinal);
        Assert.Contains("through a redirector", Explainer.Explain(verdict).Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/go?url=https%3A%2F%2Fshop.example.com%3A8443%2Flamps", true)]
    [InlineData("/go?url=https://shop.example.com:8443/lamps", true)]
    [InlineData("/go?url=https%3A%2F%2Fshop.example.com%3A9443%2Flamps", false)]
    [InlineData("/go?url=https%3A%2F%2Fshop.example.com%2Flamps", false)]
    public void A_redirector_carries_a_target_with_its_port(string href, bool isCandidate)
    {
        var expectation = new Expectation { Target = PageAnswer.Url("https://shop.example.com:8443/lamps") };

        var candidate = IndirectLinks.Candidate(
            JudgeCase.Observe(PageAnswer.Html($"{LinkJudgeTests.Article}<a href='{href}'>x</a>")), expectation, LinkMemory.None);

        Assert.Equal(isCandidate ? href : null, candidate?.Href);
    }

    [Fact]
    public void A_redirector_in_the_link_s_place_comes_before_a_button_to_share_the_target()
    {
        var expectation = JudgeCase.Expectation with { Anchor = Expected<string>.Exactly("lamps") };
        var page =
            $"{LinkJudgeTests.Article}<a href='https://social.example/share?u={JudgeCase.Target}'>Share</a><a href='/out/7'>lamps</a>";

        Assert.Equal("/out/7", IndirectLinks.Candidate(JudgeCase.Observe(PageAnswer.Html(page)), expectation, LinkMemory.None)?.Href);
    }

    [Theory]
    [InlineData(500, null, ReasonCode.ServerError, "it answered 500")]
    [InlineData(403, null, ReasonCode.Blocked, "it answered 403")]
    [InlineData(200, null, ReasonCode.Blocked, "a page of its own")]
    [InlineData(null, FetchFailure.RobotsDisallowed, ReasonCode.RobotsDisallowed, "robots.txt keeps us out")]
    [InlineData(null, FetchFailure.Refused, ReasonCode.Refused, "address policy")]
    [InlineData(null, FetchFailure.TimedOut, ReasonCode.Unreachable, "no complete answer")]
    [InlineData(null, FetchFailure.RedirectLoop, ReasonCode.Unreachable, "no complete answer")]
    public void A_redirector_that_could_not_be_followed_is_no_loss(int? status, FetchFailure? failure, ReasonCode code, string why)
    {
        var redirector = PageAnswer.Url("https://blog.example/go/lamps");
        var verdict = Follow(new TargetFetch { Url = redirector, FinalUrl = redirector, Status = status, Failure = failure });

        Assert.Equal(VerdictState.Unknown, verdict.State);
        Assert.Equal([code], verdict.Codes());
        Assert.Contains("/go/lamps", verdict.Reasons[0].Message, StringComparison.Ordinal);
        Assert.Contains(why, verdict.Reasons[0].Message, StringComparison.Ordinal);
        Assert.Contains(
            Explainer.Explain(verdict).Steps,
            step => step is { Name: StepName.Element, State: StepState.Decides }
                && step.Seen.Contains("/go/lamps", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://rival.example/lamps", 200, true, "rival.example")]
    [InlineData("https://blog.example/go/lamps", 404, false, "answers 404")]
    public void A_redirector_that_leads_elsewhere_is_a_loss_and_is_named(string final, int status, bool isRedirected, string told)
    {
        var verdict = Follow(new TargetFetch
        {
            Url = PageAnswer.Url("https://blog.example/go/lamps"),
            FinalUrl = PageAnswer.Url(final),
            Status = status,
            IsRedirected = isRedirected,
        });

        Assert.Equal([ReasonCode.LinkRemoved], verdict.Codes());
        Assert.Contains("/go/lamps", verdict.Reasons[0].Message, StringComparison.Ordinal);
        Assert.Contains(told, verdict.Reasons[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_on_the_way_that_carries_the_target_leads_there_as_far_as_we_know()
    {
        var between = PageAnswer.Url("https://blog.example/leaving?to=https%3A%2F%2Fshop.example.com%2Flamps");

        var verdict = Follow(new TargetFetch
        {
            Url = PageAnswer.Url("https://blog.example/go/lamps"),
            FinalUrl = between,
            Status = 200,
            IsRedirected = true,
        });

        Assert.Equal(VerdictState.Unknown, verdict.State);
    }

    [Fact]
    public void A_button_to_share_the_target_is_no_link_whatever_it_answers()
    {
        var observation = JudgeCase.Observe(
            PageAnswer.Html($"{LinkJudgeTests.Article}<a href='https://social.example/sharer?u={JudgeCase.Target}'>Share</a>"));
        var share = IndirectLinks.Candidate(observation, JudgeCase.Expectation, LinkMemory.None)!;

        Assert.False(IndirectLinks.StandsForLink(observation, share, JudgeCase.Expectation, LinkMemory.None));
        Assert.Equal(
            VerdictState.Lost,
            LinkJudge.Judge(
                observation, JudgeCase.Expectation, LinkMemory.None,
                new FollowedLink(share, TargetFinding.Missing(TargetGap.OutOfTime)) { StandsForLink = false }).State);
    }

    [Fact]
    public void Nothing_is_said_of_a_redirector_that_nobody_followed()
    {
        var observation = JudgeCase.Observe(PageAnswer.Html($"{LinkJudgeTests.Article}<a href='/go/lamps'>lamps</a>"));

        Assert.Null(new UnfollowedRedirector().Explain(new AbsenceContext(observation, JudgeCase.Expectation, LinkMemory.None)
        {
            Identity = PageIdentities.Of(observation, JudgeCase.Expectation, LinkMemory.None)!,
        }));
    }

    [Fact]
    public void A_target_on_the_way_is_the_target_though_it_redirects_itself()
    {
        var verdict = Follow(new TargetFetch
        {
            Url = PageAnswer.Url("https://blog.example/go/lamps"),
            FinalUrl = PageAnswer.Url("https://shop.example.com/new-lamps"),
            Through = [PageAnswer.Url("https://blog.example/go/lamps"), JudgeCase.Expectation.Target],
            Status = 200,
            IsRedirected = true,
        });

        Assert.Equal(VerdictState.Live, verdict.State);
    }

    private static Verdict Follow(TargetFetch fetch)
    {
        var observation = JudgeCase.Observe(PageAnswer.Html($"{LinkJudgeTests.Article}<a href='/go/lamps'>lamps</a>"));
        var followed = new FollowedLink(observation.Reading!.Links[0], TargetFinding.Of(fetch)) { StandsForLink = true };
        return LinkJudge.Judge(observation, JudgeCase.Expectation, LinkMemory.None, followed);
    }
}
