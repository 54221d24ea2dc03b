using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Tests.Engine.Judging;

namespace LinkMonitor.Tests.Engine.Comparing;

public sealed class LinkSurroundingsTests
{
    private const string Before = "For reading at night nothing beats a warm light, and the widest choice is found among the";
    private const string After = "of a small shop in the harbour, which ships within a day.";

    [Fact]
    public void Evidence_keeps_place_and_surroundings_of_the_link()
    {
        var life = new PageLife();

        life.Sees($"<a href=/>Home</a> <p>{Before} {JudgeCase.Link()} {After}</p><a href='https://other.example/'>Other</a>");

        var evidence = life.Evidence;
        Assert.Equal((2, 3, 2), (evidence.Ordinal, evidence.LinkCount, evidence.ExternalLinks));
        Assert.EndsWith(Before, evidence.ContextBefore, StringComparison.Ordinal);
        Assert.StartsWith(After, evidence.ContextAfter, StringComparison.Ordinal);
        Assert.InRange(evidence.TextShare!.Value, 0.5, 0.6);
        Assert.Null(evidence.WhereItWas);
    }

    [Fact]
    public void Long_surroundings_are_cut_at_120_characters()
    {
        var life = new PageLife();

        life.Sees($"<p>{new string('b', 500)}{JudgeCase.Link()}{new string('a', 500)}");

        Assert.Equal(new string('b', 120), life.Evidence.ContextBefore);
        Assert.Equal(new string('a', 120), life.Evidence.ContextAfter);
    }

    [Fact]
    public void A_loss_shows_where_the_link_was()
    {
        var life = new PageLife();
        life.Sees($"<p>{Before} {JudgeCase.Link()} {After}");

        life.Sees($"<article><h1>Anew</h1><p>{Before} offers {After} <p>The end.</article>");
        var transition = life.Sees($"<article><h1>Anew</h1><p>{Before} offers {After} <p>The end.</article>");

        Assert.Equal(LinkState.Lost, transition!.To);
        Assert.Contains($"{Before} offers {After}", transition.After.WhereItWas, StringComparison.Ordinal);
        Assert.Contains(
            "it was here: “",
            Assert.Single(transition.After.Explanation!.Steps, step => step.Name == StepName.Element).Seen,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_the_surroundings_is_enough()
    {
        var excerpt = SurvivingPlace.Excerpt($"Quite another beginning. Then {After} The end.", Before, After);

        Assert.Contains(After, excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_recognisable_gives_no_place() =>
        Assert.Null(SurvivingPlace.Excerpt("The domain is for sale. Read more about our offers, day and night.", Before, After));

    [Fact]
    public void Surroundings_that_stand_far_apart_now_are_not_joined()
    {
        var excerpt = SurvivingPlace.Excerpt($"{Before} {new string('x', 2_000)} {After}", Before, After);

        Assert.DoesNotContain(After, excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public void An_excerpt_never_exceeds_360_characters()
    {
        var before = new string('b', 120);
        var after = new string('a', 120);

        var excerpt = SurvivingPlace.Excerpt(
            $"{new string('z', 200)}{before} {new string('x', 500)} {after}{new string('z', 200)}", before, after);

        Assert.InRange(excerpt!.Length, 300, 360);
    }

    [Fact]
    public void Losing_one_of_two_links_is_told_but_changes_nothing()
    {
        var life = new PageLife();
        life.Sees($"<p>{JudgeCase.Link()} and once more {JudgeCase.Link()}");

        var transition = life.Sees($"<p>{JudgeCase.Link()} and once more");
        life.Sees($"<p>{JudgeCase.Link()} and once more");

        Assert.Null(transition);
        Assert.Equal((1, 2), (life.Evidence.Occurrences, life.Evidence.MostOccurrences));
        Assert.EndsWith(
            "1 of 2 links to the target was removed from the page.", life.Evidence.Explanation!.Sentence, StringComparison.Ordinal);
        Assert.Equal(LinkState.Live, life.Status.State);
    }
}
