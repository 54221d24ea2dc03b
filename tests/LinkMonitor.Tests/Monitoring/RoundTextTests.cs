using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Monitoring;

public sealed class RoundTextTests
{
    [Fact]
    public void A_decision_names_state_and_reasons()
    {
        var status = LinkStatus.New(StorageSamples.Noon) with { State = LinkState.Live };
        var lost = status with { State = LinkState.Lost, Reasons = [StorageSamples.Reason(ReasonCode.LinkRemoved)] };

        Assert.Equal("live", RoundText.Decision(status, null));
        Assert.Equal("lost (link-removed)", RoundText.Decision(lost, null));
    }

    [Fact]
    public void Decisions_are_counted_the_most_frequent_first_and_what_is_left_is_said() => Assert.Equal(
        "2 live; 1 gone; 1 left for the next round",
        RoundText.Decisions([Outcome("live"), null, Outcome("live"), default(LinkOutcome)]));

    [Fact]
    public void A_line_has_room_for_a_few_and_counts_the_rest()
    {
        var decisions = RoundText.Decisions(Enumerable.Range(0, 7).Select(number => Outcome($"d{number}")));
        Assert.EndsWith(" and 2 more", decisions, StringComparison.Ordinal);
        var projects = Enumerable.Range(0, 5).Select(number => StorageSamples.Project(new ProjectId($"prj_{number}"))).ToList();
        Assert.EndsWith(" and 2 more", RoundText.Projects([.. projects, .. projects]), StringComparison.Ordinal);
    }

    private static LinkOutcome? Outcome(string decision) => new LinkOutcome(StorageSamples.Noon, false) { Decision = decision };
}
