using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Judging.Rules;

public sealed class GoogleDisallowedTests
{
    private static readonly DisallowedUrl Disallowed =
        new(PageAnswer.Url(PageAnswer.DefaultUrl), new RobotsRuling(false, "Disallow: /posts", 3));

    public static TheoryData<Expected<bool>, bool?, bool> Expectations() => new()
    {
        { Expected<bool>.Exactly(true), null, true },
        { Expected<bool>.Exactly(true), true, true },
        { Expected<bool>.AsFirstSeen, false, true },
        { Expected<bool>.AsFirstSeen, true, false },
        { Expected<bool>.AsFirstSeen, null, false },
        { Expected<bool>.Any, false, false },
        { Expected<bool>.Exactly(false), false, false },
    };

    [Theory]
    [MemberData(nameof(Expectations))]
    public void A_page_closed_to_Googlebot_is_told_where_it_should_be_indexable(Expected<bool> indexable, bool? wasDisallowed, bool told)
    {
        var baseline = wasDisallowed is { } was ? JudgeCase.Baseline with { GoogleDisallowed = was } : null;

        var verdict = Judge(Disallowed, JudgeCase.Expectation with { Indexable = indexable }, baseline);

        Assert.Equal(told ? [ReasonCode.GoogleDisallowed] : [], verdict.Codes());
    }

    [Fact]
    public void The_deciding_line_is_the_finding()
    {
        var reason = Assert.Single(
            Judge(Disallowed, JudgeCase.Expectation with { Indexable = Expected<bool>.Exactly(true) }, null).Reasons);

        Assert.Equal("Disallow: /posts", reason.Found);
        Assert.Contains("blog.example.net", reason.Message, StringComparison.Ordinal);
        Assert.Contains("line 3, \"Disallow: /posts\"", reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_open_to_Googlebot_is_as_expected() =>
        Assert.Empty(Judge(null, JudgeCase.Expectation with { Indexable = Expected<bool>.Exactly(true) }, JudgeCase.Baseline).Reasons);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_first_sight_remembers_it(bool isDisallowed)
    {
        var baseline = BaselineFactory.From(Judge(isDisallowed ? Disallowed : null, JudgeCase.Expectation, null));

        Assert.Equal(isDisallowed, baseline?.GoogleDisallowed);
    }

    private static Verdict Judge(DisallowedUrl? disallowed, Expectation expectation, Baseline? baseline)
    {
        var observation = JudgeCase.Observe(
            PageAnswer.Html($"<p>We like {JudgeCase.Link()} and others.</p>")) with
        {
            DisallowedForGoogle = disallowed,
        };
        return LinkJudge.Judge(observation, expectation, baseline);
    }
}
