using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Judging;

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
        var observation = JudgeCase.Observe(PageAnswer.Html($"{LinkJudgeTests.Article}<a href='/go/lamps'>lamps</a>"));

        var verdict = LinkJudge.Judge(observation, JudgeCase.Expectation, LinkMemory.None, observation.Reading!.Links[0]);

        Assert.Equal(VerdictState.Live, verdict.State);
        Assert.Contains("through a redirector", verdict.Detour, StringComparison.Ordinal);
        Assert.Contains("through a redirector", Explainer.Explain(verdict).Sentence, StringComparison.Ordinal);
    }
}
