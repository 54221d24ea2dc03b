using LinkMonitor.ClientReports;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.ClientReports;

/// <summary>What a report keeps of links and their changes (<see cref="ReportedSight"/>, <see cref="ReportedChange"/>).</summary>
public sealed class ReportedLinkTests
{
    private static readonly ProjectId Project = new("prj_aaaaaaaaaaaaaaaa");

    [Theory]
    [InlineData(LinkState.Lost, LinkState.Live, 0)]
    [InlineData(LinkState.Lost, LinkState.Changed, 1)]
    [InlineData(LinkState.Changed, LinkState.Live, 0)]
    public void A_link_that_came_back_is_told_with_what_holds_since_and_never_with_what_it_was_gone_by(
        LinkState from, LinkState to, int reasons)
    {
        var change = StorageSamples.Change(StorageSamples.Link(Project), StorageSamples.Noon);
        change = change with
        {
            Transition = change.Transition with
            {
                From = from,
                To = to,
                HeldBefore = null,
                ReasonsBefore = [StorageSamples.Reason(from == LinkState.Lost ? ReasonCode.LinkRemoved : ReasonCode.RelChanged)],
                ReasonsAfter = reasons > 0 ? [StorageSamples.Reason(ReasonCode.RelChanged)] : [],
            },
        };

        var kept = ReportedChange.Of(change);

        Assert.Equal(reasons, kept.Reasons.Count);
        Assert.Equal(kept.Reasons, kept.Holding);

        // Reports of before kept what was before.
        Assert.Empty((kept with { Reasons = ReportedReason.Of(change.Transition.ReasonsBefore) }).Holding);
    }

    [Fact]
    public void A_link_is_kept_with_what_is_expected_found_and_seen_on_each_day_and_without_what_is_paid()
    {
        var link = StorageSamples.FullLink(Project);
        var day = DayLogEntry.Day(StorageSamples.Noon);
        link = link with
        {
            Status = link.Status with
            {
                Days = DayLog.Empty.With(day.AddDays(-3), DayMark.Lost).With(day.AddDays(-1), DayMark.AsAgreed).With(day, DayMark.Changed),
            },
        };

        var kept = ReportedLink.Of(link, StorageSamples.Noon, new ReportPeriod(day.AddDays(-2), day), day.AddDays(1));
        var upToToday = ReportedLink.Of(link, StorageSamples.Noon, new ReportPeriod(day.AddDays(-2), day), day);

        Assert.Equal("-ac", kept.Days);
        Assert.Equal((Standing.NotVerified, "-a?"), (upToToday.State, upToToday.Days));
        Assert.Equal(link.Page.Href, kept.Page);
        Assert.Equal(link.Terms?.End, kept.TermEnds);
        var json = System.Text.Json.JsonSerializer.Serialize(kept, KeptJson.Default.ReportedLink);
        Assert.All(
            new[] { link.Terms!.Vendor, link.Terms.Contact, link.Terms.Invoice, link.Note, link.Tags[0] },
            secret => Assert.DoesNotContain(secret!, json, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_expected_as_first_seen_is_what_was_seen_first()
    {
        var wanted = new Expectation { Target = StorageSamples.Url("https://t.example/"), Rel = Expected<RelQualifiers>.Any };
        var first = new Baseline
        {
            Rel = RelQualifiers.Sponsored,
            Anchor = "first",
            Placement = Placement.Main,
            Hidden = false,
            Indexable = true,
            PageNofollow = false,
            SeenAt = StorageSamples.Noon,
        };

        Assert.Equal(new ReportedSight(null, "first", Placement.Main, null), ReportedSight.Expected(wanted, first));
        Assert.Equal(
            new ReportedSight("sponsored", "mine", Placement.Footer, null),
            ReportedSight.Expected(
                wanted with
                {
                    Rel = Expected<RelQualifiers>.AsFirstSeen,
                    Anchor = Expected<string>.Exactly("mine"),
                    Placement = Expected<Placement>.Exactly(Placement.Footer),
                },
                first));
        Assert.Equal(new ReportedSight(null, null, null, null), ReportedSight.Expected(wanted, null));
    }

    [Theory]
    [InlineData(LinkState.Pending, LinkState.Live, null, ReportedMove.Found)]
    [InlineData(LinkState.NotFound, LinkState.Changed, null, ReportedMove.Found)]
    [InlineData(LinkState.Lost, LinkState.Live, null, ReportedMove.Back)]
    [InlineData(LinkState.Live, LinkState.Lost, null, ReportedMove.Lost)]
    [InlineData(LinkState.Lost, LinkState.Lost, null, ReportedMove.Changed)]
    [InlineData(LinkState.Live, LinkState.Changed, null, ReportedMove.Changed)]
    [InlineData(LinkState.Changed, LinkState.Live, null, ReportedMove.Restored)]
    [InlineData(LinkState.Pending, LinkState.NotFound, null, ReportedMove.NotFound)]
    [InlineData(LinkState.Live, LinkState.Unreachable, null, ReportedMove.Unseen)]
    [InlineData(LinkState.Unreachable, LinkState.Live, LinkState.Live, ReportedMove.SeenAgain)]
    [InlineData(LinkState.Unreachable, LinkState.Live, LinkState.Lost, ReportedMove.Back)]
    [InlineData(LinkState.Unreachable, LinkState.Lost, LinkState.Lost, ReportedMove.Changed)]
    [InlineData(LinkState.Unreachable, LinkState.Lost, LinkState.Live, ReportedMove.Lost)]
    public void What_became_unreachable_has_neither_come_nor_gone(LinkState from, LinkState to, LinkState? held, ReportedMove move) =>
        Assert.Equal(move, ReportedChange.MoveOf(new LinkTransition
        {
            From = from,
            To = to,
            ReasonsBefore = [],
            ReasonsAfter = [],
            HeldBefore = held is { } before ? new HeldState(before, []) : null,
            At = StorageSamples.Noon,
            Since = StorageSamples.Noon,
            Before = null,
            After = StorageSamples.Evidence(StorageSamples.Noon),
            Alerts = false,
        }));

    [Fact]
    public void Texts_of_others_are_cut_and_never_within_a_character()
    {
        var reason = new Reason { Code = ReasonCode.LinkRemoved, Message = new string('x', 499) + "\U0001F600" + "more" };

        Assert.Equal(new string('x', 499), Assert.Single(ReportedReason.Of([reason])).Message);
        Assert.Equal(10, ReportedReason.Of([.. Enumerable.Repeat(reason, 12)]).Count);
    }
}
