using System.Net;
using LinkMonitor.Dashboard.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// Links leave as files and at addresses, in the dashboard, with a script and without (<see cref="ExportsPage"/>,
/// <see cref="DisavowPage"/>).
/// </summary>
public sealed class ExportJourneyTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_of_a_view_is_made_read_by_a_spreadsheet_and_revoked(bool script)
    {
        var project = await ProjectAsync($"Address {script}");
        await fixture.Product.Api.PostAsync(
            $"/api/v1/projects/{project}/views", new { name = "Spring", filter = "tag:spring", shared = true }, HttpStatusCode.Created,
            Token);
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        await tab.GotoAsync($"/app/p/{project}/links");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Exports and addresses for sheets and calendars" }).ClickAsync();
        await tab.GetByLabel("View", new() { Exact = true }).SelectOptionAsync("Spring");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Make an address" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("It is shown this once");
        var address = (await tab.Locator("#secret").TextContentAsync())!;

        var csv = await reader.GetStringAsync(address, Token);
        Assert.StartsWith("page,target,", csv, StringComparison.Ordinal);
        Assert.Contains("\r\nhttps://spring.example/,", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("autumn.example", csv, StringComparison.Ordinal);

        await tab.GotoAsync($"/app/p/{project}/exports");
        await Expect(tab.Locator("#secret")).ToHaveCountAsync(0);
        await Expect(tab.GetByRole(AriaRole.Row, new() { Name = "links as CSV, for spreadsheets Spring" })).Not.ToContainTextAsync("never");
        await tab.GetByText("Revoke…").ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Revoke the address" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("revoked");
        using var gone = await reader.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("CSV", ".csv")]
    [InlineData("Excel", ".xlsx")]
    [InlineData("JSON lines", ".jsonl")]
    public async Task What_a_filter_finds_is_downloaded_below_the_list(string words, string ending)
    {
        var project = await ProjectAsync($"Download {words}");
        await using var window = await fixture.OpenAsync(script: false);
        var tab = await DashboardFixture.SignInAsync(window);

        await tab.GotoAsync($"/app/p/{project}/links?q=tag:spring");
        await Expect(tab.Locator("main")).ToContainTextAsync("Download 1 link:");
        var file = await tab.RunAndWaitForDownloadAsync(
            () => tab.GetByRole(AriaRole.Link, new() { Name = words, Exact = true }).ClickAsync());

        Assert.EndsWith(ending, file.SuggestedFilename, StringComparison.Ordinal);
        Assert.True(new FileInfo(await file.PathAsync()).Length > 300);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_disavow_file_is_never_one_click(bool script)
    {
        var project = await ProjectAsync($"Disavow {script}");
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);

        await tab.GotoAsync($"/app/p/{project}/exports");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Disavow file for Google" }).ClickAsync();
        await Expect(tab.Locator("main")).ToContainTextAsync("It is rarely right.");
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Download the file" })).ToHaveCountAsync(0);
        await tab.GetByLabel("Filter").FillAsync("host:*.example");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Show what would be in it" }).ClickAsync();
        await Expect(tab.Locator("main")).ToContainTextAsync("domain:spam.example");
        await Expect(tab.Locator("main")).ToContainTextAsync("Not in it: 2");
        await tab.GetByLabel("To go on, type the name of the project").FillAsync("another");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Download the file" }).ClickAsync();
        await Expect(tab.Locator("#f-confirm-error")).ToContainTextAsync("Type the name of the project");

        await tab.GetByLabel("To go on, type the name of the project").FillAsync($"Disavow {script}");
        var file = await tab.RunAndWaitForDownloadAsync(
            () => tab.GetByRole(AriaRole.Button, new() { Name = "Download the file" }).ClickAsync());

        var lines = (await File.ReadAllLinesAsync(await file.PathAsync(), Token)).Where(line => !line.StartsWith('#'));
        Assert.Equal(["domain:spam.example"], lines);
    }

    private async Task<string> ProjectAsync(string name)
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name }, Token);
        foreach (var (host, tag) in new (string, string)[] { ("spring", "spring"), ("autumn", "autumn"), ("spam", "unwanted") })
            await fixture.Product.Api.RegisterAsync(
                project, new { page = $"https://{host}.example/", target = "https://example.org/", tags = new[] { tag } }, Token);
        return project;
    }
}
