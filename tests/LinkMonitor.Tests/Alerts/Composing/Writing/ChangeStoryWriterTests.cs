using LinkMonitor.Alerts.Composing.Writing;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Comparing;
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

    [Theory]
    [InlineData(CheckOutcome.Parked, "The link was not there.", "not on the page that stands there now")]
    [InlineData(CheckOutcome.PageReplaced, "The link was not there.", "not on the page that stands there now")]
    [InlineData(CheckOutcome.Blocked, "The page could not be read, so nothing is known of the link.", "not known")]
    public void What_is_known_of_the_link_is_said_alike_in_both_places(CheckOutcome outcome, string snippet, string link)
    {
        var story = Tell(Sample.Lost with { After = Sample.WithoutLink(Sample.Noon) with { Outcome = outcome } });

        Assert.Equal(snippet, story.NoSnippetAfter);
        Assert.Equal(link, story.Differing.Single(row => row.Label == "Your link").After);
    }

    [Fact]
    public void A_soft_404_is_named_without_the_place_that_says_so() => Assert.Equal(
        "error page with a success status",
        Tell(Sample.Lost with { ReasonsAfter = [Sample.Reason(ReasonCode.Soft404, "It says so.", null, "title")] }).Gist);

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

    [Fact]
    public void The_times_of_two_checks_in_one_minute_are_no_finding()
    {
        var story = Tell(Sample.Lost with { Before = Sample.Alive(Sample.Noon.AddSeconds(-5)), After = Sample.WithoutLink(Sample.Noon) });

        Assert.Contains(story.Differing, row => row.Label == "Checked");
        Assert.DoesNotContain("Checked", story.Alike, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_something_around_it_hides_has_its_HTML_shown_once_and_says_so()
    {
        var story = Tell(Sample.Lost with
        {
            To = LinkState.Changed,
            ReasonsAfter = [Sample.Reason(ReasonCode.Hidden, "The link is hidden.")],
            After = Sample.Alive(Sample.Noon) with { Hidden = true },
        });

        Assert.True(story.Snippets.IsSame);
        Assert.EndsWith("what hides the link is around it", story.SameSnippet, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mention_is_told_as_what_it_is()
    {
        var story = Tell(Sample.Lost with
        {
            ReasonsAfter = [Sample.Reason(ReasonCode.MentionOnly, "It is a mention.", Sample.Target, "the page's text")],
        });

        var difference = Assert.Single(story.Differences);
        Assert.Equal(
            ("a link to https://example.org/widgets", "only the URL (the page's text)"), (difference.Expected, difference.Found));
        Assert.Equal("only a mention is left", story.Gist);
    }

    [Theory]
    [InlineData(30, "rel: follow → nofollow; …")]
    [InlineData(24, "rel; …")]
    [InlineData(60, "rel: follow → nofollow; anchor: the best widgets → widgets")]
    public void Reasons_in_a_few_words_are_whole_or_left_out(int maxLength, string expected) =>
        Assert.Equal(expected, ChangeStoryWriter.Gist(Sample.Nofollow, maxLength, Language.English));

    [Theory]
    [InlineData("en", "The whole page went, with its 11 other outbound links.")]
    [InlineData("de", "mit ihr die 11 anderen ausgehenden Links")]
    public void What_an_earlier_version_said_of_the_other_links_stands_there_once(string language, string words)
    {
        var transition = Sample.PageGone with
        {
            ReasonsAfter =
            [
                Sample.Reason(
                    ReasonCode.PageRedirected,
                    "The page redirects to the home page. The whole page went, with its 11 other outbound links."),
            ],
            After = Sample.WithoutLink(Sample.Noon) with
            {
                FinalUrl = "https://blog.example.net/",
                Scope = new ScopeFinding(ChangeScope.All, 11, 11),
            },
        };

        var mail = Sample.Compose(Sample.Project with { Language = language }, [Sample.Change(transition)], PublicLinks.None);

        var text = string.Join(' ', mail.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, text.Split(words).Length - 1);
        Assert.Equal(1, text.Split("other outbound links", StringSplitOptions.None).Length - 1 + (language == "de" ? 1 : 0));
    }

    private static ChangeStory Tell(LinkTransition transition) =>
        new ChangeStoryWriter(Sample.Project, new ProjectTime("UTC", Language.English), PublicLinks.None).Tell(
            Sample.Change(transition), 1);
}
