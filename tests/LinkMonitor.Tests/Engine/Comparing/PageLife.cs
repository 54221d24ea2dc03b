using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Tests.Engine.Judging;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Comparing;

/// <summary>One watched link whose page is told as HTML, one check every two hours.</summary>
internal sealed class PageLife
{
    private DateTimeOffset _now = PageAnswer.Time;

    public LinkStatus Status { get; private set; } = LinkStatus.New(PageAnswer.Time);

    public Evidence Evidence => Status.LastEvidence!;

    /// <summary>So many links to other sites, with one rel.</summary>
    public static string Others(int count, string rel = "", int from = 0) =>
        string.Concat(
            Enumerable.Range(from, count).Select(i => $"<p>About <a href='https://site{i}.example/page' rel='{rel}'>site {i}</a>."));

    public LinkTransition? Sees(string html, Expectation? expectation = null, string? redirectTo = null)
    {
        var answer = PageAnswer.Html(html) with { StartedAt = _now };
        var observation = JudgeCase.Observe(redirectTo is null ? answer : answer.RedirectedTo(redirectTo));
        var verdict = LinkJudge.Judge(observation, expectation ?? JudgeCase.Expectation, Status.Baseline);
        var result = LinkTracker.Apply(Status, verdict, ConfirmationPolicy.Default);
        _now += TimeSpan.FromHours(2);
        Status = result.Status;
        return result.Transition;
    }
}
