using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Tests.Engine.Tracking;

public sealed class RecheckTests
{
    [Fact]
    public void A_fresh_suspicion_is_looked_at_after_minutes_and_then_when_it_can_be_confirmed()
    {
        var link = TrackingDriver.Live();

        var first = link.Sees(0, Finding.Removed);
        var second = link.Sees(5 / 60.0, Finding.Removed);

        Assert.Equal(TrackingDriver.Start.AddMinutes(5), first.RecheckAt);
        Assert.Equal(TrackingDriver.Start.AddMinutes(60), second.RecheckAt);
    }

    [Fact]
    public void A_missing_page_is_looked_at_hourly_until_six_hours_are_over()
    {
        var link = TrackingDriver.Live();
        List<double> hours = [0];

        var result = link.Sees(0, Finding.PageGone);
        while (result.RecheckAt is { } next)
        {
            hours.Add((next - TrackingDriver.Start).TotalHours);
            result = link.Sees(hours[^1], Finding.PageGone);
        }

        Assert.Equal(LinkState.Lost, link.Status.State);
        Assert.Equal(6, hours[^1], 3);
        Assert.InRange(hours.Count, 6, 8);
    }

    [Fact]
    public void A_vanished_domain_is_confirmed_on_time_with_ever_rarer_looks()
    {
        var link = TrackingDriver.Live();
        List<double> hours = [0];

        var result = link.Sees(0, Finding.NoName);
        while (result.RecheckAt is { } next)
        {
            hours.Add((next - TrackingDriver.Start).TotalHours);
            result = link.Sees(hours[^1], Finding.NoName);
        }

        Assert.Equal(LinkState.Lost, link.Status.State);
        Assert.Equal(48, hours[^1], 3);
        Assert.InRange(hours.Count, 10, 20);
    }

    [Fact]
    public void A_page_that_cannot_be_seen_while_suspected_is_looked_at_ever_more_rarely()
    {
        var link = TrackingDriver.Live();
        link.Sees(0, Finding.Removed);

        var soon = link.Sees(1, Finding.Blocked);
        var later = link.Sees(12, Finding.Blocked);
        var late = link.Sees(72, Finding.Blocked);

        Assert.Equal(TrackingDriver.At(2), soon.RecheckAt);
        Assert.Equal(TrackingDriver.At(15), later.RecheckAt);
        Assert.Equal(TrackingDriver.At(78), late.RecheckAt);
    }

    [Fact]
    public void Our_own_fault_puts_a_fresh_suspicion_off_for_an_hour_at_most()
    {
        var link = TrackingDriver.Live();
        link.Sees(0, Finding.PageGone);

        var result = link.Sees(0.1, Finding.OurFault);

        Assert.Equal(TrackingDriver.At(1.1), result.RecheckAt);
    }

    [Fact]
    public void What_nobody_would_be_told_is_not_urgent()
    {
        var varied = new TrackingDriver();
        varied.Sees(0, Finding.Changed(Finding.Nofollow));
        var lost = TrackingDriver.Live();
        lost.Sees(0, Finding.Removed);
        lost.Sees(1, Finding.Removed);

        var variant = varied.Sees(24, Finding.Changed(Finding.Sponsored));
        var otherLoss = lost.Sees(24, Finding.PageGone);

        Assert.Equal(TrackingDriver.At(30), variant.RecheckAt);
        Assert.Equal(TrackingDriver.At(30), otherLoss.RecheckAt);
    }

    [Fact]
    public void A_recheck_is_never_sooner_than_a_minute()
    {
        var link = new TrackingDriver(
            new ConfirmationPolicy { Link = new ConfirmationRule(3, TimeSpan.Zero), FirstRecheck = TimeSpan.Zero });
        link.Sees(0, Finding.Live);

        var result = link.Sees(1, Finding.Removed);

        Assert.Equal(TrackingDriver.At(1).AddMinutes(1), result.RecheckAt);
    }

    [Fact]
    public void A_repeated_or_older_observation_changes_nothing_and_asks_for_the_same_recheck()
    {
        var link = TrackingDriver.Live();
        var once = link.Sees(1, Finding.Removed);

        var twice = link.Sees(1, Finding.Removed);
        var older = link.Sees(0.5, Finding.Live);

        Assert.Equal(new TrackingResult(once.Status, null, once.RecheckAt), twice);
        Assert.Same(once.Status, twice.Status);
        Assert.Same(once.Status, older.Status);
        Assert.Null(older.Transition);
    }
}
