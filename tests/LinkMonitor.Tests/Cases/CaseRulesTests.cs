using LinkMonitor.Cases;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Cases;

/// <summary><see cref="CaseRules"/> and its <see cref="CaseTimeline"/>: what changes and people make of a case.</summary>
public sealed class CaseRulesTests
{
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;
    private static readonly Author Anna = new("k1", "Anna");
    private static readonly WatchedLink Link = StorageSamples.Link(new ProjectId("prj_a"));

    [Fact]
    public void A_loss_opens_a_case_a_further_change_joins_it_and_the_recovery_closes_it()
    {
        var opened = Of(null, Changed(1, LinkState.Live, LinkState.Changed, ReasonCode.RelChanged))!;
        var joined = Of(opened.Case, Changed(2, LinkState.Changed, LinkState.Lost, ReasonCode.LinkRemoved))!;
        var closed = Of(joined.Case, Changed(3, LinkState.Lost, LinkState.Live))!;

        Assert.True(opened.Case.IsOpen);
        Assert.Equal(opened.Case.Id, joined.Case.Id);
        Assert.Equal((LinkState.Lost, 2), (joined.Case.State, joined.Case.Changes));
        Assert.Equal(CaseStatus.Fixed, closed.Case.Status);
        Assert.True(closed.Case.IsClosedByRecovery);
        Assert.Equal(
            [CaseEntryKind.Opened, CaseEntryKind.Changed, CaseEntryKind.Recovered],
            opened.Entries.Concat(joined.Entries).Concat(closed.Entries).Select(entry => entry.Kind));
    }

    [Fact]
    public void A_new_loss_after_the_recovery_opens_another_case()
    {
        var first = Of(null, Changed(1, LinkState.Live, LinkState.Lost, ReasonCode.LinkRemoved))!.Case;
        var recovered = Of(first, Changed(2, LinkState.Lost, LinkState.Live))!.Case;

        var second = Of(recovered, Changed(3, LinkState.Live, LinkState.Lost, ReasonCode.LinkRemoved))!.Case;

        Assert.NotEqual(first.Id, second.Id);
        Assert.True(string.CompareOrdinal(second.Id, first.Id) < 0);
    }

    [Theory]
    [InlineData(CaseStatus.WrittenOff)]
    [InlineData(CaseStatus.Refunded)]
    [InlineData(CaseStatus.Replaced)]
    [InlineData(CaseStatus.Fixed)]
    public void What_people_closed_stays_closed_for_the_same_loss_and_not_for_a_worse_one(CaseStatus status)
    {
        var changed = Close(Of(null, Changed(1, LinkState.Live, LinkState.Changed, ReasonCode.RelChanged))!.Case, status);
        var lost = Close(Of(null, Changed(1, LinkState.Live, LinkState.Lost, ReasonCode.LinkRemoved))!.Case, status);

        Assert.Null(Of(changed, Changed(2, LinkState.Changed, LinkState.Changed, ReasonCode.AnchorChanged)));
        Assert.Null(Of(lost, Changed(2, LinkState.Unreachable, LinkState.Lost, ReasonCode.PageGone)));
        Assert.NotNull(Of(changed, Changed(2, LinkState.Changed, LinkState.Lost, ReasonCode.LinkRemoved)));
    }

    [Fact]
    public void A_closed_case_keeps_its_status_when_the_link_recovers_and_a_new_loss_then_opens_another()
    {
        var closed = Close(Of(null, Changed(1, LinkState.Live, LinkState.Lost, ReasonCode.LinkRemoved))!.Case, CaseStatus.Refunded);

        var recovered = Of(closed, Changed(2, LinkState.Lost, LinkState.Live))!.Case;

        Assert.Equal(CaseStatus.Refunded, recovered.Status);
        Assert.False(recovered.IsClosedByRecovery);
        Assert.NotNull(Of(recovered, Changed(3, LinkState.Live, LinkState.Lost, ReasonCode.LinkRemoved)));
    }

    [Fact]
    public void Nothing_is_opened_that_nobody_is_notified_of_or_that_is_on_our_own_side()
    {
        Assert.Null(Of(null, Changed(1, LinkState.Pending, LinkState.Lost, ReasonCode.LinkRemoved, alerts: false)));
        Assert.Null(Of(null, Changed(1, LinkState.Live, LinkState.Changed, ReasonCode.TargetBroken)));
        Assert.Null(Of(null, Changed(1, LinkState.Live, LinkState.Unreachable, ReasonCode.Unreachable)));
        Assert.Null(CaseRules.Of(null, Changed(1, LinkState.Live, LinkState.Lost, ReasonCode.LinkRemoved), isMuted: true));
    }

    [Fact]
    public void What_is_left_on_our_own_side_is_a_recovery_of_the_page()
    {
        var open = Of(null, Changed(1, LinkState.Live, LinkState.Changed, ReasonCode.RelChanged))!.Case;

        var closed = Of(open, Changed(2, LinkState.Changed, LinkState.Changed, ReasonCode.TargetBroken))!.Case;

        Assert.True(closed.IsClosedByRecovery);
    }

    [Fact]
    public void A_case_opened_by_hand_for_a_link_that_is_live_does_not_hide_a_later_change()
    {
        var opened = CaseRules.Open(Link with { Status = Link.Status with { State = LinkState.Live } }, Anna, Noon).Case;

        var closed = Close(opened, CaseStatus.WrittenOff);

        Assert.NotNull(Of(closed, Changed(1, LinkState.Live, LinkState.Changed, ReasonCode.RelChanged)));
    }

    [Fact]
    public void An_edit_that_says_what_is_there_already_writes_nothing()
    {
        var one = CaseRules.Open(Link, Anna, Noon).Case;
        var patch = new CasePatch
        {
            Status = CaseStatus.Promised,
            SetsPromised = true,
            Promised = new(2026, 12, 1),
            SetsOwner = true,
            Owner = Anna,
        };

        var edited = CaseRules.Edit(one, patch, Anna, Noon);
        var again = CaseRules.Edit(edited.Case, patch, Anna, Noon.AddHours(1));

        Assert.Equal([CaseEntryKind.Status, CaseEntryKind.Owner], edited.Entries.Select(entry => entry.Kind));
        Assert.Equal(edited.Case, again.Case);
        Assert.Empty(again.Entries);
    }

    [Fact]
    public void A_promised_day_alone_is_no_change_of_status()
    {
        var one = CaseRules.Open(Link, Anna, Noon).Case;

        var edited = CaseRules.Edit(one, new CasePatch { SetsPromised = true, Promised = new(2026, 12, 1) }, Anna, Noon);

        var entry = Assert.Single(edited.Entries);
        Assert.Equal((CaseEntryKind.Promised, null, new DateOnly(2026, 12, 1)), (entry.Kind, entry.Status, entry.Day));
        Assert.Equal((CaseStatus.Open, new DateOnly(2026, 12, 1)), (edited.Case.Status, edited.Case.Promised));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_happens_a_link_has_one_open_case_at_most_and_every_timeline_is_whole(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 200; run++)
            Live(random);
    }

    // One link's life: changes as the tracker makes them, and people who do anything in between.
    private static void Live(Random random)
    {
        var cases = new Dictionary<string, (LinkCase Case, List<CaseEntry> Entries)>();
        string? last = null;
        var state = LinkState.Live;
        List<ReasonCode> reasons = [];
        for (var hour = 1; hour < 60; hour++)
        {
            var known = last is null ? null : cases[last].Case;
            CaseStep? step;
            if (random.Next(3) > 0)
            {
                var (to, after) = Next(random);
                if (to == state && after.SequenceEqual(reasons))
                    continue;
                var change = Changed(hour, state, to, after, reasons, alerts: random.Next(5) > 0);
                (state, reasons) = (to, after);
                step = CaseRules.Of(known, change, isMuted: random.Next(6) == 0);
                if (to == LinkState.Live)
                    Assert.True(step is { Case.IsOpen: false } || (step is null && known is not { IsOpen: true }));
            }
            else if (known is null)
            {
                continue;
            }
            else
            {
                var patch = new CasePatch
                {
                    Status = (CaseStatus)random.Next(Enum.GetValues<CaseStatus>().Length),
                    SetsPromised = true,
                    Promised = new DateOnly(2026, 12, 1 + random.Next(20)),
                    SetsDue = random.Next(2) == 0,
                    SetsOwner = random.Next(2) == 0,
                    Owner = random.Next(2) == 0 ? Anna : null,
                };
                step = random.Next(4) == 0
                    ? CaseRules.Note(known, "A note.", Anna, Noon.AddHours(hour)) : CaseRules.Edit(known, patch, Anna, Noon.AddHours(hour));
            }

            if (step is null)
                continue;
            if (step.Case.Id != last)
                Assert.True(last is null || !cases[last].Case.IsOpen);
            last = step.Case.Id;
            if (!cases.TryGetValue(last, out var before))
                cases[last] = before = (step.Case, []);
            before.Entries.AddRange(step.Entries);
            cases[last] = (step.Case, before.Entries);
            Assert.InRange(cases.Values.Count(one => one.Case.IsOpen), 0, 1);
            Assert.Equal(Enumerable.Range(1, step.Case.Entries), before.Entries.Select(entry => entry.Number));
            Assert.Equal(CaseRules.IsOpen(step.Case.Status), step.Case.ClosedAt is null);
            Assert.True(step.Case.RecoveredAt is null || step.Case.ClosedAt is not null);
        }
    }

    private static (LinkState To, List<ReasonCode> Reasons) Next(Random random) => random.Next(6) switch
    {
        0 or 1 => (LinkState.Live, []),
        2 => (LinkState.Lost, [ReasonCode.LinkRemoved]),
        3 => (LinkState.Changed, [ReasonCode.RelChanged]),
        4 => (LinkState.Changed, random.Next(2) == 0 ? [ReasonCode.TargetBroken] : [ReasonCode.RelChanged, ReasonCode.TargetBroken]),
        _ => (LinkState.Unreachable, [ReasonCode.Unreachable]),
    };

    private static LinkCase Close(LinkCase one, CaseStatus status) =>
        CaseRules.Edit(one, new CasePatch { Status = status }, Anna, Noon.AddMinutes(90)).Case;

    private static CaseStep? Of(LinkCase? last, LinkChange change) => CaseRules.Of(last, change, isMuted: false);

    private static LinkChange Changed(int hour, LinkState from, LinkState to, ReasonCode? reason = null, bool alerts = true) =>
        Changed(hour, from, to, reason is { } code ? [code] : [], from == LinkState.Live ? [] : [ReasonCode.Hidden], alerts);

    private static LinkChange Changed(
        int hour, LinkState from, LinkState to, IReadOnlyList<ReasonCode> after, IReadOnlyList<ReasonCode> before, bool alerts)
    {
        var change = StorageSamples.Change(Link, Noon.AddHours(hour), to, alerts);
        return change with
        {
            Id = $"chg_{hour}",
            Transition = change.Transition with
            {
                From = from,
                ReasonsBefore = [.. before.Select(StorageSamples.Reason)],
                ReasonsAfter = [.. after.Select(StorageSamples.Reason)],
            },
        };
    }
}
