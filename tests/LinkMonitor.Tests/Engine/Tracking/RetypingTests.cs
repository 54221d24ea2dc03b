using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Tests.Engine.Tracking;

/// <summary>A type that expects something else is no change of a page (<see cref="Retyping"/>).</summary>
public sealed class RetypingTests
{
    private static readonly Finding Nofollow = Finding.Changed(Finding.Nofollow);

    [Fact]
    public void What_the_page_was_like_before_is_shown_at_once_and_told_nobody()
    {
        // The link was nofollow from the start, and nobody minded.
        var status = Sees(Sees(LinkStatus.New(TrackingDriver.Start), 0, NofollowAllowed).Status, 24, NofollowAllowed).Status;

        var result = Sees(Retyped(status, ExpectationParts.Rel), 48, Nofollow);

        Assert.Equal(LinkState.Changed, result.Status.State);
        Assert.Equal([Finding.Nofollow], result.Status.Reasons);
        Assert.False(result.Transition!.Alerts);
        Assert.Empty(result.Status.Suspicions);
        Assert.Equal(ExpectationParts.None, result.Status.RetypedParts);
        Assert.Null(Sees(result.Status, 72, Nofollow).Transition);
    }

    [Fact]
    public void What_happened_on_the_page_meanwhile_is_suspected_confirmed_and_told()
    {
        var status = Sees(LinkStatus.New(TrackingDriver.Start), 0, Finding.Live).Status;

        var first = Sees(Retyped(status, ExpectationParts.Rel), 24, Nofollow);
        Assert.Null(first.Transition);
        Assert.Single(first.Status.Suspicions);
        Assert.True(Sees(first.Status, 26, Nofollow).Transition!.Alerts);
    }

    [Fact]
    public void A_part_that_the_type_did_not_touch_is_a_change_as_ever()
    {
        var status = Sees(LinkStatus.New(TrackingDriver.Start), 0, NofollowAllowed).Status;

        Assert.Null(Sees(Retyped(status, ExpectationParts.Anchor), 24, Nofollow).Transition);
        Assert.Null(Sees(status, 24, Nofollow).Transition);
    }

    [Fact]
    public void A_type_that_minds_no_longer_is_no_recovery_that_anybody_is_told_of()
    {
        var status = Sees(LinkStatus.New(TrackingDriver.Start), 0, Nofollow).Status;
        Assert.Equal(LinkState.Changed, status.State);

        Assert.False(Sees(Retyped(status, ExpectationParts.Rel), 24, NofollowAllowed).Transition!.Alerts);
        Assert.True(Sees(Retyped(status, ExpectationParts.Rel), 24, Finding.Live).Transition!.Alerts);
        Assert.True(Sees(status, 24, Finding.Live).Transition!.Alerts);
    }

    [Theory]
    [InlineData(ReasonCode.AnchorChanged, ExpectationParts.Anchor)]
    [InlineData(ReasonCode.PlacementChanged, ExpectationParts.Placement)]
    [InlineData(ReasonCode.Noindex, ExpectationParts.Indexable)]
    [InlineData(ReasonCode.GoogleDisallowed, ExpectationParts.Indexable)]
    [InlineData(ReasonCode.PageNofollow, ExpectationParts.Rel)]
    public void Every_part_of_an_expectation_is_told_from_a_change_of_the_page(ReasonCode code, ExpectationParts part)
    {
        var status = Sees(LinkStatus.New(TrackingDriver.Start), 0, Finding.Live).Status;
        var amiss = Finding.Changed(Finding.Because(code, "something"));

        Assert.False(Sees(Retyped(status, part), 24, amiss).Transition!.Alerts);
        Assert.Null(Sees(Retyped(status, ExpectationParts.None), 24, amiss).Transition);
    }

    [Fact]
    public void A_link_that_vanished_is_lost_as_ever()
    {
        var status = Retyped(Sees(LinkStatus.New(TrackingDriver.Start), 0, Finding.Live).Status, ExpectationParts.Rel);

        var suspected = Sees(status, 24, Finding.Removed).Status;
        Assert.True(Sees(suspected, 26, Finding.Removed).Transition!.Alerts);
    }

    [Fact]
    public void A_move_out_of_unreachable_says_what_was_held_before()
    {
        var link = TrackingDriver.Unreachable(Nofollow);

        link.Sees(8 * 24, Finding.Live);

        Assert.Equal(LinkState.Changed, Assert.Single(link.Transitions).HeldBefore!.State);
    }

    // The link as it is with nofollow, where that is as expected.
    private static Finding NofollowAllowed { get; } = Nofollow with { State = VerdictState.Live, Reasons = [], LinkRel = ["nofollow"] };

    private static LinkStatus Retyped(LinkStatus status, ExpectationParts parts) =>
        status with { RetypedParts = parts, ExpectationChanged = true };

    private static TrackingResult Sees(LinkStatus status, double hours, Finding finding) =>
        LinkTracker.Apply(status, finding.At(TrackingDriver.At(hours)), ConfirmationPolicy.Default);
}
