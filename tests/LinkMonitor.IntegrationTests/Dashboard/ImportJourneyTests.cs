using System.Text;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Imports;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>Importing a file in the dashboard, with a script and without (<see cref="ImportPage"/>, <see cref="ImportForm"/>).</summary>
public sealed class ImportJourneyTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_is_handed_in_its_guess_changed_imported_and_undone(bool script)
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = $"Files {script}" }, Token);
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);

        // An empty list of links offers it.
        await tab.GotoAsync($"/app/p/{project}/links");
        await tab.GetByRole(AriaRole.Link, new() { Name = "import a file" }).ClickAsync();
        await tab.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload
        {
            Name = "links.csv",
            MimeType = "text/csv",
            Buffer =
                Encoding.UTF8.GetBytes(
                    "Left,Right\nhttps://a.example/1,https://b.example/2\nhttps://c.example/3,https://d.example/4\nno,no\n"),
        });
        await tab.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();

        // Both readings are possible: it says so and where to settle it, and nothing begins before its rows were shown.
        await Expect(tab.Locator("main")).ToContainTextAsync("Doubtful");
        await Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose the columns below, then look again.");
        await Expect(tab.GetByRole(AriaRole.Alert)).Not.ToContainTextAsync("header must name");
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Begin the import" })).ToHaveCountAsync(0);

        // What cannot be is told beside the columns, to choose again.
        await tab.GetByLabel("What Left is").SelectOptionAsync("page");
        await tab.GetByLabel("What Right is").SelectOptionAsync("page");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("Two columns are chosen for page.");
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Begin the import" })).ToHaveCountAsync(0);
        await tab.GetByLabel("What Left is").SelectOptionAsync("target");
        await tab.GetByLabel("What Right is").SelectOptionAsync("page");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(tab.Locator("main")).ToContainTextAsync("You chose the columns.");
        await Expect(tab.GetByText("Rows that are no links").First).ToBeVisibleAsync();
        Assert.Empty(
            (await fixture.Product.Api.GetAsync($"/api/v1/projects/{project}/links", Token)).GetProperty("items").EnumerateArray());

        await tab.GetByRole(AriaRole.Button, new() { Name = "Begin the import" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("The import has begun");
        await fixture.Product.DeliverAllAsync("ImportLinks", Token);

        await SeeEndAsync();
        await Expect(tab.Locator("main")).ToContainTextAsync("Every row was read");
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Cancel the import" })).ToHaveCountAsync(0);
        await Expect(tab.GetByRole(AriaRole.Link, new() { Name = "Rows that are no links, as CSV" })).ToBeVisibleAsync();
        Assert.Contains((await fixture.Product.Api.GetAsync($"/api/v1/projects/{project}/links", Token)).GetProperty("items")
            .EnumerateArray(), link => link.GetProperty("page").GetString() == "https://b.example/2");

        await tab.GetByRole(AriaRole.Button, new() { Name = "Undo the whole import" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("is being undone");
        await fixture.Product.DeliverAllAsync("ImportLinks", Token);
        await SeeEndAsync();
        await Expect(tab.Locator("main")).ToContainTextAsync("removed again");
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Undo the whole import" })).ToHaveCountAsync(0);
        Assert.Empty(
            (await fixture.Product.Api.GetAsync($"/api/v1/projects/{project}/links", Token)).GetProperty("items").EnumerateArray());

        // With a script the page follows by itself, what can be done included.
        Task SeeEndAsync() => script ? Task.CompletedTask : tab.ReloadAsync();
    }

    [Fact]
    public async Task Of_a_file_without_a_header_the_columns_are_shown_to_choose_from_and_obeyed()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "No header" }, Token);
        await using var window = await fixture.OpenAsync(script: false);
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.GotoAsync($"/app/p/{project}/imports");
        await tab.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload
        {
            Name = "links.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes(
                "Our links\nof May\n1,https://a.example/1,https://b.example/2\n2,https://c.example/3,https://d.example/4\n3,x,y\n"),
        });
        await tab.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose the columns below, then look again.");
        await Expect(tab.Locator("main")).ToContainTextAsync("https://a.example/1");

        // Columns without addresses are told beside those that the file has.
        await tab.GetByLabel("What Column 1 is").SelectOptionAsync("page");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("No row has an address in each of the columns that are chosen");
        await tab.GetByLabel("What Column 1 is").SelectOptionAsync("ignored");
        await tab.GetByLabel("What Column 2 is").SelectOptionAsync("page");
        await tab.GetByLabel("What Column 3 is").SelectOptionAsync("target");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(tab.Locator("main")).ToContainTextAsync("You chose the columns.");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Begin the import" }).ClickAsync();
        await fixture.Product.DeliverAllAsync("ImportLinks", Token);

        var links = (await fixture.Product.Api.GetAsync($"/api/v1/projects/{project}/links", Token)).GetProperty("items");
        Assert.Equal(["https://a.example/1", "https://c.example/3"],
            links.EnumerateArray().Select(link => link.GetProperty("page").GetString()).Order());
    }

    [Theory]
    [InlineData(ImportState.Cancelled, "Undo the whole import")]
    [InlineData(ImportState.Failed, "Try again")]
    [InlineData(ImportState.Failed, "Undo the whole import")]
    public async Task A_page_that_follows_an_import_offers_what_can_be_done_once_it_has_ended_otherwise(ImportState end, string offered)
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = $"Ends {end} {offered}" }, Token);
        var id = await SampleImport.BeginAsync(
            fixture.Product, project, "links.csv", "page,target\nhttps://a.example/1,https://example.org/\n", ImportChoices.None,
            ImportState.Waiting, Token);
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.GotoAsync($"/app/p/{project}/imports/{id}");
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Cancel the import" })).ToBeVisibleAsync();

        var imports = fixture.Product.Get<IImportStore>();
        var run = (await imports.FindAsync(new ProjectId(project), id, Token))!;
        await imports.SaveAsync(
            run with
            {
                State = end,
                EndedAt = fixture.Product.Clock.GetUtcNow(),
                ChangedAt = fixture.Product.Clock.GetUtcNow().AddSeconds(1),
                Attempts = end == ImportState.Failed ? 1 : 0,
                Counts = run.Counts with { Added = 1, Read = 1 },
                Problem = end == ImportState.Failed ? "The storage was away." : null,
            },
            Token);

        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = offered })).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Cancel the import" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_import_that_was_cancelled_is_followed_until_the_rows_under_way_are_counted(bool script)
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = $"Stops {script}" }, Token);
        var id = await SampleImport.BeginAsync(
            fixture.Product, project, "links.csv", "page,target\nhttps://a.example/1,https://example.org/\n", ImportChoices.None,
            ImportState.Waiting, Token);
        var imports = fixture.Product.Get<IImportStore>();
        var run = (await imports.FindAsync(new ProjectId(project), id, Token))!;
        await imports.SaveAsync(run with { State = ImportState.Running, Worker = "worker" }, Token);
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.GotoAsync($"/app/p/{project}/imports/{id}");

        await tab.GetByRole(AriaRole.Button, new() { Name = "Cancel the import" }).ClickAsync();
        await Expect(tab.Locator("main")).ToContainTextAsync("The rows under way are still done.");
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Undo the whole import" })).ToHaveCountAsync(0);
        run = (await imports.FindAsync(new ProjectId(project), id, Token))!;
        await imports.SaveAsync(
            run with
            {
                Worker = null,
                Counts = run.Counts with { Rows = 3_000, Read = 200, Added = 200 },
                ChangedAt = run.ChangedAt.AddSeconds(1),
            },
            Token);

        // Without a script the page loads itself again.
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Undo the whole import" })).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Expect(tab.Locator("main")).ToContainTextAsync("200 of 3,000 rows");
        await Expect(tab.Locator("main")).Not.ToContainTextAsync("The rows under way are still done.");
    }

    [Fact]
    public async Task Of_two_ways_to_give_links_none_is_dropped_and_an_empty_file_is_called_empty()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Two ways" }, Token);
        await using var window = await fixture.OpenAsync(script: false);
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.GotoAsync($"/app/p/{project}/imports");
        await tab.GetByLabel("Or paste links").FillAsync("https://a.example/1");
        await tab.GetByLabel("Or the address").FillAsync("https://sheets.example/list");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Alert).Or(tab.Locator(".error")).First).ToContainTextAsync("Give one of the three");
        await Expect(tab.GetByLabel("Or paste links")).ToHaveValueAsync("https://a.example/1");
        await Expect(tab.GetByLabel("Or the address")).ToHaveValueAsync("https://sheets.example/list");

        await tab.GotoAsync($"/app/p/{project}/imports");
        await tab.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(
            new FilePayload { Name = "nothing.csv", MimeType = "text/csv", Buffer = [] });
        await tab.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("The file 'nothing.csv' is empty.");
    }

    [Fact]
    public async Task What_is_missing_is_asked_for_and_a_sheet_is_kept_in_step()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Sheet" }, Token);
        fixture.Web.Map(
            "/list", async context => await context.Response.Body.WriteAsync("https://a.example/1\nhttps://b.example/2\n"u8.ToArray()));
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);

        await tab.GotoAsync($"/app/p/{project}/imports");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose a file");
        await tab.GetByLabel("Or the address").FillAsync(fixture.Web.Url("/list"));
        await tab.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say it below");
        await tab.GetByLabel("Where should all links point?").FillAsync("https://example.org/");
        await tab.GetByLabel("Keep in step with it").SelectOptionAsync("24");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "What would come of its rows" })).ToBeVisibleAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Begin the import" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("is polled from now on");
        await fixture.Product.DeliverAllAsync("ImportLinks", Token);

        await tab.GotoAsync($"/app/p/{project}/imports");
        await Expect(tab.Locator("main")).ToContainTextAsync("every 24 hours");
        var stop = tab.GetByRole(AriaRole.Button, new() { Name = "Stop" });
        Assert.Equal(await HeightAsync(tab.GetByRole(AriaRole.Button, new() { Name = "Look at it" })), await HeightAsync(stop));
        await stop.ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("not asked for any more");
        Assert.Equal(
            2, (await fixture.Product.Api.GetAsync($"/api/v1/projects/{project}/links", Token)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_came_of_a_sheet_leads_to_its_import()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Sheet that changes" }, Token);
        fixture.Web.Map("/grown", async context => await context.Response.Body.WriteAsync(
            "page,target\nhttps://a.example/1,https://example.org/\n"u8.ToArray()));
        await fixture.Product.Api.PostAsync(
            $"/api/v1/projects/{project}/sheets", new { url = fixture.Web.Url("/grown"), everyHours = 1 },
            System.Net.HttpStatusCode.Created, Token);
        await fixture.Product.DeliverAllAsync("ImportLinks", Token);
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);

        await tab.GotoAsync($"/app/p/{project}/imports");
        await Expect(tab.Locator("main")).ToContainTextAsync("every hour, due");
        await Expect(tab.Locator("main")).ToContainTextAsync("It was read for the first time, and imported.");
        await Expect(tab.Locator("main")).Not.ToContainTextAsync("imp_");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Its last import" }).ClickAsync();
        await Expect(tab.Locator("main")).ToContainTextAsync("Every row was read");
    }

    private static async Task<float> HeightAsync(ILocator of) => (await of.BoundingBoxAsync())!.Height;
}
