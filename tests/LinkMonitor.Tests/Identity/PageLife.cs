using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Identity;

/// <summary>
/// One watched link through the checks of several days, by the default confirmation: judged and tracked as the product does.
/// </summary>
internal sealed class PageLife
{
    private static readonly Expectation Expectation = new() { Target = PageAnswer.Url(SampleSite.Target) };

    public LinkStatus Status { get; private set; } = LinkStatus.New(PageAnswer.Time);

    public Verdict? Last { get; private set; }

    /// <summary>After the first fetch.</summary>
    public static PageLife Of(SampleSite page) => Of(page.Html());

    /// <summary>After the first fetch.</summary>
    public static PageLife Of(string html)
    {
        var life = new PageLife();
        life.Check(Answer(html), [TimeSpan.Zero]);
        Assert.Equal(LinkState.Live, life.Status.State);
        return life;
    }

    /// <summary>Another course of things from here on.</summary>
    public PageLife Fork() => new() { Status = Status };

    /// <summary>With something else known of the page.</summary>
    public PageLife With(KnownPage known) => new() { Status = Status with { Known = known } };

    public static FetchedResponse Answer(SampleSite page) => Answer(page.Html());

    public static FetchedResponse Answer(string html) =>
        PageAnswer.Html(html) with { Url = PageAnswer.Url(SampleSite.Page), FinalUrl = PageAnswer.Url(SampleSite.Page) };

    /// <summary>The answer at each of some times after the first fetch.</summary>
    public PageLife Check(FetchResult answer, params IEnumerable<TimeSpan> after)
    {
        var seen = Observer.Observe(answer, TestContext.Current.CancellationToken);
        foreach (var time in after)
            Judge(seen with { CheckedAt = PageAnswer.Time + time });
        return this;
    }

    private void Judge(Observation observation)
    {
        Last = LinkJudge.Judge(observation, Expectation, LinkChecker.Memory(Status));
        Status = LinkTracker.Apply(Status, Last, ConfirmationPolicy.Default).Status;
    }
}
