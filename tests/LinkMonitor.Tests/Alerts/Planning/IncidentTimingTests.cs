using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Alerts.Incidents;

namespace LinkMonitor.Tests.Alerts.Planning;

public sealed class IncidentTimingTests
{
    private static readonly AlertOptions Options = new();
    private static readonly AlertPlan Nothing = new() { ProjectId = Happening.Project };

    [Fact]
    public void Single_change_is_ready_after_the_delay() =>
        Assert.Equal(Happening.Noon.AddSeconds(30), ReadyAt(Happening.Lost("https://a.example/")));

    [Fact]
    public void Page_waits_while_more_changes_come_but_not_for_ever()
    {
        Assert.Equal(Happening.Noon.AddSeconds(50), ReadyAt(OfPage(0), OfPage(20)));
        Assert.Equal(Happening.Noon.AddMinutes(5), ReadyAt([.. Enumerable.Range(0, 20).Select(number => OfPage(number * 20))]));
    }

    [Fact]
    public void Host_of_200_pages_at_two_seconds_each_waits_for_all_of_them()
    {
        var ready = ReadyAt([.. Enumerable.Range(0, 200).Select(page => Happening.Lost($"https://a.example/{page}", second: page * 2))]);

        Assert.Equal(Happening.Noon.AddSeconds(398 + 30), ready);
    }

    [Fact]
    public void Host_whose_pages_never_end_is_told_after_half_an_hour()
    {
        var ready = ReadyAt([.. Enumerable.Range(0, 200).Select(page => Happening.Lost($"https://a.example/{page}", second: page * 20))]);

        Assert.Equal(Happening.Noon.AddMinutes(30), ready);
    }

    [Fact]
    public void Cause_that_was_told_just_now_waits_longer_and_another_does_not()
    {
        var incident = Group(Happening.Lost("https://a.example/1"), Happening.Lost("https://a.example/2"));
        var told =
            Nothing with
            {
                Causes = new Dictionary<string, DateTimeOffset> { [IncidentTiming.KeyOf(incident)] = Happening.Noon.AddMinutes(-1) },
            };

        Assert.Equal(Happening.Noon.AddMinutes(4), IncidentTiming.ReadyAt(incident, Of(told), Options));
        var back = Group(Happening.Recovered("https://a.example/1"), Happening.Recovered("https://a.example/2"));
        Assert.Equal(Happening.Noon.AddSeconds(30), IncidentTiming.ReadyAt(back, Of(told), Options));
    }

    [Fact]
    public void Changes_that_a_clock_ahead_has_left_in_the_future_do_not_wait_until_then()
    {
        var context = Of(Nothing) with { Now = Happening.Noon.AddDays(-30) };

        Assert.True(IncidentTiming.ReadyAt(Group(Happening.Lost("https://a.example/1")), context, Options) <= context.Now);
    }

    private static LinkChange OfPage(int second) => Happening.Lost("https://a.example/1", $"https://example.org/{second}", second);

    private static DateTimeOffset ReadyAt(params LinkChange[] changes) => IncidentTiming.ReadyAt(Group(changes), Of(Nothing), Options);

    // Late enough that no change of a test is from the future.
    private static PlanContext Of(AlertPlan plan) => new(StorageSamples.Project(Happening.Project), plan, [], Happening.Noon.AddDays(1));

    private static Incident Group(params LinkChange[] changes) => Assert.Single(IncidentGrouping.Group(changes, _ => null));
}
