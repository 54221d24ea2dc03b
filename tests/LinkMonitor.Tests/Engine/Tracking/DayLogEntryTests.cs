using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Tests.Engine.Tracking;

/// <summary>What the checks of a day leave in the day log.</summary>
public sealed class DayLogEntryTests
{
    private const int Day = 24;
    private static readonly Finding OwnTarget = Finding.Changed(Finding.Because(ReasonCode.TargetBroken, "404"));

    [Fact]
    public void A_link_that_is_seen_as_expected_makes_a_day_as_agreed() => Assert.Equal("a", Marks(TrackingDriver.Live()));

    [Fact]
    public void A_suspicion_is_neither_lost_nor_as_agreed_until_it_is_confirmed()
    {
        var link = TrackingDriver.Live();
        link.Sees(Day, Finding.PageGone);
        var suspected = Marks(link);
        link.Sees(2 * Day, Finding.PageGone);

        Assert.Equal("a?", suspected);
        Assert.Equal("a?l", Marks(link));
    }

    [Fact]
    public void A_change_is_marked_once_it_is_confirmed_and_not_before()
    {
        var link = TrackingDriver.Live();
        link.Sees(Day, Finding.Changed(Finding.Nofollow));
        link.Sees(2 * Day, Finding.Changed(Finding.Nofollow));
        link.Sees(3 * Day, Finding.Live);

        Assert.Equal("a?ca", Marks(link));
    }

    [Fact]
    public void A_day_on_which_the_link_was_seen_as_agreed_once_is_a_day_as_agreed()
    {
        var link = TrackingDriver.Live();
        link.Sees(Day, Finding.Live);
        link.Sees(Day + 1, Finding.Removed);
        link.Sees(Day + 3, Finding.Removed);

        Assert.Equal(LinkState.Lost, link.Status.State);
        Assert.Equal("aa", Marks(link));
    }

    [Fact]
    public void A_page_that_cannot_be_seen_leaves_could_not_tell_whatever_is_held()
    {
        var link = TrackingDriver.Live();
        link.Sees(Day, Finding.Blocked);
        link.Sees(2 * Day, Finding.Removed);
        link.Sees((2 * Day) + 2, Finding.Removed);
        link.Sees(3 * Day, Finding.Timeout);

        Assert.Equal(LinkState.Lost, link.Status.State);
        Assert.Equal("a?l?", Marks(link));
    }

    [Fact]
    public void Our_own_fault_is_no_check()
    {
        var link = TrackingDriver.Live();
        link.Sees(Day, Finding.OurFault);
        link.Sees(2 * Day, Finding.Live);

        Assert.Equal("a-a", Marks(link));
    }

    [Fact]
    public void A_fault_of_our_own_target_is_not_held_against_the_page()
    {
        var link = TrackingDriver.Live();
        link.Sees(Day, OwnTarget);
        link.Sees(2 * Day, OwnTarget);

        Assert.Equal(LinkState.Changed, link.Status.State);
        Assert.Equal("aaa", Marks(link));
    }

    [Fact]
    public void Beside_a_fault_of_our_own_a_fault_of_the_page_counts()
    {
        var both = Finding.Changed(Finding.Because(ReasonCode.TargetBroken, "404"), Finding.Nofollow);
        var link = TrackingDriver.Live();
        link.Sees(Day, both);
        link.Sees(2 * Day, both);

        Assert.Equal("a?c", Marks(link));
    }

    [Fact]
    public void A_link_that_never_was_there_is_marked_not_found()
    {
        var link = new TrackingDriver();
        link.Sees(0, Finding.Removed);
        link.Sees(Day, Finding.Live);

        Assert.Equal("na", Marks(link));
    }

    [Fact]
    public void Days_are_those_of_UTC() =>
        Assert.Equal(new DateOnly(2026, 3, 2), DayLogEntry.Day(new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(-5))));

    [Fact]
    public void A_day_is_lost_or_changed_only_when_the_link_is_held_to_be_so() => RandomLives.HoldAtEveryStep((before, verdict, result) =>
    {
        var day = DayLogEntry.Day(verdict.Observation.CheckedAt);
        var (was, now) = (before.Days[day], result.Status.Days[day]);
        Assert.True(now >= was);
        Assert.True(was == now || now != DayMark.Lost || result.Status.State == LinkState.Lost);
        Assert.True(was == now || now != DayMark.Changed || result.Status.State == LinkState.Changed);
        Assert.True(was == now || now != DayMark.AsAgreed || verdict.State is VerdictState.Live or VerdictState.Changed);
        Assert.False(verdict.State == VerdictState.Live && now != DayMark.AsAgreed);
    });

    private static string Marks(TrackingDriver link) => link.Status.Days.Marks;
}
