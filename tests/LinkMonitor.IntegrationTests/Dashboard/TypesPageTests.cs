using System.Net;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.IntegrationTests.Answers;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.LinkTypes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>Types of links by hand, with a script and without (<see cref="TypesPage"/>).</summary>
public sealed class TypesPageTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("日本")]
    [InlineData("Übersicht")]
    public async Task A_type_with_a_name_in_any_script_is_made_found_and_changed(string name)
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Types" }, Token);
        using var anna = await SignedIn.AsAsync(fixture.Product, Product.AdminKey, Token);
        var path = $"/app/p/{project}/types/{Uri.EscapeDataString(LinkType.KeyOf(name))}";

        var made = await anna.PostAsync($"/app/p/{project}/types", [("name", name)], HttpStatusCode.OK, Token);
        var form = await anna.GetAsync($"{path}/edit", HttpStatusCode.OK, Token);
        var changed = await anna.PostAsync(path, [("name", $"{name} 2")], HttpStatusCode.OK, Token);

        Assert.Contains($"{path}/edit", made, StringComparison.Ordinal);
        Assert.Contains(name, form, StringComparison.Ordinal);
        Assert.Contains($"{name} 2", changed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_type_is_made_given_to_links_changed_and_deleted(bool script)
    {
        var project = await fixture.Product.Api.CreateProjectAsync(
            new { name = $"Types {script}", recipients = new[] { "anna@example.org" } }, Token);
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);

        await tab.GotoAsync($"/app/p/{project}/settings");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Types of links" }).ClickAsync();
        await Expect(tab.Locator("tbody tr")).ToHaveCountAsync(8);
        await tab.GetByRole(AriaRole.Link, new() { Name = "Add a type" }).ClickAsync();
        await tab.GetByLabel("Name", new() { Exact = true }).FillAsync("Guest post");
        await Press(tab, "Save");
        await Expect(tab.GetByText("There is a type of that name")).ToBeVisibleAsync();
        await tab.GetByLabel("Name", new() { Exact = true }).FillAsync("Newsletter");
        await tab.GetByLabel("Rel", new() { Exact = true }).SelectOptionAsync("sponsored");
        await tab.GetByLabel("link removed").UncheckAsync();
        await Press(tab, "Save");
        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("Made the type 'Newsletter'");
        await Expect(Row(tab, "Newsletter")).ToContainTextAsync("rel: sponsored");

        await tab.GotoAsync($"/app/p/{project}/links/new");
        await tab.GetByLabel("Page", new() { Exact = true }).FillAsync(
            fixture.Page($"/types/{script}", "<a href='https://example.org/'>x</a>"));
        await tab.GetByLabel("Target", new() { Exact = true }).FillAsync("https://example.org/");
        await tab.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("newsletter");
        await Press(tab, "Add and check now");
        await Expect(tab.GetByText("sponsored (from its type)")).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Link, new() { Name = "Newsletter" })).ToBeVisibleAsync();

        await tab.GotoAsync($"/app/p/{project}/types");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Change Newsletter" }).ClickAsync();
        await Expect(tab.GetByText("Rel: 1 link follows the type, 0 links with one of their own do not.")).ToBeVisibleAsync();
        await Press(tab, "Delete the type");
        await Expect(tab.Locator(".notice")).ToContainTextAsync("1 link has this type");

        await tab.GotoAsync($"/app/p/{project}/links");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Newsletter 1" }).ClickAsync();
        await tab.Locator("tbody input[type=checkbox]").First.CheckAsync();
        await tab.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("press");
        await Press(tab, "Set type");
        await Expect(tab.Locator("h1")).ToContainTextAsync("Set the type of 1 link to Press?");
        await Press(tab, "Set type");
        await Expect(tab.Locator(".notice")).ToContainTextAsync("1 link is of another type now");
        await Press(tab, "Undo");
        await Expect(tab.Locator(".notice")).ToContainTextAsync("1 link is as before");

        await tab.GotoAsync($"/app/p/{project}/channels");
        await Expect(tab.Locator("tbody")).ToContainTextAsync("at once what the link types say, the rest in a digest each Monday at 08:00");
        await tab.GetByLabel("What anna@example.org gets").SelectOptionAsync("at-once");
        await Press(tab, "Choose");
        await Expect(tab.Locator(".notice")).ToContainTextAsync("everything at once");
        await tab.GetByLabel("What anna@example.org gets").SelectOptionAsync("by-type");
        await Press(tab, "Choose");
        await Expect(tab.Locator(".notice")).ToContainTextAsync("the rest in a digest each Monday at 08:00");
    }

    [Fact]
    public async Task A_form_over_a_type_that_somebody_changed_is_stale()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Stale types" }, Token);
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.GotoAsync($"/app/p/{project}/types/forum/edit");
        await fixture.Product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{project}/types/forum", """{"rel":"ugc"}""", HttpStatusCode.OK, Token);

        await Press(tab, "Save");

        await Expect(tab.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Somebody saved since you opened the page");
        await Expect(tab.GetByRole(AriaRole.Alert).First).ToContainTextAsync("not by you: Rel.");
        await Expect(tab.GetByLabel("Rel", new() { Exact = true })).ToHaveValueAsync("ugc");
        await Press(tab, "Go back to ours");
        await Expect(tab.Locator(".notice")).ToContainTextAsync("Went back to the built-in type 'Forum'");
    }

    private static ILocator Row(IPage tab, string name) => tab.Locator("tbody tr", new() { HasText = name });

    private static Task Press(IPage tab, string button) =>
        tab.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
