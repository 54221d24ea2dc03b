using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Tests.Engine.Tracking;

public sealed class UnobservedTests
{
    private const int Week = 7 * 24;

    [Fact]
    public void A_page_that_cannot_be_seen_ages_the_state_and_keeps_it()
    {
        var link = new TrackingDriver();
        link.Sees(0, Finding.Changed(Finding.Nofollow));

        link.Sees(24, Finding.Blocked);
        link.Sees(48, Finding.Timeout);

        Assert.Equal(LinkState.Changed, link.Status.State);
        Assert.Equal([Finding.Nofollow], link.Status.Reasons);
        Assert.Equal(TrackingDriver.At(24), link.Status.UnobservedSince);
        Assert.Equal(TrackingDriver.At(48), link.Status.LastCheckedAt);
        Assert.Equal(TrackingDriver.At(0), link.Status.LastObservedAt);
        Assert.Equal(ObservationKind.Unreachable, link.Status.LastEvidence!.Observation);
        Assert.Equal(ObservationKind.Observed, link.Status.LastSeenEvidence!.Observation);
    }

    [Fact]
    public void Seven_days_without_sight_make_a_link_unreachable()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Timeout);
        link.Sees(Week - 1, Finding.Timeout);
        var before = link.Status.State;
        link.Sees(Week, Finding.Blocked);

        Assert.Equal(LinkState.Live, before);
        Assert.Equal(LinkState.Unreachable, link.Status.State);
        Assert.Equal([ReasonCode.Blocked], link.Codes);
        Assert.Equal(TrackingDriver.At(0), link.Status.Since);
        var transition = Assert.Single(link.Transitions);
        Assert.True(transition.Alerts);
        Assert.Equal(TrackingDriver.At(-1), transition.Before!.CheckedAt);
    }

    [Fact]
    public void One_sight_of_the_page_starts_the_seven_days_anew()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Timeout);
        link.Sees(100, Finding.Live);
        link.Sees(101, Finding.Timeout);
        link.Sees(Week + 100, Finding.Timeout);

        Assert.Equal(LinkState.Live, link.Status.State);
    }

    [Fact]
    public void Lost_and_not_found_links_stay_so_however_long_the_page_cannot_be_seen()
    {
        var lost = TrackingDriver.Live();
        lost.Sees(0, Finding.Removed);
        lost.Sees(1, Finding.Removed);
        var notFound = new TrackingDriver();
        notFound.Sees(0, Finding.Removed);

        foreach (var link in new[] { lost, notFound })
        {
            link.Sees(2, Finding.Blocked);
            link.Sees(3 * Week, Finding.Blocked);
        }

        Assert.Equal(LinkState.Lost, lost.Status.State);
        Assert.Equal(LinkState.NotFound, notFound.Status.State);
    }

    [Fact]
    public void A_link_never_observed_becomes_unreachable_and_later_what_it_is_without_an_alert()
    {
        var found = new TrackingDriver();
        var missing = new TrackingDriver();

        foreach (var (link, last) in new[] { (found, Finding.Live), (missing, Finding.Removed) })
        {
            link.Sees(0, Finding.Blocked);
            link.Sees(Week, Finding.Blocked);
            link.Sees(Week + 1, last);
        }

        Assert.Equal([LinkState.Unreachable, LinkState.Live], found.Transitions.Select(transition => transition.To));
        Assert.Equal([LinkState.Unreachable, LinkState.NotFound], missing.Transitions.Select(transition => transition.To));
        Assert.All(found.Transitions.Concat(missing.Transitions), transition => Assert.False(transition.Alerts));
    }

    [Fact]
    public void Our_own_fault_changes_nothing_but_the_time_of_the_last_check()
    {
        var link = TrackingDriver.Live();
        link.Sees(0, Finding.Removed);
        var before = link.Status;

        var result = link.Sees(1, Finding.OurFault);

        Assert.Null(result.Transition);
        Assert.Equal(
            before with { LastCheckedAt = TrackingDriver.At(1), LastEvidence = link.Status.LastEvidence }, link.Status);
        Assert.Equal(ObservationKind.OurFault, link.Status.LastEvidence!.Observation);
    }

    [Fact]
    public void Our_own_faults_never_make_a_link_unreachable()
    {
        var link = TrackingDriver.Live();

        for (var day = 0; day < 30; day++)
            link.Sees(day * 24, Finding.OurFault);

        Assert.Equal(LinkState.Live, link.Status.State);
        Assert.Null(link.Status.UnobservedSince);
    }

    [Fact]
    public void Time_under_our_own_faults_does_not_count_towards_unreachable()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Blocked);
        for (var day = 1; day <= 8; day++)
            link.Sees(day * 24, Finding.OurFault);
        link.Sees(9 * 24, Finding.Blocked);
        var early = link.Status.State;
        link.Sees(15 * 24, Finding.Blocked);

        Assert.Equal(LinkState.Live, early);
        Assert.Equal(LinkState.Unreachable, link.Status.State);
    }

    [Fact]
    public void A_page_that_is_back_gives_a_live_link_back_at_once()
    {
        var link = TrackingDriver.Unreachable(Finding.Live);

        var result = link.Sees(Week + 1, Finding.Live);

        Assert.Equal((LinkState.Unreachable, LinkState.Live), (result.Transition!.From, result.Transition.To));
        Assert.True(result.Transition.Alerts);
        Assert.Null(link.Status.BeforeUnreachable);
        Assert.Equal(TrackingDriver.At(Week + 1), link.Status.Since);
    }

    [Fact]
    public void A_page_that_is_back_gives_confirmed_reasons_back_at_once_and_suspects_new_ones()
    {
        var link = TrackingDriver.Unreachable(Finding.Changed(Finding.Nofollow));

        link.Sees(Week + 1, Finding.Changed(Finding.Nofollow, Finding.Anchor));

        Assert.Equal(LinkState.Changed, link.Status.State);
        Assert.Equal([Finding.Nofollow], link.Status.Reasons);
        Assert.Equal(Finding.Anchor, Assert.Single(link.Status.Suspicions).Reason);
    }

    [Fact]
    public void A_page_that_is_back_with_only_new_findings_waits_for_confirmation()
    {
        var link = TrackingDriver.Unreachable(Finding.Live);

        var first = link.Sees(Week + 1, Finding.Changed(Finding.Nofollow));
        link.Sees(Week + 2, Finding.Changed(Finding.Nofollow));

        Assert.Equal(LinkState.Unreachable, first.Status.State);
        Assert.Equal(TrackingDriver.At(Week + 1).AddMinutes(5), first.RecheckAt);
        var transition = Assert.Single(link.Transitions);
        Assert.Equal((LinkState.Unreachable, LinkState.Changed), (transition.From, transition.To));
        Assert.Equal(TrackingDriver.At(Week + 1), link.Status.Since);
        Assert.Null(link.Status.BeforeUnreachable);
    }

    [Fact]
    public void A_reason_that_is_gone_when_the_page_is_back_does_not_come_back_unconfirmed()
    {
        var link = TrackingDriver.Unreachable(Finding.Changed(Finding.Nofollow));

        link.Sees(Week + 1, Finding.Changed(Finding.Anchor));
        link.Sees(Week + 1.1, Finding.Changed(Finding.Nofollow, Finding.Anchor));

        Assert.Equal(LinkState.Unreachable, link.Status.State);
        Assert.Equal(2, link.Status.Suspicions.Count);
        Assert.Empty(link.Transitions);
    }

    [Fact]
    public void A_page_that_is_back_without_the_link_is_lost_once_confirmed()
    {
        var link = TrackingDriver.Unreachable(Finding.Live);

        link.Sees(Week + 1, Finding.Removed);
        var suspected = link.Status.State;
        link.Sees(Week + 2, Finding.Removed);

        Assert.Equal(LinkState.Unreachable, suspected);
        var transition = Assert.Single(link.Transitions);
        Assert.Equal((LinkState.Unreachable, LinkState.Lost), (transition.From, transition.To));
        Assert.Equal(TrackingDriver.At(-2), transition.Before!.CheckedAt);
        Assert.True(transition.Alerts);
    }

    [Fact]
    public void A_page_that_stays_away_keeps_its_first_reasons()
    {
        var link = TrackingDriver.Unreachable(Finding.Live);

        link.Sees(Week + 24, Finding.Timeout);

        Assert.Equal([ReasonCode.Blocked], link.Codes);
        Assert.Empty(link.Transitions);
    }
}
