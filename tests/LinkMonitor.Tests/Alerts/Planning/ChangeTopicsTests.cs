using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Alerts.Incidents;
using LinkMonitor.Tests.Storage.LinkTypes;

namespace LinkMonitor.Tests.Alerts.Planning;

/// <summary>What is reported at once where that is left to the types of links (<see cref="ChangeTopics"/>).</summary>
public sealed class ChangeTopicsTests
{
    private const string Page = "https://blog.example.net/a";

    private static readonly ProjectTypes Types = LinkTypingTests.Types(
        BuiltInTypes.Find("forum")! with { AtOnce = [TypeTopics.Unreachable, "anchor-changed"] });

    [Theory]
    [InlineData(ReasonCode.LinkRemoved)]
    [InlineData(ReasonCode.PageGone)]
    [InlineData(ReasonCode.DomainGone)]
    public void Losses_come_at_once(ReasonCode why) => Assert.Equal(AlertTiming.AtOnce, ByType(Happening.Lost(Page, why: why)));

    [Theory]
    [InlineData(ReasonCode.RelChanged, AlertTiming.AtOnce)]
    [InlineData(ReasonCode.Noindex, AlertTiming.AtOnce)]
    [InlineData(ReasonCode.TargetBroken, AlertTiming.AtOnce)]
    [InlineData(ReasonCode.AnchorChanged, AlertTiming.Digest)]
    [InlineData(ReasonCode.PlacementChanged, AlertTiming.Digest)]
    [InlineData(ReasonCode.TargetRedirects, AlertTiming.Digest)]
    public void Changes_come_at_once_only_where_the_deal_is_broken(ReasonCode why, AlertTiming timing)
    {
        Assert.Equal(timing, ByType(Happening.Changed(Page, why: why)));
        Assert.Equal(timing, ByType(Happening.Recovered(Page, from: why)));
    }

    [Fact]
    public void Only_what_is_new_in_a_change_counts_and_else_what_has_ended()
    {
        var both = Happening.Changed(Page, why: [ReasonCode.RelChanged, ReasonCode.AnchorChanged]);

        Assert.Equal(AlertTiming.AtOnce, ByType(Before(both, LinkState.Changed, ReasonCode.AnchorChanged)));
        Assert.Equal(AlertTiming.Digest, ByType(Before(both, LinkState.Changed, ReasonCode.RelChanged)));
        var less = Happening.Changed(Page, why: ReasonCode.AnchorChanged);
        Assert.Equal(
            AlertTiming.AtOnce, ByType(Before(less, LinkState.Changed, ReasonCode.RelChanged, ReasonCode.AnchorChanged)));
        Assert.Equal(
            AlertTiming.Digest, ByType(Before(less, LinkState.Changed, ReasonCode.Hidden, ReasonCode.AnchorChanged)));
    }

    [Fact]
    public void A_lost_link_that_is_back_otherwise_than_agreed_is_a_recovery()
    {
        var back = Before(Happening.Changed(Page, why: ReasonCode.AnchorChanged), LinkState.Lost, ReasonCode.LinkRemoved);
        var quiet = new AlertChoice { ByTopic = new Dictionary<string, AlertTiming> { [Topics.Recovered] = AlertTiming.Digest } };

        Assert.Equal(AlertTiming.AtOnce, ByType(back));
        var anchorThenLost = Before(Happening.Lost(Page), LinkState.Changed, ReasonCode.AnchorChanged);
        Assert.Equal(AlertTiming.Digest, ByType(anchorThenLost with { Type = "forum" }));
        Assert.Equal(AlertTiming.Digest, quiet.For(back, Types));
    }

    [Fact]
    public void A_link_that_was_never_there_is_no_recovery_of_what_was_told() =>
        Assert.Equal(AlertTiming.Digest, ByType(Before(Happening.Recovered(Page), LinkState.NotFound, ReasonCode.LinkRemoved)));

    [Fact]
    public void What_was_told_before_a_page_could_not_be_reached_is_told_to_be_over()
    {
        var back = Before(Happening.Recovered(Page), LinkState.Unreachable, ReasonCode.Blocked);
        var held = new HeldState(LinkState.Lost, [StorageSamples.Reason(ReasonCode.LinkRemoved)]);

        Assert.Equal(AlertTiming.Digest, ByType(back));
        Assert.Equal(AlertTiming.AtOnce, ByType(back with { Transition = back.Transition with { HeldBefore = held } }));
        var same = Before(Happening.Lost(Page), LinkState.Unreachable, ReasonCode.Blocked);
        Assert.Equal(AlertTiming.Digest, ByType(same with { Transition = same.Transition with { HeldBefore = held } }));
    }

    [Fact]
    public void The_type_of_the_link_at_the_time_decides()
    {
        var anchor = Happening.Changed(Page, why: ReasonCode.AnchorChanged);

        Assert.Equal(AlertTiming.AtOnce, ByType(anchor with { Type = "forum" }));
        Assert.Equal(AlertTiming.Digest, ByType(Happening.Lost(Page) with { Type = "forum" }));
        Assert.Equal(AlertTiming.Digest, ByType(anchor with { Type = "profile" }));
        Assert.Equal(AlertTiming.AtOnce, ByType(Happening.Lost(Page) with { Type = "deleted-since" }));
        var unreachable = anchor with { Transition = anchor.Transition with { To = LinkState.Unreachable } };
        Assert.Equal(AlertTiming.Digest, ByType(unreachable));
        Assert.Equal(AlertTiming.AtOnce, ByType(unreachable with { Type = "forum" }));
    }

    [Fact]
    public void What_the_channel_itself_has_chosen_wins()
    {
        var choice = new AlertChoice
        {
            ByTopic = new Dictionary<string, AlertTiming>
            {
                ["link-removed"] = AlertTiming.Digest,
                ["anchor-changed"] = AlertTiming.AtOnce,
                ["hidden"] = AlertTiming.Never,
            },
        };

        Assert.Equal(AlertTiming.Digest, choice.For(Happening.Lost(Page), Types));
        Assert.Equal(AlertTiming.Digest, choice.For(Before(Happening.Recovered(Page), LinkState.Lost, ReasonCode.LinkRemoved), Types));
        Assert.Equal(AlertTiming.AtOnce, choice.For(Happening.Changed(Page, why: ReasonCode.AnchorChanged), Types));
        Assert.Equal(AlertTiming.AtOnce, choice.For(Happening.Recovered(Page, from: ReasonCode.AnchorChanged), Types));
        Assert.False(choice.Wants(Happening.Changed(Page, why: ReasonCode.Hidden)));
        var atOnce = new AlertChoice { Otherwise = AlertTiming.AtOnce };
        Assert.Equal(AlertTiming.AtOnce, atOnce.For(Happening.Changed(Page, why: ReasonCode.AnchorChanged), Types));
        var mixed = new AlertChoice
        {
            Otherwise = AlertTiming.Never,
            ByTopic = new Dictionary<string, AlertTiming> { ["page-gone"] = AlertTiming.ByType, ["anchor-changed"] = AlertTiming.ByType },
        };
        Assert.Equal(AlertTiming.AtOnce, mixed.For(Happening.Lost(Page, why: ReasonCode.PageGone), Types));
        Assert.Equal(AlertTiming.Digest, mixed.For(Happening.Changed(Page, why: ReasonCode.AnchorChanged), Types));
        Assert.Equal(AlertTiming.Never, mixed.For(Happening.Lost(Page), Types));
    }

    [Fact]
    public void A_program_gets_everything_unless_it_says_otherwise_and_people_get_a_digest_of_the_rest()
    {
        Assert.Equal(AlertTiming.AtOnce, AlertChoice.DefaultOf(ChannelKind.Webhook).Otherwise);
        Assert.All(
            (ChannelKind[])[ChannelKind.Email, ChannelKind.Slack, ChannelKind.Teams],
            kind => Assert.Equal(AlertTiming.ByType, AlertChoice.DefaultOf(kind).Otherwise));
        var channel = StorageSamples.Channel(Happening.Project) with { Choice = AlertChoice.Default, Digest = null };
        Assert.Equal(DigestSchedule.OfTheRest, channel.Digest);
        Assert.Null(channel.GivenDigest);
        Assert.Null((channel with { Choice = AlertChoice.DefaultOf(ChannelKind.Webhook) }).Digest);
        var own = new DigestSchedule(null, new TimeOnly(9, 0));
        Assert.Equal(own, (channel with { Digest = own }).Digest);
    }

    [Fact]
    public void A_digest_of_the_rest_is_sent_for_what_was_not_told_at_once()
    {
        var channel = StorageSamples.Channel(Happening.Project) with { Choice = AlertChoice.Default, Digest = null };
        var context = new PlanContext(
            StorageSamples.Project(Happening.Project), new AlertPlan { ProjectId = Happening.Project }, [channel], Happening.Noon);
        var (lost, anchor) = (Happening.Lost(Page), Happening.Changed(Page, why: ReasonCode.AnchorChanged));

        Assert.True(DigestPlanner.NeedsNews(channel));
        Assert.False(DigestPlanner.IsNews(context, channel, lost));
        Assert.True(DigestPlanner.IsNews(context, channel, anchor));
        Assert.False(DigestPlanner.IsNews(
            context, channel, anchor with { Transition = anchor.Transition with { Alerts = false } }));
        var daily = channel with { Digest = new DigestSchedule(null, new TimeOnly(8, 0)) };
        Assert.True(DigestPlanner.IsNews(context, daily, lost));
        Assert.False(DigestPlanner.NeedsNews(channel with { Digest = new DigestSchedule(DayOfWeek.Friday, new TimeOnly(8, 0)) }));
    }

    [Fact]
    public void A_link_that_changes_back_and_forth_is_as_urgent_as_what_it_did()
    {
        var channel = StorageSamples.Channel(Happening.Project) with { Choice = AlertChoice.Default };
        var context = new PlanContext(
            StorageSamples.Project(Happening.Project), new AlertPlan { ProjectId = Happening.Project }, [channel], Happening.Noon);
        var anchor = Happening.Changed(Page, why: ReasonCode.AnchorChanged);

        Assert.False(context.IsUnstableUrgent(channel, [anchor, anchor]));
        Assert.True(context.IsUnstableUrgent(channel, [anchor, Happening.Lost(Page)]));
        var never = channel with
        {
            Choice = new AlertChoice { ByTopic = new Dictionary<string, AlertTiming> { [Topics.Unstable] = AlertTiming.Never } },
        };
        Assert.False(context.IsUnstableUrgent(never, [Happening.Lost(Page)]));
    }

    private static AlertTiming ByType(LinkChange change) => AlertChoice.Default.For(change, Types);

    private static LinkChange Before(LinkChange change, LinkState from, params ReasonCode[] before) => change with
    {
        Transition = change.Transition with { From = from, ReasonsBefore = [.. before.Select(StorageSamples.Reason)] },
    };
}
