using LinkMonitor.Placements.Vendors;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Placements.Vendors;

public sealed class SurvivalTests
{
    private const int Horizon = 30;
    private static readonly Terms Open = PlacementSamples.Year with { End = null };
    private static readonly DateOnly Today = PlacementSamples.Day("2026-06-01");

    // Day 30 after 1 January is 31 January.
    [Theory]
    [InlineData("2026-01-31:a", SurvivalOutcome.AsAgreed)]
    [InlineData("2026-01-31:l", SurvivalOutcome.NotAsAgreed)]
    [InlineData("2026-01-31:c", SurvivalOutcome.NotAsAgreed)]
    [InlineData("2026-01-31:n", SurvivalOutcome.NotAsAgreed)]
    [InlineData("2026-01-30:l?a", SurvivalOutcome.NotAsAgreed)]
    [InlineData("2026-01-24:a", SurvivalOutcome.AsAgreed)]
    [InlineData("2026-01-23:a", SurvivalOutcome.NotObservable)]
    [InlineData("2026-02-07:a", SurvivalOutcome.AsAgreed)]
    [InlineData("2026-02-08:a", SurvivalOutcome.NotObservable)]
    [InlineData("2026-01-31:?", SurvivalOutcome.NotObservable)]
    [InlineData("", SurvivalOutcome.NotObservable)]
    [InlineData("2026-01-20:llllllllllla", SurvivalOutcome.AsAgreed)]
    public void The_day_decides_and_next_to_it_the_nearest_day_that_tells(string days, SurvivalOutcome outcome) =>
        Assert.Equal(outcome, Survival.At(PlacementSamples.Link(Open, days: days), Horizon, Today));

    [Fact]
    public void A_link_that_is_not_old_enough_is_censored_up_to_the_day_itself()
    {
        var link = PlacementSamples.Link(Open, days: "2026-01-01:" + new string('l', 40));

        Assert.Equal(SurvivalOutcome.TooYoung, Survival.At(link, Horizon, PlacementSamples.Day("2026-01-31")));
        Assert.Equal(SurvivalOutcome.NotAsAgreed, Survival.At(link, Horizon, PlacementSamples.Day("2026-02-01")));
    }

    [Fact]
    public void After_its_term_nobody_owes_a_link()
    {
        var link = PlacementSamples.Link(Open with { End = PlacementSamples.Day("2026-01-30") }, days: "2026-01-31:l");

        Assert.Equal(SurvivalOutcome.TermOver, Survival.At(link, Horizon, Today));
        Assert.Equal(
            SurvivalOutcome.NotAsAgreed,
            Survival.At(link with { Terms = Open with { End = PlacementSamples.Day("2026-01-31") } }, Horizon, Today));
    }

    [Fact]
    public void Without_a_start_the_first_sight_counts_and_without_that_nothing()
    {
        var never = PlacementSamples.Link(Open with { Start = null }, days: "2026-01-31:a");
        var seen =
            never with
            {
                Status =
                    never.Status with
                    {
                        Baseline =
                            StorageSamples.FullLink(
                                PlacementSamples.Project).Status.Baseline! with
                            {
                                SeenAt = new DateTimeOffset(2026, 1, 1, 5, 0, 0, TimeSpan.Zero),
                            },
                    },
            };

        Assert.Equal(SurvivalOutcome.NoStart, Survival.At(never, Horizon, Today));
        Assert.Equal(SurvivalOutcome.AsAgreed, Survival.At(seen, Horizon, Today));
    }
}
