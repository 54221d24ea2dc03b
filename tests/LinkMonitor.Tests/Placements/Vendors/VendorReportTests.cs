using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Placements.Vendors;

public sealed class VendorReportTests
{
    private static readonly Terms Year = PlacementSamples.Year;
    private static readonly DateOnly Today = PlacementSamples.Day("2026-06-01");

    [Fact]
    public async Task Links_are_counted_by_vendor_whatever_the_spelling()
    {
        var report = await CountAsync(
            PlacementSamples.Link(Year, days: "2026-01-31:a"),
            PlacementSamples.Link(Year with { Vendor = "FINE  links" }, LinkState.Lost, "2026-01-31:l"),
            PlacementSamples.Link(Year with { Start = Today }),
            PlacementSamples.Link(Year with { Vendor = "Another" }, days: "2026-01-31:?"));

        Assert.Equal(["Another", "Fine Links"], report.Vendors.Select(vendor => vendor.Vendor));
        var fine = report.Vendors[1];
        Assert.Equal(3, fine.Links);
        Assert.Equal([30, 90, 180, 365], fine.Survival.Select(row => row.Days));
        var month = fine.Survival[0];
        Assert.Equal((2, 1, 0.5, 1), (month.N, month.AsAgreed, month.Share, month.TooYoung));
        Assert.Equal((0.0945, 0.9055), (month.Low, month.High));
        Assert.Equal(
            (0, (double?)null, (double?)null, 1),
            (
                report.Vendors[0].Survival[0].N,
                report.Vendors[0].Survival[0].Share,
                report.Vendors[0].Survival[0].Low,
                report.Vendors[0].Survival[0].NotObservable));
    }

    [Fact]
    public async Task Money_is_told_by_currency_for_terms_that_cover_today()
    {
        var report = await CountAsync(
            PlacementSamples.Link(Year),
            PlacementSamples.Link(Year, LinkState.Lost),
            PlacementSamples.Link(Year with { Currency = "USD", End = null }, LinkState.Changed),
            PlacementSamples.Link(Year with { End = Today.AddDays(-1) }),
            PlacementSamples.Link(Year with { Cost = null }));

        Assert.Equal(
            [
                new VendorMoney { Currency = "EUR", Links = 2, PerMonth = 40.03m, OneOff = 0, PerMonthAtStake = 20.01m, OneOffAtStake = 0 },
                new VendorMoney { Currency = "USD", Links = 1, PerMonth = 0, OneOff = 240, PerMonthAtStake = 0, OneOffAtStake = 240 },
            ],
            Assert.Single(report.Vendors).Money);
    }

    [Fact]
    public async Task The_page_is_the_approved_one()
    {
        var report = await CountAsync(
            PlacementSamples.Link(Year, days: "2026-01-31:a"),
            PlacementSamples.Link(Year, LinkState.Lost, "2026-01-31:a" + new string('a', 30) + new string('l', 60)),
            PlacementSamples.Link(
                Year with { Vendor = "<b>Cheap</b> & \u202Esknil", Currency = "JPY", Cost = 30_000 },
                LinkState.NotFound,
                "2026-01-01:" + new string('n', 100)));

        Approved.Check("vendors.approved.html", string.Concat(VendorHtml.Write(report, "Example <Widgets>")));
    }

    [Fact]
    public async Task The_file_neutralises_formulas_and_has_a_row_per_horizon_and_currency()
    {
        var report = await CountAsync(PlacementSamples.Link(Year with { Vendor = "=1+1" }, days: "2026-01-31:a"));

        var lines = string.Concat(VendorCsv.Write(report)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(6, lines.Length);
        Assert.StartsWith("\uFEFFrecord,vendor,links,days", lines[0], StringComparison.Ordinal);
        Assert.Equal("survival,\"'=1+1\",1,30,1,1,1,0.2065,1,0,0,0,0,,,,,,", lines[1]);
        Assert.Equal("money,\"'=1+1\",1,,,,,,,,,,,EUR,1,20.01,0,0,0", lines[5]);
    }

    /// <summary><see cref="VendorReportBuilder"/>.</summary>
    [Fact]
    public async Task What_cannot_be_read_is_counted_and_noted()
    {
        var storage = await MemoryStorage.Source.CreateAsync(TestContext.Current.CancellationToken);
        var project = StorageSamples.Project(new ProjectId("prj_a"));
        foreach (var page in (string[])["https://a.example/", "https://b.example/"])
            await storage.Links.RegisterAsync(
                StorageSamples.Link(project.Id, page) with { Terms = Year }, TestContext.Current.CancellationToken);
        var row = (await storage.RowsAsync(TableNames.Links, project.Id.Value, TestContext.Current.CancellationToken))[0];
        await storage.Tables.Open(TableNames.Links).PutAsync(
            RowDamage.Of(row, RowDamage.LaterVersion)!, TestContext.Current.CancellationToken);

        var report = await new VendorReportBuilder(storage.Links, storage.Cases, TimeProvider.System).MakeAsync(
            project, TestContext.Current.CancellationToken);
        var file = string.Concat(VendorCsv.Write(report)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal((1, 1), (report.Unreadable, Assert.Single(report.Vendors).Links));
        Assert.Equal("1 link with a vendor could not be read where it is stored and is in no figure.", report.Notes[0]);
        Assert.Equal($"unreadable,,1{new string(',', file[0].Count(letter => letter == ',') - 2)}", file[^1]);
    }

    private static Task<VendorReport> CountAsync(params WatchedLink[] links) =>
        VendorReportBuilder.CountAsync(links.ToAsyncEnumerable(), Today, Today, TestContext.Current.CancellationToken);
}
