using LinkMonitor.Engine.Moving;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Engine.Judging;
using LinkMonitor.Tests.Engine.Tracking;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Verdicts;

public sealed class MovedLinkTests
{
    private static readonly MovedLink Moved = new(TestUrls.Parse("https://blog.example/new"), MoveTrail.Feed);

    [Fact]
    public void A_search_is_due_at_the_first_doubt_and_at_the_confirmation_only()
    {
        var life = TrackingDriver.Live();
        bool[] due = [.. new[] { 0.0, 0.5, 2, 3 }.Select(hours => IsDue(life, hours, Finding.Removed))];

        Assert.Equal([true, false, true, false], due);
        Assert.Equal(LinkState.Lost, life.Status.State);
    }

    [Fact]
    public void A_link_that_was_never_there_is_not_searched() =>
        Assert.False(IsDue(new TrackingDriver(), 0, Finding.Removed));

    [Fact]
    public void What_was_found_is_in_the_message_and_stays_until_the_link_is_back()
    {
        var found = Finding.Removed.At(TrackingDriver.At(0)) with { MovedTo = Moved };

        var first = LinkTracker.Apply(TrackingDriver.Live().Status, found, ConfirmationPolicy.Default).Status;
        var blocked = LinkTracker.Apply(first, Finding.Blocked.At(TrackingDriver.At(1)), ConfirmationPolicy.Default).Status;
        var lost = LinkTracker.Apply(blocked, Finding.Removed.At(TrackingDriver.At(2)), ConfirmationPolicy.Default);
        var back = LinkTracker.Apply(lost.Status, Finding.Live.At(TrackingDriver.At(3)), ConfirmationPolicy.Default).Status;

        Assert.Equal(Moved, lost.Transition!.After.MovedTo);
        Assert.EndsWith(
            "The link is on https://blog.example/new (found through the site's feed): watch that page instead.",
            Assert.Single(lost.Status.Reasons).Message, StringComparison.Ordinal);
        Assert.Null(back.LastEvidence!.MovedTo);
    }

    [Theory]
    [InlineData(301, true)]
    [InlineData(308, true)]
    [InlineData(302, false)]
    public void A_redirect_for_good_to_the_link_suggests_its_end(int status, bool isSuggested)
    {
        var answer = PageAnswer.Html(JudgeCase.Link()).RedirectedTo("https://blog.example.net/posts/two");
        var verdict = JudgeCase.Judge(answer with { Redirects = [answer.Redirects[0] with { Status = status }] });

        var evidence = LinkTracker.Apply(
            LinkStatus.New(PageAnswer.Time.AddHours(-1)), verdict, ConfirmationPolicy.Default).Status.LastEvidence!;

        Assert.Equal(isSuggested ? "https://blog.example.net/posts/two" : null, evidence.MovedTo?.Page.Href);
        Assert.Equal(isSuggested, evidence.Explanation!.Sentence.Contains("watch that page instead", StringComparison.Ordinal));
    }

    private static bool IsDue(TrackingDriver life, double hours, Finding finding)
    {
        var previous = life.Status;
        var result = life.Sees(hours, finding);
        return MoveSearch.IsDue(previous, finding.At(TrackingDriver.At(hours)), result);
    }
}
