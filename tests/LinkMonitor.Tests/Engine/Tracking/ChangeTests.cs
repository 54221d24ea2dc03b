using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Tests.Engine.Tracking;

public sealed class ChangeTests
{
    [Fact]
    public void A_changed_link_is_suspected_first_and_changed_after_an_hour()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Changed(Finding.Nofollow));
        link.Sees(0.1, Finding.Changed(Finding.Nofollow));
        var suspected = link.Status;
        link.Sees(1, Finding.Changed(Finding.Nofollow));

        Assert.Equal(LinkState.Live, suspected.State);
        Assert.Equal(2, Assert.Single(suspected.Suspicions).Observations);
        Assert.Equal(LinkState.Changed, link.Status.State);
        Assert.Equal([Finding.Nofollow], link.Status.Reasons);
        Assert.Empty(link.Status.Suspicions);
        Assert.True(Assert.Single(link.Transitions).Alerts);
    }

    [Fact]
    public void A_change_began_when_it_was_first_seen_and_shows_the_link_before_that()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Changed(Finding.Nofollow));
        link.Sees(2, Finding.Changed(Finding.Nofollow));

        var transition = Assert.Single(link.Transitions);
        Assert.Equal(TrackingDriver.At(0), transition.Since);
        Assert.Equal(TrackingDriver.At(2), transition.At);
        Assert.Equal(TrackingDriver.At(0), link.Status.Since);
        Assert.True(transition.Before!.Follow);
        Assert.Equal(TrackingDriver.At(-1), transition.Before.CheckedAt);
        Assert.False(transition.After.Follow);
    }

    [Fact]
    public void One_good_observation_refutes_a_suspected_change()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Changed(Finding.Nofollow));
        var result = link.Sees(0.1, Finding.Live);
        link.Sees(2, Finding.Changed(Finding.Nofollow));

        Assert.Null(result.RecheckAt);
        Assert.Empty(result.Status.Suspicions);
        Assert.Empty(link.Transitions);
    }

    [Fact]
    public void A_suspected_reason_that_is_absent_once_starts_anew()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Changed(Finding.Nofollow, Finding.Anchor));
        link.Sees(1, Finding.Changed(Finding.Anchor));
        link.Sees(2, Finding.Changed(Finding.Nofollow, Finding.Anchor));

        Assert.Equal([Finding.Anchor], link.Status.Reasons);
        Assert.Equal(TrackingDriver.At(2), Assert.Single(link.Status.Suspicions).FirstSeen);
    }

    [Fact]
    public void A_finding_whose_details_rotate_is_confirmed_by_its_code()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Changed(Finding.Because(ReasonCode.TargetRedirects, "/?session=1")));
        link.Sees(1, Finding.Changed(Finding.Because(ReasonCode.TargetRedirects, "/?session=2")));

        Assert.Equal("/?session=2", Assert.Single(link.Status.Reasons).Found);
        Assert.Equal(TrackingDriver.At(0), link.Status.Since);
    }

    [Fact]
    public void Details_that_go_on_rotating_tell_no_second_change()
    {
        var link = TrackingDriver.Live();

        for (var hour = 0; hour < 48; hour++)
            link.Sees(hour, Finding.Changed(Finding.Because(ReasonCode.TargetRedirects, $"/?session={hour}")));

        Assert.Single(link.Transitions);
        Assert.Equal(LinkState.Changed, link.Status.State);
    }

    [Fact]
    public void A_new_reason_joins_a_changed_link_once_confirmed()
    {
        var link = TrackingDriver.Live();
        link.Sees(0, Finding.Changed(Finding.Nofollow));
        link.Sees(1, Finding.Changed(Finding.Nofollow));

        link.Sees(24, Finding.Changed(Finding.Nofollow, Finding.Footer));
        link.Sees(25, Finding.Changed(Finding.Nofollow, Finding.Footer));

        var joined = link.Transitions[^1];
        Assert.Equal(2, link.Transitions.Count);
        Assert.Equal((LinkState.Changed, LinkState.Changed), (joined.From, joined.To));
        Assert.Equal([Finding.Nofollow], joined.ReasonsBefore);
        Assert.Equal([Finding.Nofollow, Finding.Footer], joined.ReasonsAfter);
        Assert.Equal(TrackingDriver.At(24), joined.Since);
        Assert.Equal(TrackingDriver.At(1), joined.Before!.CheckedAt);
        Assert.True(joined.Alerts);
        Assert.Equal(TrackingDriver.At(0), link.Status.Since);
    }

    [Fact]
    public void A_reason_leaves_at_once_while_others_stay()
    {
        var link = new TrackingDriver();
        link.Sees(0, Finding.Changed(Finding.Nofollow, Finding.Anchor));

        var result = link.Sees(24, Finding.Changed(Finding.Anchor));

        Assert.Equal([Finding.Anchor], link.Status.Reasons);
        Assert.True(result.Transition!.Alerts);
        Assert.Equal(TrackingDriver.At(24), result.Transition.Since);
    }

    [Fact]
    public void A_changed_link_that_is_as_expected_again_is_live_at_once()
    {
        var link = new TrackingDriver();
        link.Sees(0, Finding.Changed(Finding.Nofollow));

        var result = link.Sees(24, Finding.Live);

        Assert.Equal((LinkState.Changed, LinkState.Live), (result.Transition!.From, result.Transition.To));
        Assert.True(result.Transition.Alerts);
        Assert.Empty(link.Status.Reasons);
        Assert.Equal(TrackingDriver.At(24), link.Status.Since);
        Assert.Equal(TrackingDriver.At(0), result.Transition.Before!.CheckedAt);
    }

    [Fact]
    public void The_last_reason_leaves_at_once_even_when_another_is_suspected()
    {
        var link = new TrackingDriver();
        link.Sees(0, Finding.Changed(Finding.Nofollow));

        link.Sees(24, Finding.Changed(Finding.Anchor));

        Assert.Equal(LinkState.Live, link.Status.State);
        Assert.Equal(Finding.Anchor, Assert.Single(link.Status.Suspicions).Reason);
    }

    [Fact]
    public void A_reason_that_varies_has_not_recovered_in_between()
    {
        var link = new TrackingDriver();
        link.Sees(0, Finding.Changed(Finding.Nofollow));
        link.Transitions.Clear();

        link.Sees(24, Finding.Changed(Finding.Sponsored));
        var suspected = link.Status;
        link.Sees(25, Finding.Changed(Finding.Sponsored));

        Assert.Equal([Finding.Nofollow], suspected.Reasons);
        Assert.Equal([Finding.Sponsored], link.Status.Reasons);
        var transition = Assert.Single(link.Transitions);
        Assert.Equal((LinkState.Changed, LinkState.Changed), (transition.From, transition.To));
        Assert.True(transition.Alerts);
    }

    [Fact]
    public void The_wording_of_a_reason_is_refreshed_without_a_change()
    {
        var link = new TrackingDriver();
        link.Sees(0, Finding.Changed(Finding.Nofollow));

        var result = link.Sees(24, Finding.Changed(Finding.Nofollow with { Message = "Other words." }));

        Assert.Null(result.Transition);
        Assert.Equal("Other words.", Assert.Single(link.Status.Reasons).Message);
    }

    [Fact]
    public void A_policy_of_one_observation_needs_no_second_look()
    {
        var link = new TrackingDriver(new ConfirmationPolicy { Link = new ConfirmationRule(1, TimeSpan.Zero) });
        link.Sees(0, Finding.Live);

        var result = link.Sees(1, Finding.Changed(Finding.Nofollow));

        Assert.Equal(LinkState.Changed, link.Status.State);
        Assert.Null(result.RecheckAt);
    }
}
