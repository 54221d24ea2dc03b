using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Tests.Identity;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Tracking;

/// <summary>Another page in a page's place: doubted for days, then told.</summary>
public sealed class PageReplacedTests
{
    private static readonly SampleSite Page = new("article", 8);

    private static readonly StandIn Other = StandIn.All.Single(one => one.Name == "other-article");

    [Fact]
    public void A_page_that_stays_replaced_for_three_days_is_told_with_both_titles()
    {
        var life = PageLife.Of(Page).Check(Other.Answer(Page), Hours(24), Hours(48), Hours(95.9));
        Assert.Equal(LinkState.Live, life.Status.State);
        Assert.Equal((ReasonCode.PageReplaced, 3), (life.Status.Suspicions[0].Reason.Code, life.Status.Suspicions[0].Observations));

        life.Check(Other.Answer(Page), Hours(96));

        Assert.Equal(LinkState.Lost, life.Status.State);
        var reason = Assert.Single(life.Status.Reasons);
        Assert.Equal((ReasonCode.PageReplaced, Page.Title, "How to prune an apple tree"), (reason.Code, reason.Expected, reason.Found));
        Assert.Contains("was replaced", reason.Message, StringComparison.Ordinal);
        Assert.Equal(PageAnswer.Time.AddHours(24), life.Status.Since);
    }

    [Fact]
    public void A_page_that_comes_back_clears_the_doubt()
    {
        var life = PageLife.Of(Page)
            .Check(Other.Answer(Page), Hours(24), Hours(48))
            .Check(PageLife.Answer(Page), Hours(60))
            .Check(Other.Answer(Page), Hours(97));

        Assert.Equal(LinkState.Live, life.Status.State);
        Assert.Equal(1, Assert.Single(life.Status.Suspicions).Observations);
    }

    [Fact]
    public void A_removal_on_the_page_that_is_back_has_a_clock_of_its_own()
    {
        var without = PageLife.Answer(Page with { Sentence = null });
        var life = PageLife.Of(Page).Check(Other.Answer(Page), Hours(24), Hours(48)).Check(without, Hours(60), Hours(60.2));

        Assert.Equal(LinkState.Live, life.Status.State);
        Assert.Equal(ReasonCode.LinkRemoved, Assert.Single(life.Status.Suspicions).Reason.Code);

        Assert.Equal(LinkState.Lost, life.Check(without, Hours(61)).Status.State);
    }

    [Fact]
    public void What_the_last_look_saw_stands_beside_the_last_one_that_saw_the_link()
    {
        var shell = StandIn.All.Single(one => one.Name == "shell-react");

        var life = PageLife.Of(Page).Check(shell.Answer(Page), Hours(24));

        Assert.Equal((LinkState.Live, CheckOutcome.ScriptOnly), (life.Status.State, life.Status.LastOutcome));
        Assert.Equal(CheckOutcome.Observed, life.Status.LastSeenEvidence!.Outcome);
        Assert.False(life.Status.LastOutcome!.Value.IsSeen());
    }

    private static TimeSpan Hours(double hours) => TimeSpan.FromHours(hours);
}
