using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// A day's work in the dashboard, with a script and without: many links, one link, channels, settings, and the ends of things.
/// </summary>
[TakesLong]
public sealed class WorkTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const int Many = 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_one_time_address_signs_in_once_and_then_says_so(bool script)
    {
        var id = await KeyIdAsync($"Once {script}");
        var address = (await fixture.Product.Get<SignInLinks>().IssueAsync(id, SignInLinks.Lifetime, Token))!.Address;
        await using var window = await fixture.OpenAsync(script);
        var tab = await window.NewPageAsync();

        await tab.GotoAsync(address.ToString());
        await Press(tab, $"Sign in as Once {script}");
        await Expect(tab.Locator(".who")).ToContainTextAsync($"Once {script}");
        await Press(tab, "Sign out");
        await Expect(tab.GetByLabel("Your key")).ToBeVisibleAsync();
        await tab.GotoAsync("/app");
        await Expect(tab.GetByLabel("Your key")).ToBeVisibleAsync();
        await tab.GotoAsync(address.ToString());

        await Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("used already");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ten_thousand_links_are_filtered_and_muted_and_deleted_at_once_and_all_of_it_undone(bool script)
    {
        var project = new ProjectId(await fixture.Product.Api.CreateProjectAsync(new { name = $"Many {script}" }, Token));
        var links = fixture.Product.Get<ILinkStore>();
        var registered = Enumerable.Range(0, Many).Select(number =>
            StorageSamples.Link(project, $"https://site-{number % 500}.example/{number}") with { Tags = number < 120 ? ["few"] : [] });
        await Parallel.ForEachAsync(registered.Chunk(ILinkStore.MostNewLinks), Token, async (part, stop) =>
            Assert.NotNull(await links.TryRegisterAsync(part, stop)));
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.GotoAsync($"/app/p/{project}/links");
        await Expect(tab.Locator("caption").First).ToHaveTextAsync("10,000 links");

        await FilterAsync(tab, "stat:lost");
        await Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("state");
        await FilterAsync(tab, "tag:few sort:page");
        await Expect(tab.Locator("caption").First).ToHaveTextAsync("120 of 10,000 links");
        await Expect(tab.Locator("tbody tr")).ToHaveCountAsync(50);
        await tab.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(tab.Locator("tbody tr")).ToHaveCountAsync(20);
        await tab.GetByRole(AriaRole.Link, new() { Name = "To the start" }).ClickAsync();

        await Press(tab, "Check now");
        await ToldAsync(tab, "select links first");
        await tab.Locator("tbody input[type=checkbox]").Nth(0).CheckAsync();
        await tab.Locator("tbody input[type=checkbox]").Nth(1).CheckAsync();
        await Press(tab, "Check now");
        await Press(tab, "Check");
        await ToldAsync(tab, "2 links are asked to be checked");

        await DoWithAllAsync(tab, 120, "Mute");
        await ToldAsync(tab, "120 links are muted");
        await Expect(tab.GetByText("muted", new() { Exact = true })).ToHaveCountAsync(50);
        await Press(tab, "Undo");
        await ToldAsync(tab, "120 links are as before");
        await FilterAsync(tab, "tag:few");
        await Expect(tab.GetByText("muted", new() { Exact = true })).ToHaveCountAsync(0);

        await DoWithAllAsync(tab, 120, "Stop watching");
        await ToldAsync(tab, "120 links are not watched any more");
        await Expect(tab.Locator(".empty")).ToContainTextAsync("Show all 9880");
        await Press(tab, "Undo");
        await ToldAsync(tab, "120 links are as before");
        await Expect(tab.Locator("caption").First).ToHaveTextAsync("120 of 10,000 links");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_link_is_edited_muted_and_deleted_and_each_of_these_undone(bool script)
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = $"One {script}" }, Token);
        var link = await fixture.Product.Api.RegisterAsync(
            project,
            new { page = "https://blog.example.net/", target = "https://example.org/", mutedUntil = "2099-01-01T00:00:00Z", muted = true },
            Token);
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.GotoAsync($"/app/p/{project}/links/{link}");

        await tab.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await tab.GetByLabel("Agreed price").FillAsync("12,5");
        await Press(tab, "Save");
        await Expect(tab.Locator("[id='f-terms.cost-error']")).ToBeVisibleAsync();
        await tab.GetByLabel("Agreed price").FillAsync("12.50");
        await tab.GetByLabel("Currency").FillAsync("EUR");
        await tab.GetByLabel("Vendor").FillAsync("Acme");
        await Press(tab, "Save");
        await ToldAsync(tab, "The link is changed");
        await Expect(tab.Locator("main")).ToContainTextAsync("12.50 EUR");

        await Press(tab, "Unmute");
        await ToldAsync(tab, "told again");
        await Press(tab, "Undo");
        await ToldAsync(tab, "1 link is as before");
        var muted = await fixture.Product.Api.GetLinkAsync(project, link, Token);
        Assert.StartsWith("2099-01-01", muted.GetProperty("mutedUntil").GetString(), StringComparison.Ordinal);

        await tab.GotoAsync($"/app/p/{project}/links/{link}/edit");
        await Press(tab, "Stop watching");
        await ToldAsync(tab, "not watched any more");
        await Press(tab, "Undo");
        await ToldAsync(tab, "1 link is as before");
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Check now" })).ToBeVisibleAsync();
        await tab.GotoAsync($"/app/p/{project}/links");
        await Expect(tab.Locator("caption").First).ToHaveTextAsync("1 link");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_project_is_set_up_tested_and_deleted_only_by_its_name(bool script)
    {
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.GetByLabel("Name").FillAsync($"Client {script}");
        await Press(tab, "Create project");

        await tab.GetByRole(AriaRole.Link, new() { Name = "Channels" }).ClickAsync();
        await tab.GetByLabel("Address").FillAsync("nobody");
        await Press(tab, "Add channel");
        await Expect(tab.Locator("#f-address-error")).ToBeVisibleAsync();
        await tab.GetByLabel("Address").FillAsync("anna@example.org");
        await Press(tab, "Add channel");
        await Press(tab, "Send a test");
        await ToldAsync(tab, "The message was accepted");

        await tab.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await tab.GetByLabel("Time zone").FillAsync("Mars/Olympus");
        await tab.GetByLabel("Sender name of mails").FillAsync("Anna's team");
        await Press(tab, "Save");
        await Expect(tab.Locator("#f-timeZone-error")).ToBeVisibleAsync();
        await Expect(tab.GetByLabel("Sender name of mails")).ToHaveValueAsync("Anna's team");
        await tab.GetByLabel("Time zone").FillAsync("Europe/Berlin");
        await Press(tab, "Save");
        await ToldAsync(tab, "The settings are saved");
        await Expect(tab.GetByLabel("Time zone")).ToHaveValueAsync("Europe/Berlin");

        await tab.GetByLabel("Type the project's name").FillAsync("Client");
        await Press(tab, "Delete for good");
        await ToldAsync(tab, "Nothing was deleted");
        await tab.GetByLabel("Type the project's name").FillAsync($"Client {script}");
        await Press(tab, "Delete for good");
        await ToldAsync(tab, $"The project Client {script} is deleted");
        await Expect(tab.GetByRole(AriaRole.Row, new() { Name = $"Client {script}" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failed_work_is_tried_again(bool script)
    {
        var text = $$"""{"work":"{{script}}"}""";
        await fixture.Product.Get<IFailureStore>().RecordAsync("alerts", text, fixture.Product.Clock.GetUtcNow(), Token);
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);

        await tab.GetByRole(AriaRole.Link, new() { Name = "System" }).ClickAsync();
        await tab.GetByRole(AriaRole.Row)
            .Filter(new() { HasText = text })
            .GetByRole(AriaRole.Button, new() { Name = "Try again" })
            .ClickAsync();

        await ToldAsync(tab, "It is tried again");
        await Expect(tab.GetByRole(AriaRole.Row).Filter(new() { HasText = text })).ToHaveCountAsync(0);
        Assert.Equal(text, await fixture.Product.TakeAsync("SendAlerts", Token));
    }

    private static async Task DoWithAllAsync(IPage tab, int count, string act)
    {
        await tab.GetByLabel($"All {count} that the filter finds").CheckAsync();
        await Press(tab, act);
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = $"{act} {count} links?" })).ToBeVisibleAsync();
        await Press(tab, act);
    }

    private static async Task FilterAsync(IPage tab, string line)
    {
        await tab.Locator("#q").FillAsync(line);
        await Press(tab, "Filter");
    }

    private static Task Press(IPage tab, string name) =>
        tab.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First.ClickAsync();

    private static Task ToldAsync(IPage tab, string text) => Expect(tab.Locator(".notice[role=status]")).ToContainTextAsync(text);

    private async Task<string> KeyIdAsync(string name)
    {
        await fixture.KeyAsync(name, ApiKeyScope.Read, null, Token);
        return (await fixture.Product.Get<IKeyStore>().ListAsync(Token)).Items.Single(key => key.Name == name).Id;
    }
}
