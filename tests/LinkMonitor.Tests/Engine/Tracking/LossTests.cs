using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Tests.Engine.Tracking;

public sealed class LossTests
{
    [Fact]
    public void A_removed_link_is_lost_after_two_observations_over_an_hour()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Removed);
        link.Sees(0.9, Finding.Removed);
        var suspected = link.Status;
        link.Sees(1, Finding.Removed);

        Assert.Equal(LinkState.Live, suspected.State);
        Assert.Equal(LinkState.Lost, link.Status.State);
        var transition = Assert.Single(link.Transitions);
        Assert.True(transition.Alerts);
        Assert.Equal(TrackingDriver.At(0), transition.Since);
        Assert.Equal(TrackingDriver.At(-1), transition.Before!.CheckedAt);
        Assert.NotNull(transition.Before.Snippet);
        Assert.Null(transition.After.Snippet);
    }

    [Fact]
    public void A_missing_page_is_lost_after_six_hours_and_not_before()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.PageGone);
        link.Sees(1, Finding.PageGone);
        link.Sees(5.9, Finding.PageGone);
        var suspected = link.Status;
        link.Sees(6, Finding.PageGone);

        Assert.Equal(LinkState.Live, suspected.State);
        Assert.Equal(LinkState.Lost, link.Status.State);
    }

    [Fact]
    public void A_loss_that_is_not_confirmed_yet_keeps_state_reasons_and_suspected_changes()
    {
        var link = new TrackingDriver();
        link.Sees(0, Finding.Changed(Finding.Nofollow));
        link.Sees(24, Finding.Changed(Finding.Nofollow, Finding.Anchor));

        link.Sees(24.1, Finding.Removed);
        var suspected = link.Status;
        link.Sees(25, Finding.Changed(Finding.Nofollow, Finding.Anchor));

        Assert.Equal(LinkState.Changed, suspected.State);
        Assert.Equal([Finding.Nofollow], suspected.Reasons);
        Assert.Equal(2, suspected.Suspicions.Count);
        Assert.Equal([Finding.Nofollow, Finding.Anchor], link.Status.Reasons);
        Assert.Empty(link.Status.Suspicions);
    }

    [Fact]
    public void The_clock_towards_lost_goes_on_when_the_way_of_being_lost_changes()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Removed);
        link.Sees(6, Finding.PageGone);
        var suspected = link.Status;
        link.Sees(6.1, Finding.PageGone);

        Assert.Equal(LinkState.Live, suspected.State);
        Assert.Equal(LinkState.Lost, link.Status.State);
        Assert.Equal([ReasonCode.PageGone], link.Codes);
        Assert.Equal(TrackingDriver.At(0), link.Status.Since);
    }

    [Fact]
    public void The_rule_of_the_current_reason_decides()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Removed);
        link.Sees(1, Finding.PageGone);
        link.Sees(2, Finding.PageGone);
        var suspected = link.Status.State;
        link.Sees(3, Finding.Removed);

        Assert.Equal(LinkState.Live, suspected);
        Assert.Equal([ReasonCode.LinkRemoved], link.Codes);
    }

    [Fact]
    public void A_redirect_to_a_new_place_each_time_is_still_a_redirect()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Lost(ReasonCode.PageRedirected, "/a"));
        link.Sees(1, Finding.Lost(ReasonCode.PageRedirected, "/b"));

        Assert.Equal(LinkState.Lost, link.Status.State);
    }

    [Fact]
    public void A_link_seen_in_between_is_not_lost()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Removed);
        link.Sees(0.5, Finding.Live);
        link.Sees(1, Finding.Removed);

        Assert.Equal(LinkState.Live, link.Status.State);
        Assert.Equal(TrackingDriver.At(1), Assert.Single(link.Status.Suspicions).FirstSeen);
    }

    [Fact]
    public void A_page_that_cannot_be_seen_neither_confirms_nor_refutes_a_loss()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Removed);
        var before = link.Status.Suspicions;
        link.Sees(2, Finding.Blocked);
        var between = link.Status;
        link.Sees(3, Finding.Removed);

        Assert.Equal(before, between.Suspicions);
        Assert.Equal(LinkState.Live, between.State);
        Assert.Equal(LinkState.Lost, link.Status.State);
    }

    [Fact]
    public void A_vanished_domain_needs_three_observations_over_two_days()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.NoName);
        link.Sees(1, Finding.NoName);
        link.Sees(47, Finding.NoName);
        var suspected = link.Status;
        link.Sees(48, Finding.NoName);

        Assert.Equal(LinkState.Live, suspected.State);
        Assert.Equal(TrackingDriver.At(0), suspected.UnobservedSince);
        Assert.Equal(LinkState.Lost, link.Status.State);
        Assert.Equal([ReasonCode.DomainGone], link.Codes);
        Assert.Equal(TrackingDriver.At(0), link.Status.Since);
        Assert.Equal(TrackingDriver.At(48), link.Status.LastObservedAt);
        Assert.Null(link.Status.UnobservedSince);
    }

    [Fact]
    public void Two_observations_of_a_vanished_domain_are_too_few_however_far_apart()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.NoName);
        link.Sees(100, Finding.NoName);

        Assert.Equal(LinkState.Live, link.Status.State);
    }

    [Fact]
    public void A_vanished_domain_does_not_borrow_the_clock_of_a_missing_page()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.PageGone);
        link.Sees(40, Finding.NoName);
        link.Sees(44, Finding.NoName);
        link.Sees(49, Finding.NoName);

        Assert.Equal(LinkState.Live, link.Status.State);
        Assert.Equal(TrackingDriver.At(40), link.Status.Suspicions[^1].FirstSeen);
    }

    [Fact]
    public void A_missing_page_does_not_borrow_the_clock_of_a_vanished_domain()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.NoName);
        link.Sees(10, Finding.Removed);
        link.Sees(10.5, Finding.Removed);

        Assert.Equal(LinkState.Live, link.Status.State);
        Assert.Equal(TrackingDriver.At(10), Assert.Single(link.Status.Suspicions).FirstSeen);
    }

    [Fact]
    public void Any_answer_of_a_server_refutes_a_vanished_domain_and_silence_does_not()
    {
        var silent = TrackingDriver.Live();
        var answering = TrackingDriver.Live();

        foreach (var (link, between) in new[] { (silent, Finding.Timeout), (answering, Finding.Blocked) })
        {
            link.Sees(0, Finding.NoName);
            link.Sees(24, Finding.NoName);
            link.Sees(30, between);
            link.Sees(48, Finding.NoName);
        }

        Assert.Equal(LinkState.Lost, silent.Status.State);
        Assert.Equal(LinkState.Live, answering.Status.State);
    }

    [Fact]
    public void A_lost_link_that_is_back_is_live_at_once()
    {
        var link = Lost();

        var result = link.Sees(48, Finding.Live);

        Assert.Equal((LinkState.Lost, LinkState.Live), (result.Transition!.From, result.Transition.To));
        Assert.True(result.Transition.Alerts);
        Assert.Equal(TrackingDriver.At(48), result.Transition.Since);
        Assert.Equal(TrackingDriver.At(1), result.Transition.Before!.CheckedAt);
    }

    [Fact]
    public void A_lost_link_that_is_back_changed_is_changed_at_once()
    {
        var link = Lost();

        link.Sees(48, Finding.Changed(Finding.Nofollow));

        Assert.Equal(LinkState.Changed, link.Status.State);
        Assert.Equal([Finding.Nofollow], link.Status.Reasons);
        Assert.True(Assert.Single(link.Transitions).Alerts);
    }

    [Fact]
    public void A_lost_link_that_is_lost_in_another_way_is_recorded_and_not_told()
    {
        var link = Lost();

        link.Sees(24, Finding.PageGone);
        var suspected = link.Status;
        link.Sees(30, Finding.PageGone);

        Assert.Equal([ReasonCode.LinkRemoved], suspected.Reasons.Select(reason => reason.Code));
        Assert.Equal([ReasonCode.PageGone], link.Codes);
        var transition = Assert.Single(link.Transitions);
        Assert.False(transition.Alerts);
        Assert.Equal(TrackingDriver.At(24), transition.Since);
        Assert.Equal(TrackingDriver.At(0), link.Status.Since);
    }

    [Fact]
    public void A_lost_link_that_goes_on_being_lost_is_no_news()
    {
        var link = Lost();

        link.Sees(24, Finding.PageGone);
        var result = link.Sees(30, Finding.Removed);

        Assert.Empty(link.Transitions);
        Assert.Empty(link.Status.Suspicions);
        Assert.Null(result.RecheckAt);
    }

    [Fact]
    public void A_domain_that_stays_gone_counts_as_observed()
    {
        var link = TrackingDriver.Live();
        link.Sees(0, Finding.NoName);
        link.Sees(24, Finding.NoName);
        link.Sees(48, Finding.NoName);

        var result = link.Sees(400, Finding.NoName);

        Assert.Null(result.Transition);
        Assert.Null(result.RecheckAt);
        Assert.Equal(TrackingDriver.At(400), link.Status.LastObservedAt);
        Assert.Null(link.Status.UnobservedSince);
    }

    private static TrackingDriver Lost()
    {
        var link = TrackingDriver.Live();
        link.Sees(0, Finding.Removed);
        link.Sees(1, Finding.Removed);
        Assert.Equal(LinkState.Lost, link.Status.State);
        link.Transitions.Clear();
        return link;
    }
}
