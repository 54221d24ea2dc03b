using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements;
using LinkMonitor.Placements.Refunds;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Tests.Placements.Refunds;

public sealed class DayAccountTests
{
    private static readonly Terms Year = PlacementSamples.Year;
    private static readonly DayLog Log = DayLog.Parse("2025-12-30:aaaac?-lln");
    private static readonly DateOnly Today = PlacementSamples.Day("2026-01-11");

    [Fact]
    public void Days_are_counted_from_the_start_to_yesterday_by_what_was_seen()
    {
        var account = DayAccount.Of(Year, Log, Today);

        Assert.Equal((PlacementSamples.Day("2026-01-01"), PlacementSamples.Day("2026-01-10")), (account.From, account.To));
        Assert.Equal((10, 2, 4, 4), (account.Counted, account.AsAgreed, account.NotAsAgreed, account.NotObservable));
        Assert.Equal(account.Counted, account.AsAgreed + account.NotAsAgreed + account.NotObservable);
    }

    [Fact]
    public void The_sum_is_for_days_proven_not_to_be_as_agreed_and_shows_how_it_comes_about()
    {
        var account = DayAccount.Of(Year, Log, Today);

        Assert.Equal(new Money("EUR", 2.63m), account.Sum);
        Assert.Equal("240.00 EUR / 365 days × 4 days not as agreed = 2.63 EUR", account.Formula);
    }

    [Fact]
    public void A_cost_for_a_month_is_shared_out_by_30_4375_days()
    {
        var account = DayAccount.Of(Year with { CostPeriod = CostPeriod.Month, Cost = 30.44m, End = null }, Log, Today);

        Assert.Equal("30.44 EUR / 30.4375 days of a month × 4 days not as agreed = 4.00 EUR", account.Formula);
    }

    [Fact]
    public void Days_on_which_nothing_could_be_told_are_never_held_against_anybody()
    {
        var account = DayAccount.Of(Year, DayLog.Parse("2026-01-01:?????-----"), Today);

        Assert.Equal((0, 10), (account.NotAsAgreed, account.NotObservable));
        Assert.Equal(0, account.Sum!.Amount);
    }

    [Fact]
    public void A_whole_term_that_was_never_there_gives_the_whole_cost_back()
    {
        var term = Year with { Cost = 100, End = PlacementSamples.Day("2026-01-07") };

        var account = DayAccount.Of(term, DayLog.Parse("2026-01-01:nnnnnnnnnn"), Today);

        Assert.Equal(7, account.Counted);
        Assert.Equal(100, account.Sum!.Amount);
    }

    [Fact]
    public void Days_to_come_and_today_are_not_counted()
    {
        var today = DayAccount.Of(Year with { Start = Today }, DayLog.Parse("2026-01-11:l"), Today);
        var yesterday = DayAccount.Of(Year with { Start = Today.AddDays(-1) }, DayLog.Parse("2026-01-10:ll"), Today);

        Assert.Equal((0, (Money?)null), (today.Counted, today.Sum));
        Assert.Contains("not over", today.Formula, StringComparison.Ordinal);
        Assert.Equal(1, yesterday.Counted);
    }

    [Fact]
    public void What_has_no_price_a_day_has_no_sum_and_says_why()
    {
        Assert.Contains("as a one-off", DayAccount.Of(Year with { End = null }, Log, Today).Formula, StringComparison.Ordinal);
        Assert.Contains("no cost", DayAccount.Of(Year with { Cost = null }, Log, Today).Formula, StringComparison.Ordinal);
        Assert.Contains("no start", DayAccount.Of(Year with { Start = null, End = null }, Log, Today).Formula, StringComparison.Ordinal);
        Assert.Equal(10, DayAccount.Of(null, Log, Today).Counted);
        Assert.Equal(0, DayAccount.Of(null, DayLog.Empty, Today).Counted);
        Assert.Equal(0, DayAccount.Of(null, DayLog.Parse("2026-01-11:a"), Today).Counted);
    }

    [Fact]
    public void Runs_follow_each_other_without_a_gap()
    {
        var runs = DayAccount.Of(Year, Log, Today).Runs;

        Assert.Equal(
            [
                DayMark.AsAgreed, DayMark.Changed, DayMark.CouldNotTell, DayMark.NotChecked, DayMark.Lost, DayMark.NotFound,
                DayMark.NotChecked,
            ],
            runs.Select(run => run.Mark));
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.Equal(pair.First.To.AddDays(1), pair.Second.From));
    }

    [Fact]
    public void Totals_keep_currencies_apart_and_add_what_is_shown()
    {
        var totals = new RefundTotals();
        foreach (var terms in new[] { Year, Year, Year with { Currency = "USD" }, Year with { End = null } })
            totals.Add(DayAccount.Of(terms, Log, Today));

        Assert.Equal([new Money("EUR", 5.26m), new Money("USD", 2.63m)], totals.Sums);
        Assert.Equal((4, 1, 40), (totals.Links, totals.WithoutSum, totals.DaysCounted));
    }
}
