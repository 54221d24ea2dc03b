using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements.Refunds;
using LinkMonitor.Placements.Samples;

namespace LinkMonitor.Tests.Placements.Samples;

/// <summary>The samples say one thing: states, days and changes of a link agree.</summary>
public sealed class SamplePlacementsTests
{
    private static readonly DateOnly Today = PlacementSamples.Day("2026-11-29");

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, new SamplePlacements(Today).Links.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_state_is_that_of_the_last_change_and_of_the_last_day(int number)
    {
        var link = new SamplePlacements(Today).Links[number];
        var days = DayRun.Of(link.Status.Days, link.Status.Days.First, Today.AddDays(-1));
        var changes = SampleProofs.Of(link).Select(proof => proof.Change.Transition).ToList();

        Assert.Equal(StateOf(days[^1].Mark), link.Status.State);
        Assert.Equal(changes.Count > 0 ? changes[^1].To : LinkState.Live, link.Status.State);
        Assert.Equal(changes.Count > 0 ? changes[^1].Since : SamplePlacements.At(link.Status.Days.First), link.Status.Since);
        Assert.Equal(changes.Count > 0 ? changes[^1].ReasonsAfter : [], link.Status.Reasons);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_turn_of_the_days_is_a_change_with_the_evidence_of_its_days(int number)
    {
        var link = new SamplePlacements(Today).Links[number];
        var told = DayRun.Of(link.Status.Days, link.Status.Days.First, Today.AddDays(-1))
            .Where(run => run.Mark is DayMark.AsAgreed or DayMark.Changed or DayMark.Lost).ToList();
        var turns = told.Zip(told.Skip(1)).Where(pair => pair.First.Mark != pair.Second.Mark)
            .Select(pair => (StateOf(pair.First.Mark), StateOf(pair.Second.Mark), SamplePlacements.At(pair.Second.From)));
        var changes = SampleProofs.Of(link).Select(proof => proof.Change.Transition).ToList();

        Assert.Equal(turns, changes.Select(change => (change.From, change.To, change.At)));
        Assert.All(changes, change => Assert.True(change.Before!.CheckedAt < change.Since && change.Since <= change.At));
        Assert.All(changes, change => Assert.Equal(change.At, change.After.CheckedAt));
        Assert.Equal(changes.Count, SampleProofs.Of(link).Select(proof => proof.Change.Id).Distinct().Count());
    }

    [Fact]
    public void One_link_was_lost_and_is_back_and_one_lost_its_follow()
    {
        var links = new SamplePlacements(Today).Links;

        Assert.Equal(
            [LinkState.Lost, LinkState.Live], SampleProofs.Of(links[0]).Select(proof => proof.Change.Transition.To));
        Assert.Equal(PlacementSamples.Day("2026-09-22"), DayLogEntry.Day(links[0].Status.Since));
        Assert.Equal(
            (LinkState.Changed, PlacementSamples.Day("2026-10-30")), (links[1].Status.State, DayLogEntry.Day(links[1].Status.Since)));
    }

    private static LinkState StateOf(DayMark mark) => mark switch
    {
        DayMark.Lost => LinkState.Lost,
        DayMark.Changed => LinkState.Changed,
        _ => LinkState.Live,
    };
}
