using LinkMonitor.Alerts.Planning;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Alerts.Planning;

/// <summary>What a clock that was a month ahead has left is mended; what is right is left as it is, to the instance.</summary>
public sealed class AlertTimesTests
{
    private static readonly ProjectId Project = new("prj_a");
    private static readonly DateTimeOffset Now = StorageSamples.Noon;
    private static readonly DateTimeOffset Ahead = Now.AddDays(30);
    private static readonly AlertOptions Options = new();

    [Fact]
    public void A_plan_of_a_clock_ahead_is_due_and_what_it_reported_does_not_wait()
    {
        var plan = new AlertPlan
        {
            ProjectId = Project,
            ReadAt = Ahead,
            WakeAt = Ahead,
            Causes = Times(("ahead", Ahead), ("right", Now.AddMinutes(-1))),
            Digests = Times(("chn_a", Ahead), ("chn_b", Now.AddDays(-1))),
        };

        var mended = AlertTimes.Mend(plan, Options, Now);

        Assert.Null(mended.ReadAt);
        Assert.Equal(Now, mended.WakeAt);
        Assert.Equal(Times(("right", Now.AddMinutes(-1))), mended.Causes);
        Assert.Equal(Times(("chn_a", Now), ("chn_b", Now.AddDays(-1))), mended.Digests);
    }

    [Fact]
    public void A_plan_that_is_right_is_the_same()
    {
        var plan = new AlertPlan
        {
            ProjectId = Project,
            ReadAt = Now.AddSeconds(20),
            WakeAt = Now.AddDays(7),
            Causes = Times(("a", Now)),
            Digests = Times(("chn_a", Now)),
        };

        Assert.Same(plan, AlertTimes.Mend(plan, Options, Now));
    }

    [Fact]
    public void A_lease_and_a_next_attempt_of_a_clock_ahead_are_over()
    {
        var alert = Alert(
            Ahead,
            new Delivery { Channel = ChannelKind.Email, Recipient = "a@example.org", FirstAttemptAt = Ahead, NextAttemptAt = Ahead });

        var mended = AlertTimes.Mend(alert, Options, Now);

        Assert.Equal(Now, mended.LeasedUntil);
        Assert.Equal(Now, mended.NextAttemptAt);
        Assert.Equal(Now, mended.Deliveries[0].FirstAttemptAt);
    }

    [Fact]
    public void A_lease_and_a_next_attempt_that_are_right_stay()
    {
        var alert = Alert(
            Now.AddMinutes(9),
            new Delivery
            {
                Channel = ChannelKind.Email,
                Recipient = "a@example.org",
                FirstAttemptAt = Now,
                NextAttemptAt = Now.AddDays(7),
            });

        Assert.Same(alert, AlertTimes.Mend(alert, Options, Now));
    }

    [Fact]
    public void Work_under_way_by_a_clock_ahead_is_not_under_way()
    {
        var work = new AlertWork { ProjectId = Project, NudgeAt = Ahead, WorkingUntil = Ahead };

        var mended = AlertTimes.Mend(work, TimeSpan.FromDays(6), TimeSpan.FromMinutes(10), Now);

        Assert.Equal((null, null), (mended.NudgeAt, mended.WorkingUntil));
        var right = work with { NudgeAt = Now.AddDays(6), WorkingUntil = Now.AddMinutes(10) };
        Assert.Same(right, AlertTimes.Mend(right, TimeSpan.FromDays(6), TimeSpan.FromMinutes(10), Now));
    }

    private static Alert Alert(DateTimeOffset leasedUntil, Delivery delivery) =>
        StorageSamples.Alert(Project, Now) with { LeasedUntil = leasedUntil, Deliveries = [delivery] };

    private static Dictionary<string, DateTimeOffset> Times(params (string Key, DateTimeOffset At)[] times) =>
        times.ToDictionary(time => time.Key, time => time.At);
}
