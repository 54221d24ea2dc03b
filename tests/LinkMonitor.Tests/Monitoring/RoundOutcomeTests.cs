using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Monitoring;

public sealed class RoundOutcomeTests
{
    private static readonly DateTimeOffset Now = PageAnswer.Time;

    [Theory]
    [InlineData("....", null)]
    [InlineData("..x.", "2")]
    [InlineData(".xxx", "1")]
    [InlineData("...x", "3")]
    [InlineData("xxxx", "1")]
    [InlineData("x...", "1")]
    [InlineData("x", "0")]
    public void The_next_round_begins_with_the_first_target_that_was_left_unless_that_used_up_all_the_time(string left, string? expected)
    {
        var outcome = new RoundOutcome();

        foreach (var (index, mark) in left.Index())
            outcome.Add(Watcher(index), new LinkOutcome(Now, mark == 'x'));

        Assert.Equal(expected, outcome.TargetsFrom?.LinkId.Value);
    }

    [Fact]
    public void The_earliest_wish_counts_and_links_that_are_gone_have_none()
    {
        var outcome = new RoundOutcome();
        outcome.Add(Watcher(0), default);
        Assert.Null(outcome.Due);

        outcome.Add(Watcher(1), new LinkOutcome(Now.AddDays(1), false));
        outcome.Add(Watcher(2), new LinkOutcome(Now.AddHours(1), false));
        outcome.Add(Watcher(3), new LinkOutcome(Now.AddDays(2), false));
        outcome.Add(Watcher(4), default);

        Assert.Equal(Now.AddHours(1), outcome.Due);
    }

    [Theory]
    [InlineData("prj_a", "lnk_z", true)]
    [InlineData("prj_b", "lnk_a", true)]
    [InlineData("prj_b", "lnk_b", false)]
    [InlineData("prj_b", "lnk_c", false)]
    [InlineData("prj_c", "lnk_a", false)]
    public void A_place_follows_the_order_of_the_keys(string project, string link, bool isAfter) =>
        Assert.Equal(
            isAfter,
            new WatcherPlace(new ProjectId("prj_b"), new LinkId("lnk_b")).IsAfter(
                new Watcher(new ProjectId(project), new LinkId(link), Now)));

    [Theory]
    [InlineData("observed 200", CheckOutcome.Observed, CheckOutcome.Observed)]
    [InlineData("no-content 200", CheckOutcome.NoContent, CheckOutcome.NoContent)]
    [InlineData("observed and no-content 200", CheckOutcome.NoContent, CheckOutcome.Observed)]
    [InlineData("observed 200")]
    public void What_a_check_saw_is_said_as_the_API_says_it_of_the_links(string said, params CheckOutcome[] links)
    {
        var outcome = new RoundOutcome();
        foreach (var (index, seen) in links.Index())
            outcome.Add(Watcher(index), Told(seen, Now));
        outcome.Add(Watcher(9), Told(CheckOutcome.Blocked, Now.AddDays(-1)));

        var page = Observation.OurFault(StorageSamples.Url("https://blog.example.net/"), Now, "m") with
        {
            Kind = ObservationKind.Observed,
            Status = 200,
        };

        Assert.Equal(said, outcome.Seen(page));

        static LinkOutcome Told(CheckOutcome seen, DateTimeOffset at) => new(Now, false)
        {
            Written = StorageSamples.Link(new ProjectId("prj_a")) with
            {
                Status = LinkStatus.New(Now) with
                {
                    LastCheckedAt = at,
                    LastEvidence = StorageSamples.Evidence(at) with { Outcome = seen },
                },
            },
        };
    }

    private static Watcher Watcher(int index) => new(new ProjectId("prj_a"), new LinkId($"{index}"), Now);
}
