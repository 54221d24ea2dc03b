using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Storage.Links;
using LinkMonitor.Tests.Alerts.Composing;
using LinkMonitor.Tests.Placements;
using LinkMonitor.Wording;
using Money = LinkMonitor.Alerts.Composing.Writing.MoneyText;

namespace LinkMonitor.Tests.Alerts.Sending;

/// <summary>The same links of the same day: mails, digests and reports say the same of what is at stake.</summary>
public sealed class OneTruthOfMoneyTests
{
    // Of these the first, the last but one and the last are at stake.
    private static readonly WatchedLink[] Links =
    [
        Link(1, PlacementSamples.Year, LinkState.Lost),
        Link(2, PlacementSamples.Year, LinkState.Live),
        Link(
            3,
            PlacementSamples.Year with { Cost = 900, Start = new DateOnly(2025, 1, 1), End = new DateOnly(2025, 12, 31) },
            LinkState.Lost),
        Link(
            4,
            PlacementSamples.Year with { Cost = 900, Start = new DateOnly(2027, 1, 1), End = new DateOnly(2027, 12, 31) },
            LinkState.Lost),
        Link(5, PlacementSamples.Year, LinkState.Changed) with { Muted = true },
        Link(6, PlacementSamples.Year with { Cost = 300, Start = null, End = null }, LinkState.NotFound),
    ];

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Fact]
    public async Task Digest_incident_summary_and_vendor_report_agree()
    {
        var standing = new DigestStanding(Sample.Project, Now);
        foreach (var link in Links)
            standing.Add(link);
        var report = await VendorReportBuilder.CountAsync(Links.ToAsyncEnumerable(), Today, Today, TestContext.Current.CancellationToken);

        var stake = Assert.Single(MoneyAtStake.Of(Links, Today));
        Assert.Equal(new Stake("EUR", 3, 40.03m, 300), stake);
        var money = Assert.Single(Assert.Single(report.Vendors).Money);
        Assert.Equal((stake.PerMonth, stake.OneOff), (money.PerMonthAtStake, money.OneOffAtStake));
        Assert.Equal("EUR 40.03 per month and EUR 300 paid once for 3 paid placements.", Money.Sum(standing.OpenStakes, Language.English));
        Assert.Equal(
            Money.Sum(standing.OpenStakes, Language.English),
            Money.Sum(TermFactsReader.SumsOf(MoneyAtStake.Of(Links, Today)), Language.English));
    }

    [Fact]
    public void A_price_is_told_as_agreed_with_the_share_of_a_month()
    {
        string[] prices = [.. Links.Select(link => Money.Of(TermsEvents.StakeOf(link, Today)!, Language.English))];

        Assert.Equal("EUR 240 for 365 days, which is EUR 20.01 per month, from Fine Links", prices[0]);
        Assert.EndsWith("(the term ended on 31 Dec 2025)", prices[2], StringComparison.Ordinal);
        Assert.EndsWith("(the term begins on 1 Jan 2027)", prices[3], StringComparison.Ordinal);
        Assert.Equal("EUR 300 as a one-off, from Fine Links", prices[5]);
        Assert.Equal(
            "JPY 12,000 per month",
            Money.Of(
                TermsEvents.StakeOf(
                    Link(7, new Terms { Cost = 12_000, Currency = "JPY", CostPeriod = CostPeriod.Month }, LinkState.Lost), Today)!,
                Language.English));
    }

    private static WatchedLink Link(int number, Terms terms, LinkState state) =>
        PlacementSamples.Link(terms, state, "", $"https://blog.example.net/{number}");
}
