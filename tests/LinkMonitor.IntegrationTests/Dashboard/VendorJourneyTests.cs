using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.ClientReports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// From all vendors to one, and on to what they sold, with a script and without (<see cref="VendorPages"/>).
/// </summary>
public sealed class VendorJourneyTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_vendor_is_found_with_what_was_bought_twice_and_leads_to_the_placements(bool script)
    {
        var name = $"بائع {script}";
        var (one, two) = (await ReportedProject.CreateAsync(fixture.Product), await ReportedProject.CreateAsync(fixture.Product));
        var page = $"https://twice{script}.example/%D9%85%D8%B1-1";
        var lost = await BuyAsync(one, page, name, "month");
        await BuyAsync(two, page, name, "term");
        await BuyAsync(two, $"https://once{script}.example/", name, "term");
        await one.SetAsync(lost, LinkState.Lost);
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);

        await tab.GetByRole(AriaRole.Link, new() { Name = "Vendors" }).First.ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Vendors");
        var twice = tab.GetByRole(AriaRole.Listitem).Filter(new() { HasText = $"twice{script}.example/مر-1".ToLowerInvariant() });
        await Expect(twice.GetByRole(AriaRole.Link).Filter(new() { HasText = "12.00 EUR a month" })).ToBeVisibleAsync();
        await Expect(twice.Locator("bdi").Filter(new() { HasText = name }).First).ToBeVisibleAsync();

        await tab.GetByRole(AriaRole.Row).GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "Placements: 3" })).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "Bought twice: 1" })).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "Prices" })).ToBeVisibleAsync();

        await tab.GetByRole(AriaRole.Row).Filter(new() { HasText = "lost" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(tab).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/app/p/{one.Id}/links/{lost}$"));
    }

    [Fact]
    public async Task On_a_phone_all_that_was_bought_twice_is_in_sight_and_what_no_check_could_tell_is_counted()
    {
        var name = "Seller of the phone";
        var (one, two) = (await ReportedProject.CreateAsync(fixture.Product), await ReportedProject.CreateAsync(fixture.Product));
        await BuyAsync(one, "https://twice-phone.example/1", name, "month");
        await BuyAsync(two, "https://twice-phone.example/1", name, "term");
        await one.AddAsync(
            "https://blocked-phone.example/", LinkState.Live, Engine.Tracking.CheckOutcome.Blocked,
            terms: new { vendor = name, cost = 12, currency = "EUR", start = "2026-01-01", end = "2026-12-31" });
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.SetViewportSizeAsync(360, 740);

        await tab.GotoAsync("/app/vendors");

        var chips = tab.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "twice-phone.example/1" }).First.Locator(".chips a");
        await Expect(chips).ToHaveCountAsync(2);
        for (var at = 0; at < 2; at++)
            Assert.InRange((await chips.Nth(at).BoundingBoxAsync())!.X + (await chips.Nth(at).BoundingBoxAsync())!.Width, 1, 350);
        await Expect(tab.Locator("[data-row]").Filter(new() { HasText = name }).Locator("[data-of='Not verified']")).ToHaveTextAsync("1");
        await tab.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await Expect(tab.Locator("main")).ToContainTextAsync("1 placement is not verified: no check could tell");
    }

    private static Task<string> BuyAsync(ReportedProject project, string page, string vendor, string period) => project.AddAsync(
        page, LinkState.Live,
        terms: new { vendor, cost = 12, currency = "EUR", costPeriod = period, start = "2026-01-01", end = "2026-12-31" });
}
