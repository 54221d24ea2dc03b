using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.ClientReports;
using LinkMonitor.IntegrationTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// A report from its filter to its readers, with a script and without
/// (<see cref="LinkMonitor.Dashboard.Pages.ReportFormPage"/>, <see cref="LinkMonitor.Dashboard.Pages.ReportDetailPage"/>,
/// <see cref="LinkMonitor.Dashboard.Pages.ReportListPage"/>, <see cref="LinkMonitor.Dashboard.Pages.ReportBrandPage"/>).
/// </summary>
[TakesLong]
public sealed class ReportJourneyTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_report_is_made_compared_shared_with_two_and_taken_back_from_one(bool script)
    {
        var project = await ReportedProject.CreateAsync(fixture.Product);
        var link = await project.AddAsync("https://a.example/1", LinkState.Live, tags: ["acme"]);
        await project.AddAsync("https://b.example/2", LinkState.Live, tags: ["acme"]);
        await project.AddAsync("https://other.example/3", LinkState.Live);
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);

        await MakeAsync(tab, project, "There is no earlier report of this filter to compare with.");
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Report 1: October");
        await Expect(tab.Locator("dt:text-is('Language') + dd")).ToHaveTextAsync("English");
        await project.SetAsync(link, LinkState.Lost);
        await project.AddAsync("https://c.example/4", LinkState.Live, tags: ["acme"]);
        await MakeAsync(tab, project, "Compared with report 1 of");
        await Expect(tab.GetByRole(AriaRole.Row, new() { Name = "Lost 1 +1" })).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Row, new() { Name = "Watched links 3 +1" })).ToBeVisibleAsync();

        var bea = await ShareAsync(tab, "Bea");
        var carl = await ShareAsync(tab, "Carl");
        await using var outside = await fixture.OpenAsync(script);
        var reader = await outside.NewPageAsync();
        await reader.GotoAsync(bea);
        await Expect(reader.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("October");
        await Expect(reader.Locator("main")).ToContainTextAsync("Since report 1 of");
        await Expect(reader.Locator("main")).ToContainTextAsync("https://a.example/1");
        await Expect(reader.Locator("body")).Not.ToContainTextAsync("other.example");

        await tab.ReloadAsync();
        await Expect(tab.GetByRole(AriaRole.Row, new() { Name = "Bea" })).ToContainTextAsync("1");
        await tab.GetByRole(AriaRole.Row, new() { Name = "Bea" }).GetByText("Revoke…").ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Revoke the address of Bea" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("The address of Bea opens nothing any more.");
        Assert.Equal(404, (await reader.GotoAsync(bea))!.Status);
        Assert.Equal(200, (await reader.GotoAsync(carl))!.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mistake_is_told_at_its_field_and_a_logo_is_shown_on_reports_to_come(bool script)
    {
        var project = await ReportedProject.CreateAsync(fixture.Product);
        await project.AddAsync("https://a.example/1", LinkState.Live);
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);

        await tab.GotoAsync($"/app/p/{project.Id}/reports");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Your name, colour and logo" }).ClickAsync();
        await tab.GetByLabel("Your name").FillAsync("Our agency");
        await tab.GetByLabel("Logo").SetInputFilesAsync(
            new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = "<svg onload='alert(1)'/>"u8.ToArray() });
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("An SVG may bring scripts.");
        await tab.GetByLabel("Logo").SetInputFilesAsync(
            new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = Testing.Pictures.Png(80, 40) });
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await tab.GotoAsync($"/app/p/{project.Id}/links?q=state:live");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Report on these" }).ClickAsync();
        await Expect(tab.GetByLabel("Filter")).ToHaveValueAsync("state:live");
        await tab.GetByLabel("Filter").FillAsync("stat:live");
        await tab.GetByLabel("Title").FillAsync("Mistakes");
        await tab.GetByRole(AriaRole.Button, new() { Name = "See the figures" }).ClickAsync();
        await Expect(tab.Locator("#f-filter-error")).ToContainTextAsync("state");
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Make this report" })).ToHaveCountAsync(0);
        await tab.GetByLabel("Filter").FillAsync("state:live");
        await tab.GetByRole(AriaRole.Button, new() { Name = "See the figures" }).ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Make this report" }).ClickAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = "Read or print it" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Img, new() { Name = "Our agency" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nothing_in_the_list_of_readers_is_broken_within_a_word_and_a_new_address_ends_in_the_days_it_was_made_for()
    {
        var project = await ReportedProject.CreateAsync(fixture.Product);
        await project.AddAsync("https://a.example/1", LinkState.Live);
        await project.MakeAsync(new { title = "Words", sections = ClientReportApiTests.ReportSectionNames });
        await project.ShareAsync(1, new { recipient = "client@acme.example", sections = ClientReportApiTests.ReportSectionNames });
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.SetViewportSizeAsync(1280, 900);

        await tab.GotoAsync($"/app/p/{project.Id}/reports/1");

        var row = tab.Locator("#shares tbody tr");
        foreach (var part in new[] { row.GetByRole(AriaRole.Rowheader), row.Locator("summary"), row.Locator("[data-of=Ends]") })
            Assert.Equal(1, await part.EvaluateAsync<int>(
                "cell => { const range = document.createRange(); range.selectNodeContents(cell);"
                    + " const shown = [...range.getClientRects()].filter(one => one.width > 0);"
                    + " return new Set(shown.map(one => Math.round(one.bottom))).size }"));
        await Expect(row.Locator("[data-of=Ends]")).ToHaveTextAsync("in 90 days");
    }

    private static async Task MakeAsync(IPage tab, ReportedProject project, string compared)
    {
        await tab.GotoAsync($"/app/p/{project.Id}/reports");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Make a report" }).ClickAsync();
        await tab.GetByLabel("Title").FillAsync("October");
        await tab.GetByLabel("Filter").FillAsync("tag:acme");
        await tab.GetByRole(AriaRole.Button, new() { Name = "See the figures" }).ClickAsync();
        await Expect(tab.Locator("main")).ToContainTextAsync(compared);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Make this report" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("Made report");
    }

    private static async Task<string> ShareAsync(IPage tab, string recipient)
    {
        await tab.GetByLabel("Recipient").FillAsync(recipient);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Make an address" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync($"The address for {recipient}");
        return new Uri(await tab.Locator("#secret").InnerTextAsync()).AbsolutePath;
    }
}
