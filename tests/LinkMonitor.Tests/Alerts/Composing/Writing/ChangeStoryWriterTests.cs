using LinkMonitor.Alerts.Composing.Writing;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Sharing;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Alerts.Composing.Writing;

public sealed class ChangeStoryWriterTests
{
    [Fact]
    public void A_reason_that_went_away_is_told_as_resolved()
    {
        var story = Tell(Sample.Nofollow with
        {
            From = LinkState.Changed,
            ReasonsBefore = Sample.Nofollow.ReasonsAfter,
            ReasonsAfter = [Sample.Nofollow.ReasonsAfter[1]],
        });

        Assert.Equal(["rel (was: nofollow)"], story.Resolved);
        Assert.Equal("Anchor", Assert.Single(story.Differences).Label);
    }

    [Fact]
    public void A_reason_with_another_finding_is_not_the_same_reason()
    {
        var story = Tell(Sample.Nofollow with
        {
            ReasonsBefore = [Sample.Reason(ReasonCode.RelChanged, "It is ugc.", "follow", "ugc")],
        });

        Assert.Equal(["rel (was: ugc)"], story.Resolved);
    }

    [Theory]
    [InlineData(ObservationKind.Observed, "The link was not there.")]
    [InlineData(ObservationKind.Gone, "The link was not there.")]
    [InlineData(ObservationKind.Blocked, "The page could not be read, so nothing is known of the link.")]
    [InlineData(ObservationKind.Unreachable, "The page could not be read, so nothing is known of the link.")]
    public void Only_a_page_that_was_seen_proves_that_the_link_is_gone(ObservationKind observation, string expected)
    {
        var story = Tell(Sample.Lost with { After = Sample.WithoutLink(Sample.Noon) with { Observation = observation } });

        Assert.Equal(expected, story.NoSnippetAfter);
    }

    [Fact]
    public void The_link_was_last_alive_at_the_last_check_that_found_it()
    {
        var story = Tell(Sample.Lost);

        Assert.Contains(new LabelledValue("Last seen alive", "Sat 28 Feb 2026, 12:00 (UTC)"), story.Facts);
    }

    [Fact]
    public void A_check_before_that_did_not_find_the_link_is_no_sign_of_life()
    {
        var story = Tell(Sample.Lost with { Before = Sample.WithoutLink(Sample.Noon.AddDays(-1)) });

        Assert.DoesNotContain(story.Facts, fact => fact.Label == "Last seen alive");
    }

    [Fact]
    public void What_needed_no_confirmation_says_so()
    {
        var story = Tell(Sample.Recovered);

        Assert.DoesNotContain(story.Facts, fact => fact.Label == "How sure");
    }

    private static ChangeStory Tell(LinkTransition transition) =>
        new ChangeStoryWriter(Sample.Project, new ProjectTime("UTC", Language.English), PublicLinks.None).Tell(
            Sample.Change(transition), 1);
}
