using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Tests.Placements;

public sealed class MoneyTests
{
    private static readonly Terms Year = PlacementSamples.Year;
    private static readonly DateOnly Today = PlacementSamples.Day("2026-06-15");

    [Fact]
    public void A_cost_for_a_term_is_shared_out_by_its_days_both_ends_included()
    {
        Assert.Equal(365, PlacementCost.Days(Year));
        Assert.Equal(new Money("EUR", 240m / 365), PlacementCost.PerDay(Year));
        Assert.Equal(20.01m, PlacementCost.PerMonth(Year)!.Rounded().Amount);
    }

    [Fact]
    public void A_cost_for_a_month_is_that_of_30_4375_days_with_or_without_an_end()
    {
        var monthly = Year with { CostPeriod = CostPeriod.Month, Cost = 30.4375m };

        Assert.Equal(30.4375m, PlacementCost.PerMonth(monthly)!.Amount);
        Assert.Equal(1m, PlacementCost.PerDay(monthly with { End = null, Start = null })!.Amount);
    }

    [Fact]
    public void A_cost_once_and_for_all_has_no_rate()
    {
        var forever = Year with { End = null };

        Assert.Null(PlacementCost.PerMonth(forever));
        Assert.Equal(new Money("EUR", 240), PlacementCost.OneOff(forever));
        Assert.Null(PlacementCost.OneOff(Year));
    }

    [Fact]
    public void Without_a_cost_there_is_nothing_to_count()
    {
        var free = Year with { Cost = null };

        Assert.Null(PlacementCost.PerMonth(free));
        Assert.Null(PlacementCost.OneOff(free with { End = null }));
    }

    [Theory]
    [InlineData("EUR", "1234.505", "1,234.51 EUR")]
    [InlineData("JPY", "1234.5", "1,235 JPY")]
    [InlineData("KWD", "0.0005", "0.001 KWD")]
    public void Amounts_are_rounded_to_the_decimals_of_their_currency(string currency, string amount, string shown) =>
        Assert.Equal(shown, new Money(currency, decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)).ToString());

    [Fact]
    public void Currencies_are_never_added()
    {
        var sums = Money.Sum([new Money("USD", 1), new Money("EUR", 2), new Money("USD", 3)]);

        Assert.Equal([new Money("EUR", 2), new Money("USD", 4)], sums);
    }

    [Fact]
    public void At_stake_is_what_is_paid_today_for_links_that_are_not_as_agreed()
    {
        var stakes = MoneyAtStake.Of(
        [
            PlacementSamples.Link(Year, LinkState.Lost),
            PlacementSamples.Link(Year, LinkState.Changed),
            PlacementSamples.Link(Year with { End = null }, LinkState.NotFound),
            PlacementSamples.Link(Year with { Currency = "USD", CostPeriod = CostPeriod.Month, Cost = 10 }, LinkState.Lost),
            PlacementSamples.Link(Year, LinkState.Live),
            PlacementSamples.Link(Year, LinkState.Pending),
            PlacementSamples.Link(Year, LinkState.Unreachable),
            PlacementSamples.Link(Year with { Cost = null }, LinkState.Lost),
            PlacementSamples.Link(Year with { End = Today.AddDays(-1) }, LinkState.Lost),
            PlacementSamples.Link(Year with { Start = Today.AddDays(1) }, LinkState.Lost),
            PlacementSamples.Link(null, LinkState.Lost),
        ],
            Today);

        Assert.Equal([new Stake("EUR", 3, 40.03m, 240), new Stake("USD", 1, 10, 0)], stakes);
    }

    [Theory]
    [InlineData(LinkState.Changed, true)]
    [InlineData(LinkState.Live, false)]
    public void An_unreachable_page_keeps_what_was_held_before(LinkState before, bool isAtStake)
    {
        var link = PlacementSamples.Link(Year, LinkState.Unreachable);
        link = link with { Status = link.Status with { BeforeUnreachable = new HeldState(before, []) } };

        Assert.Equal(isAtStake, MoneyAtStake.IsAtStake(link, Today));
    }

    [Fact]
    public void The_first_and_the_last_day_are_paid_for()
    {
        Assert.True(PlacementCost.Covers(Year, PlacementSamples.Day("2026-01-01")));
        Assert.True(PlacementCost.Covers(Year, PlacementSamples.Day("2026-12-31")));
        Assert.False(PlacementCost.Covers(Year, PlacementSamples.Day("2025-12-31")));
        Assert.False(PlacementCost.Covers(Year, PlacementSamples.Day("2027-01-01")));
    }

    [Fact]
    public void A_price_says_when_it_is_paid_every_month()
    {
        Assert.Equal("1,234.50 EUR a month", new Money("EUR", 1234.5m).For(CostPeriod.Month));
        Assert.Equal("1,234.50 EUR", new Money("EUR", 1234.5m).For(CostPeriod.Term));
    }
}
