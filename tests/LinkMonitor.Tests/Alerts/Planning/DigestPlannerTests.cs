using LinkMonitor.Alerts.Planning;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Alerts.Incidents;

namespace LinkMonitor.Tests.Alerts.Planning;

public sealed class DigestPlannerTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 7, 15, 0, TimeSpan.Zero);

    private static readonly Channel Daily = StorageSamples.Channel(
        Happening.Project) with
    {
        TimeZone = null,
        Quiet = null,
        Digest = new DigestSchedule(null, new TimeOnly(7, 15)),
    };

    [Fact]
    public void First_digest_of_a_channel_has_what_waited_when_it_was_first_seen()
    {
        var due = DigestPlanner.Due(Context(At.AddMinutes(1)) with { WaitingSince = At.AddSeconds(-12) }, Daily);

        Assert.Equal((At.AddSeconds(-12), At), due);
    }

    [Fact]
    public void First_digest_of_a_channel_has_nothing_of_what_was_reported_before() =>
        Assert.Null(DigestPlanner.Due(Context(At.AddMinutes(1)), Daily));

    private static PlanContext Context(DateTimeOffset now) =>
        new(
            StorageSamples.Project(Happening.Project) with { TimeZone = "UTC" },
            new AlertPlan { ProjectId = Happening.Project },
            [Daily],
            now);
}
