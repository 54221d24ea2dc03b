using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Vendors;

namespace LinkMonitor.Tests.Vendors;

/// <summary>Sums over the placements of a vendor (<see cref="VendorFigures"/>).</summary>
public sealed class VendorFiguresTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Fact]
    public void A_price_for_a_term_is_spread_over_its_days_and_only_days_that_are_over_count()
    {
        var spend = VendorFigures.Spend(
            [Paid(365, new(2026, 1, 1), new(2026, 12, 31)), Paid(30.4375m, new(2026, 10, 1), null, CostPeriod.Month)], Today);

        Assert.Equal(
            [
                new QuarterSpend("2026-Q4", "EUR", 51 + 51), new QuarterSpend("2026-Q3", "EUR", 92), new QuarterSpend("2026-Q2", "EUR", 91),
                new QuarterSpend("2026-Q1", "EUR", 90),
            ],
            spend);
    }

    [Fact]
    public void A_price_for_good_counts_where_it_began_and_what_has_not_begun_costs_nothing_yet()
    {
        var spend = VendorFigures.Spend(
            [
                Paid(100, new(2025, 5, 1), null), Paid(50, new(2027, 1, 1), null), Paid(10, new(2025, 6, 30), new(2025, 7, 1)),
                Paid(7, new(2025, 5, 1), null) with { Terms = new Terms { Cost = 7, Currency = "USD", Start = new(2025, 5, 1) } },
            ], Today);

        Assert.Equal(
            [
                new QuarterSpend("2025-Q3", "EUR", 5), new QuarterSpend("2025-Q2", "EUR", 105), new QuarterSpend("2025-Q2", "USD", 7),
            ],
            spend);
    }

    [Fact]
    public void Prices_are_told_by_their_day_the_newest_first_and_each_once()
    {
        var prices = VendorFigures.Prices(
            [
                Paid(100, new(2025, 5, 1), null), Paid(120, new(2026, 5, 1), null), Paid(100, new(2025, 5, 1), new(2026, 4, 30)),
                StorageSamples.Link(new ProjectId("prj_a")) with { Terms = new Terms { Vendor = "x" } },
            ]);

        Assert.Equal([(120m, 1), (100m, 2)], prices.Select(price => (price.Cost, price.Count)));
    }

    [Fact]
    public void A_share_counts_what_is_known_and_says_of_how_many()
    {
        var share = VendorFigures.Share(
            [In(LinkState.Live), In(LinkState.Live), In(LinkState.Lost), In(LinkState.Changed), In(LinkState.Pending)]);

        Assert.Equal((4, 2, 0.5), (share.N, share.AsAgreed, share.Share));
        Assert.Equal(Math.Round(WilsonInterval.Of(2, 4)!.Low, 4), share.Low);
        Assert.Equal(new AgreedShare(0, 0, 0, null, null, null), VendorFigures.Share([In(LinkState.Pending)]));
    }

    [Fact]
    public void A_fault_of_our_own_target_alone_counts_as_agreed_and_is_told()
    {
        var faulty = In(LinkState.Changed);
        faulty = faulty with { Status = faulty.Status with { Reasons = [new Reason { Code = ReasonCode.TargetBroken, Message = "x" }] } };

        var share = VendorFigures.Share([In(LinkState.Live), faulty, In(LinkState.Changed)]);

        Assert.Equal((3, 2, 1), (share.N, share.AsAgreed, share.OwnTargetFaults));
    }

    [Fact]
    public void A_placement_stands_until_its_loss_until_today_or_until_its_term_ends()
    {
        var lost = In(LinkState.Lost, new(2026, 11, 1));
        var over = Paid(1, new(2026, 1, 1), new(2026, 1, 31)) with { Status = lost.Status };

        Assert.Equal(
            [new Lifetime(31, true), new Lifetime(30, false), new Lifetime(51, false)],
            VendorFigures.Lifetimes([lost, over, In(LinkState.Live), Paid(1, new(2027, 1, 1), null)], Today));
    }

    [Fact]
    public void A_placement_counts_from_the_day_on_which_it_was_added()
    {
        var late = In(LinkState.Live) with { CreatedAt = new DateTimeOffset(2026, 10, 31, 12, 0, 0, TimeSpan.Zero) };
        var never = In(LinkState.NotFound) with { CreatedAt = new DateTimeOffset(2026, 12, 31, 12, 0, 0, TimeSpan.Zero) };

        Assert.Equal([new Lifetime(51, false, 30), new Lifetime(51, true, 51)], VendorFigures.Lifetimes([late, never], Today));
    }

    // Begun on the first of October.
    private static WatchedLink In(LinkState state, DateOnly? since = null)
    {
        var link = Paid(1, new(2026, 10, 1), null);
        return link with
        {
            Status = link.Status with
            {
                State = state,
                Since = new DateTimeOffset((since ?? Today).ToDateTime(default), TimeSpan.Zero),
            },
        };
    }

    private static WatchedLink Paid(decimal cost, DateOnly start, DateOnly? end, CostPeriod period = CostPeriod.Term) =>
        StorageSamples.Link(new ProjectId("prj_a")) with
        {
            CreatedAt = new DateTimeOffset(start.ToDateTime(default), TimeSpan.Zero),
            Terms = new Terms { Vendor = "Acme", Cost = cost, Currency = "EUR", CostPeriod = period, Start = start, End = end },
        };
}
