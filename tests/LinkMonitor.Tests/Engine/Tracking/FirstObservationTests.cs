using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Tests.Engine.Tracking;

public sealed class FirstObservationTests
{
    [Fact]
    public void A_link_found_at_first_is_live_and_nobody_is_told()
    {
        var link = new TrackingDriver();

        var result = link.Sees(2, Finding.Live);

        var transition = Assert.IsType<LinkTransition>(result.Transition);
        Assert.Equal((LinkState.Pending, LinkState.Live), (transition.From, transition.To));
        Assert.False(transition.Alerts);
        Assert.Null(transition.Before);
        Assert.Equal(TrackingDriver.At(2), transition.After.CheckedAt);
        Assert.Equal(TrackingDriver.At(2), link.Status.Since);
        Assert.Equal(TrackingDriver.At(2), link.Status.LastSeenAt);
        Assert.Null(result.RecheckAt);
    }

    [Fact]
    public void A_link_found_changed_at_first_is_changed_at_once_and_nobody_is_told()
    {
        var link = new TrackingDriver();

        var result = link.Sees(0, Finding.Changed(Finding.Nofollow, Finding.Anchor));

        Assert.Equal(LinkState.Changed, link.Status.State);
        Assert.Equal([Finding.Nofollow, Finding.Anchor], link.Status.Reasons);
        Assert.Empty(link.Status.Suspicions);
        Assert.False(result.Transition!.Alerts);
    }

    [Fact]
    public void A_link_missing_at_first_is_not_found_and_never_lost()
    {
        var link = new TrackingDriver();

        link.Sees(0, Finding.Removed);
        link.Sees(24, Finding.Removed);
        link.Sees(48, Finding.PageGone);
        link.Sees(96, Finding.PageGone);

        Assert.Equal(LinkState.NotFound, link.Status.State);
        Assert.Equal([ReasonCode.PageGone], link.Codes);
        Assert.Null(link.Status.Baseline);
        Assert.Equal(TrackingDriver.At(0), link.Status.Since);
        var transition = Assert.Single(link.Transitions);
        Assert.Equal([ReasonCode.LinkRemoved], transition.ReasonsAfter.Select(reason => reason.Code));
        Assert.False(transition.Alerts);
    }

    [Fact]
    public void A_link_that_was_not_found_and_appears_is_good_news_and_gets_its_baseline_then()
    {
        var link = new TrackingDriver();
        link.Sees(0, Finding.Removed);

        var result = link.Sees(24, Finding.Live with { AnchorText = "Appeared" });

        Assert.Equal((LinkState.NotFound, LinkState.Live), (result.Transition!.From, result.Transition.To));
        Assert.True(result.Transition.Alerts);
        Assert.Equal("Appeared", link.Status.Baseline!.Anchor);
        Assert.Equal(TrackingDriver.At(24), link.Status.Baseline.SeenAt);
    }

    [Fact]
    public void A_link_that_was_not_found_and_appears_changed_is_changed_at_once()
    {
        var link = new TrackingDriver();
        link.Sees(0, Finding.Removed);

        var result = link.Sees(24, Finding.Changed(Finding.Nofollow));

        Assert.Equal(LinkState.Changed, link.Status.State);
        Assert.True(result.Transition!.Alerts);
    }

    [Fact]
    public void A_first_check_that_cannot_see_the_page_leaves_the_link_pending()
    {
        var link = new TrackingDriver();

        var result = link.Sees(0, Finding.Blocked);

        Assert.Equal(LinkState.Pending, link.Status.State);
        Assert.Null(result.Transition);
        Assert.Null(result.RecheckAt);
        Assert.Equal(TrackingDriver.At(0), link.Status.LastCheckedAt);
        Assert.Equal(TrackingDriver.At(0), link.Status.UnobservedSince);
        Assert.Equal(ObservationKind.Blocked, link.Status.LastEvidence!.Observation);
        Assert.Null(link.Status.LastObservedAt);
    }

    [Fact]
    public void A_domain_that_never_resolved_makes_the_link_not_found_once_confirmed()
    {
        var link = new TrackingDriver();

        link.Sees(0, Finding.NoName);
        link.Sees(24, Finding.NoName);
        link.Sees(48, Finding.NoName);

        Assert.Equal(LinkState.NotFound, link.Status.State);
        Assert.Equal([ReasonCode.DomainGone], link.Codes);
        Assert.False(Assert.Single(link.Transitions).Alerts);
    }

    [Fact]
    public void The_first_baseline_is_never_overwritten()
    {
        var link = new TrackingDriver();

        link.Sees(0, Finding.Live with { AnchorText = "First" });
        link.Sees(24, Finding.Live with { AnchorText = "Second" });

        Assert.Equal("First", link.Status.Baseline!.Anchor);
        Assert.Equal("Second", link.Status.LastSeenEvidence!.Anchor);
    }

    [Fact]
    public void A_link_to_another_url_of_the_site_is_no_baseline_for_the_watched_one()
    {
        var link = new TrackingDriver();

        link.Sees(0, Finding.Changed(Finding.OtherTarget) with { AnchorText = "Other" });
        var before = link.Status;
        link.Sees(24, Finding.Live with { AnchorText = "Watched" });

        Assert.Null(before.Baseline);
        Assert.Equal(TrackingDriver.At(0), before.LastSeenAt);
        Assert.Equal("Watched", link.Status.Baseline!.Anchor);
    }
}
