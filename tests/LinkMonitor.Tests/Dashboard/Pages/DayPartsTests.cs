using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;
using LinkMonitor.Views;

namespace LinkMonitor.Tests.Dashboard.Pages;

public sealed class DayPartsTests
{
    private static readonly DateOnly Today = DayLogEntry.Day(StorageSamples.Noon);

    [Fact]
    public void A_day_that_ended_lost_is_lost_and_tells_that_it_was_live()
    {
        var log = DayLog.Parse($"{Today.AddDays(-1):yyyy-MM-dd}:aa");

        var days = DayParts.Of(log, [Change(StorageSamples.Noon, LinkState.Lost)], Today);

        Assert.Equal(90, days.Count);
        Assert.Equal([new DayLine(Today.AddDays(-1), "live"), new DayLine(Today, "lost") { Also = "live" }], days.TakeLast(2));
        var svg = ChartSvg.Bar(days).ToString()!;
        Assert.Contains($"<title>{Today:yyyy-MM-dd}: first live, then lost</title>", svg, StringComparison.Ordinal);
        Assert.Contains("; 1 of them", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_changes_of_a_day_the_last_counts()
    {
        var log = DayLog.Parse($"{Today:yyyy-MM-dd}:a");
        LinkTransition[] newestFirst = [
            Change(StorageSamples.Noon, LinkState.Live), Change(StorageSamples.Noon.AddHours(-2), LinkState.Lost),
        ];

        Assert.Equal(new DayLine(Today, "live"), DayParts.Of(log, newestFirst, Today)[^1]);
        Assert.Empty(DayParts.Of(DayLog.Empty, newestFirst, Today));
    }

    private static LinkTransition Change(DateTimeOffset at, LinkState to) =>
        StorageSamples.Change(StorageSamples.Link(new ProjectId("prj_a")), at, to).Transition;
}
