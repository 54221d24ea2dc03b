using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Identity;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Wording;

/// <summary>What the last check said of a link, and that all who tell it tell the same.</summary>
public sealed class CheckWordsTests
{
    private static readonly SampleSite Page = new("article", 8);

    [Theory]
    [InlineData("gate-login", "A login came instead of the page (status 200), so")]
    [InlineData("shell-react", "The page is an empty shell (#root) that a script f")]
    [InlineData("other-article", "Something else answers at the page's address:")]
    public void What_was_read_and_decides_nothing_says_why(string name, string sentence)
    {
        var status = Look(name, 24);

        Assert.StartsWith(sentence, CheckWords.SentenceOf(status), StringComparison.Ordinal);
        Assert.Equal(CheckWords.SentenceOf(status), status.LastEvidence!.Explanation!.Sentence);
        Assert.True(status.IsUntold());
    }

    [Fact]
    public void A_look_that_confirms_a_loss_is_told_as_the_loss_and_nobody_is_asked()
    {
        var status = Look("other-article", 24, 48, 96, 120);

        Assert.Equal((LinkState.Lost, CheckOutcome.PageReplaced), (status.State, status.LastOutcome));
        Assert.StartsWith("The page was replaced:", CheckWords.SentenceOf(status), StringComparison.Ordinal);
        Assert.False(status.IsUntold());
        Assert.Null(LineMaker.NotSeen(status));
        Assert.Equal(Standing.Lost, StandingRule.Of(status));
    }

    [Fact]
    public void A_look_that_confirms_nothing_leaves_a_loss_to_be_looked_at()
    {
        var lost = Look("other-article", 24, 48, 96);
        var life = PageLife.Of(Page)
            .Check(Answer("other-article"), Hours(24), Hours(48), Hours(96)).Check(Answer("shell-react"), Hours(120));

        Assert.False(CheckWords.ConfirmsLoss(life.Status));
        Assert.True(CheckWords.ConfirmsLoss(lost));
        Assert.True(life.Status.IsUntold());
        Assert.Equal(Standing.NotVerified, StandingRule.Of(life.Status));
    }

    [Fact]
    public void Before_the_first_check_nothing_was_said() => Assert.Null(CheckWords.Said(LinkStatus.New(StorageSamples.Noon)));

    [Fact]
    public void No_outcome_of_a_check_is_told_by_its_code()
    {
        Assert.All(Enum.GetValues<CheckOutcome>(), outcome =>
        {
            Assert.DoesNotContain('-', CheckWords.Label(outcome, Language.English));
            Assert.NotEmpty(CheckWords.Label(outcome, Language.Of("de")));
        });
        Assert.Equal("robots.txt keeps us out", CheckWords.Label(CheckOutcome.RobotsDisallowed, Language.English));
        Assert.DoesNotContain("for days", ReasonCatalogue.Of(ReasonCode.PageReplaced).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_that_was_stored_before_outcomes_were_says_what_its_observation_says()
    {
        var evidence = StorageSamples.Evidence(StorageSamples.Noon) with { Observation = ObservationKind.Gone, Outcome = null };

        Assert.Equal(CheckOutcome.Gone, OutcomeOfCheck.Look(evidence));
        Assert.Equal(CheckOutcome.Parked, OutcomeOfCheck.Look(evidence with { Outcome = CheckOutcome.Parked }));
    }

    private static LinkStatus Look(string name, params double[] hours) =>
        PageLife.Of(Page).Check(Answer(name), hours.Select(Hours)).Status;

    private static LinkMonitor.Engine.Fetching.Results.FetchedResponse Answer(string name) =>
        StandIn.All.Single(one => one.Name == name).Answer(Page);

    private static TimeSpan Hours(double hours) => TimeSpan.FromHours(hours);
}
