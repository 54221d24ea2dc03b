using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Tests.Engine.Tracking;

/// <summary>A target that gives no answer is told only after a day, and a target whose name is gone after hours.</summary>
public sealed class SilentTargetTests
{
    private static readonly Reason NoAnswer = Finding.Because(ReasonCode.TargetBroken, "no-answer");
    private static readonly Reason NameGone = Finding.Because(ReasonCode.TargetBroken, "no-such-name");
    private static readonly Reason Broken = Finding.Because(ReasonCode.TargetBroken, "404");
    private static readonly Finding Silent = Finding.Live with { SilentTarget = NoAnswer };
    private static readonly Finding StillSilent = Finding.Changed(NoAnswer) with { IsTargetUnanswered = true };

    [Fact]
    public void A_day_of_silence_is_told_and_an_answer_ends_it()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Silent);
        link.Sees(12, Silent);
        link.Sees(23, Silent);
        var before = link.Status.State;
        link.Sees(24, Silent);
        var told = (link.Status.State, link.Codes.ToArray(), link.Status.Since);
        link.Sees(48, StillSilent);
        link.Sees(49, Finding.Live);

        Assert.Equal(LinkState.Live, before);
        Assert.Equal((LinkState.Changed, TrackingDriver.At(0)), (told.State, told.Since));
        Assert.Equal([ReasonCode.TargetBroken], told.Item2);
        Assert.Equal([LinkState.Changed, LinkState.Live], link.Transitions.Select(transition => transition.To));
        Assert.All(link.Transitions, transition => Assert.True(transition.Alerts));
    }

    [Theory]
    [InlineData(0.0, 24.0)]
    [InlineData(0.0, 5.0, 23.0)]
    public void Less_than_three_observations_or_a_day_tell_nothing(params double[] hours)
    {
        var link = TrackingDriver.Live();

        foreach (var hour in hours)
            link.Sees(hour, Silent);

        Assert.Equal((LinkState.Live, 0), (link.Status.State, link.Transitions.Count));
        Assert.Equal(hours.Length, Assert.Single(link.Status.Suspicions).Observations);
    }

    [Fact]
    public void An_answer_in_between_begins_the_day_anew()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Silent);
        link.Sees(12, Silent);
        link.Sees(13, Finding.Live);
        link.Sees(14, Silent);
        link.Sees(25, Silent);
        link.Sees(30, Silent);

        Assert.Equal(LinkState.Live, link.Status.State);
        Assert.Equal(TrackingDriver.At(14), Assert.Single(link.Status.Suspicions).FirstSeen);
    }

    [Fact]
    public void Silence_and_an_error_do_not_confirm_each_other()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Silent);
        link.Sees(12, Silent);
        link.Sees(25, Finding.Changed(Broken));
        var afterError = link.Status;
        link.Sees(26, Silent);

        Assert.Equal(LinkState.Live, afterError.State);
        Assert.Equal((Broken, 1), (Assert.Single(afterError.Suspicions).Reason, afterError.Suspicions[0].Observations));
        Assert.Equal(LinkState.Live, link.Status.State);
        Assert.Equal(1, link.Status.Suspicions.Single(suspicion => suspicion.Reason.IsSameAs(NoAnswer)).Observations);
    }

    [Fact]
    public void A_check_without_time_for_the_target_leaves_the_suspicion_as_it_was()
    {
        var link = TrackingDriver.Live();
        link.Sees(0, Silent);
        var suspected = link.Status.Suspicions;

        link.Sees(5, Finding.Live with { IsOutOfTime = true });

        Assert.Equal(suspected, link.Status.Suspicions);
    }

    [Fact]
    public void A_link_that_is_seen_for_the_first_time_is_live_though_its_target_is_silent()
    {
        var link = new TrackingDriver();

        link.Sees(0, Silent);
        var first = link.Status;
        link.Sees(24, Silent);

        Assert.Equal((LinkState.Live, 0), (first.State, first.Suspicions.Count));
        Assert.Equal(TrackingDriver.At(24), Assert.Single(link.Status.Suspicions).FirstSeen);
    }

    [Fact]
    public void Silence_is_told_beside_what_else_is_wrong()
    {
        var link = TrackingDriver.Live();
        var both = Finding.Changed(Finding.Nofollow) with { SilentTarget = NoAnswer };

        link.Sees(0, both);
        link.Sees(2, both);
        Assert.Equal([ReasonCode.RelChanged], link.Codes);
        link.Sees(24, both);

        Assert.Equal([ReasonCode.RelChanged, ReasonCode.TargetBroken], link.Codes);
        Assert.Equal(TrackingDriver.At(0), link.Status.Since);
    }

    [Fact]
    public void A_page_that_is_back_with_a_silence_that_has_lasted_is_no_longer_unreachable()
    {
        var link = TrackingDriver.Live();
        var both = Finding.Changed(Finding.Nofollow) with { SilentTarget = NoAnswer };
        link.Sees(0, Silent);
        link.Sees(1, Silent);
        link.Sees(2, Finding.Blocked);
        link.Sees(2 + (7 * 24), Finding.Blocked);
        var before = link.Status.State;

        link.Sees(200, both);

        Assert.Equal((LinkState.Unreachable, LinkState.Changed), (before, link.Status.State));
        Assert.Equal([ReasonCode.TargetBroken], link.Codes);
        Assert.Equal(Finding.Nofollow, Assert.Single(link.Status.Suspicions).Reason);
        Assert.Null(link.Status.BeforeUnreachable);
    }

    [Fact]
    public void A_name_that_is_gone_takes_as_long_as_a_page_that_is_gone()
    {
        var link = TrackingDriver.Live();

        link.Sees(0, Finding.Changed(NameGone));
        link.Sees(5, Finding.Changed(NameGone));
        var before = link.Status.State;
        link.Sees(6, Finding.Changed(NameGone));

        Assert.Equal((LinkState.Live, LinkState.Changed), (before, link.Status.State));
    }

    [Fact]
    public void A_silent_target_takes_nothing_from_the_day_as_agreed()
    {
        var link = TrackingDriver.Live();

        for (var hour = 0; hour <= 30; hour += 6)
            link.Sees(hour, Silent);

        Assert.DoesNotContain(link.Status.Days.Marks, mark => mark != 'a');
    }
}
