using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Keys;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>What people do in the dashboard, with a script and without (<see cref="LinkMonitor.Dashboard.Pages.SavedViewPage"/>).</summary>
[TakesLong]
public sealed class JourneyTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const string Target = "http://127.0.0.1:9/target";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_link_is_added_checked_and_seen_to_change(bool script)
    {
        var path = $"/post-{script}";
        var page = fixture.Page(path, $"<a href='{Target}'>our anchor</a>");
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);

        await tab.GetByLabel("Name").FillAsync($"Widgets {script}");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Create project" }).ClickAsync();
        await tab.GetByLabel("Page").FillAsync(page);
        await tab.GetByLabel("Target").FillAsync(Target);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Add and check now" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("The link is added");
        await fixture.Product.RoundAsync(Token);
        if (!script)
            await tab.ReloadAsync();
        await Expect(tab.Locator(".card").First).ToContainTextAsync("live");

        fixture.Page(path, $"<a rel='nofollow' href='{Target}'>our anchor</a>");
        for (var check = 0; check < 3; check++)
            await fixture.Product.RoundAfterAsync(TimeSpan.FromDays(1), Token);
        await tab.ReloadAsync();

        await Expect(tab.Locator("main")).ToContainTextAsync("gained nofollow");
        await Expect(tab.GetByRole(AriaRole.Row, new() { Name = "Rel follow (as first seen) nofollow" })).ToBeVisibleAsync();
        await Expect(tab.Locator("main del, main ins").First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_filter_is_saved_found_again_and_deleted(bool script)
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = $"Views {script}" }, Token);
        await fixture.Product.Api.RegisterAsync(
            project, new { page = "http://127.0.0.1:9/page", target = Target, tags = new[] { "spring" } }, Token);
        await using var window = await fixture.OpenAsync(script);
        var tab = await DashboardFixture.SignInAsync(window);

        await tab.GotoAsync($"/app/p/{project}/links?q=tag:spring");
        await tab.GetByText("Save this filter").ClickAsync();
        await tab.GetByLabel("Name").FillAsync("Never seen");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(tab.Locator("#f-name-error")).ToContainTextAsync("There is a view of that name.");
        await tab.GetByLabel("Name").FillAsync("Spring");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("Saved the view 'Spring'");

        await tab.GotoAsync($"/app/p/{project}/links");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Spring 1", Exact = true }).ClickAsync();
        await Expect(tab.GetByLabel("Filter")).ToHaveValueAsync("tag:spring");
        await tab.GetByText("Delete the view “Spring”…").ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Delete the view" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Link, new() { Name = "Spring 1", Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_wrong_address_is_told_at_its_field_and_nothing_typed_is_lost()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Mistakes" }, Token);
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);

        await tab.GotoAsync($"/app/p/{project}/links/new");
        await tab.GetByLabel("Page").FillAsync("ftp://example.org/");
        await tab.GetByLabel("Target").FillAsync(Target);
        await tab.GetByLabel("Agreed price").FillAsync("a lot");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Add and check now" }).ClickAsync();

        await Expect(tab.Locator("#f-page-error")).ToContainTextAsync("http");
        await Expect(tab.GetByLabel("Agreed price")).ToHaveValueAsync("a lot");
        await Expect(tab.GetByLabel("Target")).ToHaveValueAsync(Target);
    }

    [Fact]
    public async Task Of_two_tabs_the_one_that_was_opened_before_the_other_saved_shows_both_and_saves_on_purpose()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Two tabs" }, Token);
        var link = await fixture.Product.Api.RegisterAsync(project, new { page = "https://tabs.example/", target = Target }, Token);
        await using var window = await fixture.OpenAsync();
        var one = await DashboardFixture.SignInAsync(window);
        var other = await window.NewPageAsync();
        foreach (var path in (string[])[$"/app/p/{project}/links/{link}/edit", $"/app/p/{project}/settings"])
        {
            var (field, button) = path.EndsWith("edit", StringComparison.Ordinal) ? ("Note", "Save") : ("Sender name of mails", "Save");
            await one.GotoAsync(path);
            await other.GotoAsync(path);
            await one.GetByLabel(field).FillAsync("first");
            await one.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
            await Expect(one.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
            await other.GetByLabel(field).FillAsync("second");
            await other.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

            await Expect(other.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Somebody saved");
            await Expect(other.GetByLabel(field)).ToHaveValueAsync("second");
            await Expect(other.GetByText("Stored now: first")).ToBeVisibleAsync();
            await other.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
            await Expect(other.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task A_revoked_key_ends_its_sessions_at_once()
    {
        var key = await fixture.KeyAsync("Anna", ApiKeyScope.Read, null, Token);
        await using var hers = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(hers, key);
        await using var owners = await fixture.OpenAsync();
        var owner = await DashboardFixture.SignInAsync(owners);

        await owner.GotoAsync("/app/people");
        var row = owner.GetByRole(AriaRole.Row, new() { Name = "Anna" });
        await row.GetByText("Revoke…").ClickAsync();
        await Expect(row.GetByText("cannot be brought back")).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke the key of Anna" }).ClickAsync();
        await Expect(owner.GetByRole(AriaRole.Status)).ToContainTextAsync("revoked");
        await tab.ReloadAsync();

        await Expect(tab).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_other_windows_and_leaves_the_key()
    {
        var key = await fixture.KeyAsync("Bert", ApiKeyScope.Admin, null, Token);
        await using var one = await fixture.OpenAsync();
        await using var other = await fixture.OpenAsync();
        var here = await DashboardFixture.SignInAsync(one, key);
        var there = await DashboardFixture.SignInAsync(other, key);

        await here.GotoAsync("/app/people");
        var row = here.GetByRole(AriaRole.Row, new() { Name = "Bert (you)" });
        await row.GetByText("Sign out everywhere…").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await there.GotoAsync("/app");

        await Expect(there).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
        await DashboardFixture.SignInAsync(other, key);
    }

    [Fact]
    public async Task A_form_of_another_site_changes_nothing()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Guarded" }, Token);
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);
        fixture.Web.MapHtml(
            "/evil",
            $"""
            <!doctype html><title>Evil</title><form method="post" action="{fixture.Origin}/app/p/{project}/delete">
            <input name="confirm" value="Guarded"><button>Win</button></form>
            """);

        await tab.GotoAsync(fixture.Web.Url("/evil"));
        await tab.GetByRole(AriaRole.Button).ClickAsync();

        await fixture.Product.Api.GetAsync($"/api/v1/projects/{project}", Token);
    }

    [Fact]
    public async Task A_key_asks_for_a_check_of_the_row_and_leaves_people_in_the_list()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Keys that check" }, Token);
        await fixture.Product.Api.RegisterAsync(project, new { page = "https://blog.example.net/r", target = Target }, Token);
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.GotoAsync($"/app/p/{project}/links?q=host:blog.example.net");

        await tab.Keyboard.PressAsync("j");
        await tab.Keyboard.PressAsync("r");

        await Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("You asked for a check of blog.example.net/r.");
        await Expect(tab).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/links\\?q=host"));
    }

    [Fact]
    public async Task The_box_for_all_rows_is_there_only_where_it_does_something()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Boxes" }, Token);
        await fixture.Product.Api.RegisterAsync(project, new { page = "https://blog.example.net/box", target = Target }, Token);
        foreach (var script in new[] { true, false })
        {
            await using var window = await fixture.OpenAsync(script);
            var tab = await DashboardFixture.SignInAsync(window);
            await tab.GotoAsync($"/app/p/{project}/links");

            await Expect(tab.Locator("[data-all]")).ToBeVisibleAsync(new() { Visible = script });
        }
    }

    [Fact]
    public async Task Keys_move_through_the_table_and_can_be_switched_off()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Keyboard" }, Token);
        await fixture.Product.Api.RegisterAsync(project, new { page = "https://blog.example.net/", target = Target }, Token);
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.GotoAsync($"/app/p/{project}/links");

        await tab.Keyboard.PressAsync("j");
        await tab.Keyboard.PressAsync("x");
        await Expect(tab.Locator("[data-selected]")).ToHaveTextAsync("1 selected");
        await tab.Keyboard.PressAsync("/");
        await Expect(tab.Locator("input[type=search]")).ToBeFocusedAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Keys" }).ClickAsync();
        await tab.GetByLabel("Use these keys").UncheckAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await tab.Keyboard.PressAsync("x");

        await Expect(tab.Locator("[data-selected]")).ToHaveTextAsync("1 selected");
    }
}
