using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Tests.Engine.Tracking;

/// <summary>A clock that was days ahead blinds nobody once it is right again.</summary>
public sealed class ClockAheadTests
{
    private const double AMonth = 30 * 24;

    [Fact]
    public void A_loss_is_seen_though_the_last_check_was_a_month_ahead()
    {
        var link = TrackingDriver.Live();
        link.Sees(AMonth, Finding.Live);
        link.Transitions.Clear();

        link.Sees(1, Finding.Removed);
        link.Sees(2.5, Finding.Removed);

        Assert.Equal(LinkState.Lost, link.Status.State);
        Assert.Equal(TrackingDriver.At(2.5), link.Status.LastCheckedAt);
        Assert.Single(link.Transitions);
    }

    [Fact]
    public void A_doubt_that_began_a_month_ahead_is_confirmed_by_times_that_are_right()
    {
        var link = TrackingDriver.Live();
        link.Sees(AMonth, Finding.Removed);

        link.Sees(1, Finding.Removed);
        Assert.Equal(LinkState.Live, link.Status.State);
        link.Sees(2.5, Finding.Removed);

        Assert.Equal(LinkState.Lost, link.Status.State);
        Assert.All(link.Transitions, transition => Assert.InRange(transition.Since, TrackingDriver.At(-1), TrackingDriver.At(2.5)));
    }

    [Fact]
    public void The_same_check_applied_again_changes_nothing()
    {
        var link = TrackingDriver.Live();
        link.Sees(AMonth, Finding.Live);
        link.Sees(1, Finding.Removed);
        var once = link.Status;

        link.Sees(1, Finding.Removed);

        Assert.Same(once, link.Status);
    }

    [Fact]
    public void A_check_that_is_merely_late_changes_nothing()
    {
        var link = TrackingDriver.Live();
        link.Sees(0.5, Finding.Live);
        var newest = link.Status;

        link.Sees(0.1, Finding.Removed);

        Assert.Same(newest, link.Status);
    }

    [Fact]
    public void A_site_that_says_not_changed_is_not_enough_until_the_times_are_mended()
    {
        var link = TrackingDriver.Live();
        link.Sees(AMonth, Finding.Live);

        Assert.Null(UnchangedPage.Confirm(link.Status, TrackingDriver.At(AMonth), TrackingDriver.At(1), UnchangedBy.Site, null));
    }
}
