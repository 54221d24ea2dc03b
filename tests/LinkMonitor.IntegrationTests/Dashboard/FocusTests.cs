using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using static Microsoft.Playwright.Assertions;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>Whoever goes through a page by keyboard sees what has the focus (WCAG 2.4.11).</summary>
public sealed class FocusTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const int Links = 20;
    private const int MaxSteps = 200;

    // What has the focus and is covered at the centre of its first line; empty when it is seen, null at the end of the page.
    private const string Look =
        """
        () => {
          const one = document.activeElement;
          if (!one || one === document.body || one.matches('[data-round]')) return null;
          one.dataset.round = '';
          const { left, top, width, height } = one.getClientRects()[0];
          const hit = document.elementFromPoint(left + width / 2, top + height / 2);
          return hit && (one.contains(hit) || hit.contains(one) && !hit.matches('.bulk'))
            ? '' : one.outerHTML.slice(0, 150) + ' under ' + hit?.outerHTML.slice(0, 80);
        }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, 640, false)]
    [InlineData(360, 640, true)]
    [InlineData(1280, 800, true)]
    public async Task Nothing_that_has_the_focus_is_covered_in_the_list_of_links(int width, int height, bool selects)
    {
        var project = new ProjectId(await fixture.Product.Api.CreateProjectAsync(new { name = $"Focus {width} {selects}" }, Token));
        for (var number = 0; number < Links; number++)
            await fixture.Product.Get<ILinkStore>().RegisterAsync(
                StorageSamples.Link(project, $"https://site-{number}.example/a/page"), Token);
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.SetViewportSizeAsync(width, height);
        await tab.GotoAsync($"/app/p/{project}/links");
        if (selects)
        {
            await tab.Locator("tbody input[type=checkbox]").First.CheckAsync();
            Assert.InRange(await tab.EvaluateAsync<double>("() => document.querySelector('.bulk').offsetHeight / innerHeight"), 0, 0.25);
        }

        await tab.EvaluateAsync(
            "() => { scrollTo(0, 0); document.activeElement.blur(); document.body.tabIndex = -1; document.body.focus(); }");

        List<string> covered = [];
        var steps = 0;
        foreach (var key in (string[])["Tab", "Shift+Tab"])
        {
            await tab.EvaluateAsync("() => document.querySelectorAll('[data-round]').forEach(one => delete one.dataset.round)");
            string? fault = "";
            for (var step = 0; step < MaxSteps && fault is not null; step++)
            {
                await tab.Keyboard.PressAsync(key);
                fault = await tab.EvaluateAsync<string?>(Look);
                steps++;
                if (fault is { Length: > 0 })
                    covered.Add($"{key}: {fault}");
            }
        }

        Assert.True(covered.Count == 0, string.Join('\n', covered));
        Assert.InRange(steps, 4 * Links, 2 * MaxSteps);
    }

    [Theory]
    [InlineData(360, 640)]
    [InlineData(1280, 800)]
    public async Task What_can_be_undone_takes_a_line_and_leaves_the_first_link_on_the_screen(int width, int height)
    {
        var product = fixture.Product;
        var project = new ProjectId(await product.Api.CreateProjectAsync(new { name = $"Undone {width}" }, Token));
        var link = StorageSamples.Link(project, $"https://{string.Join('.', Enumerable.Repeat("long-name", 12))}.example/a/page");
        await product.Get<ILinkStore>().RegisterAsync(link, Token);
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);
        await tab.SetViewportSizeAsync(width, height);
        var without = await FirstRowAsync(tab, project);

        foreach (var action in (string[])["mute", "unmute", "mute"])
            await product.Api.PostAsync(
                $"/api/v1/projects/{project}/links/bulk", new { action, links = new[] { link.Id.Value } },
                System.Net.HttpStatusCode.OK, Token);
        var with = await FirstRowAsync(tab, project);

        await Expect(tab.GetByText("Can be undone now: ")).ToBeVisibleAsync();
        Assert.InRange(with - without, 1, 40);
        Assert.InRange(with, 1, height - 40);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_phone_the_open_tab_and_the_open_view_are_on_the_screen_and_no_introduction_is_squeezed(bool script)
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = $"Tabs {script}" }, Token);
        await fixture.Product.Api.RegisterAsync(
            project, new { page = "https://one.example/", target = "https://example.org/", tags = new[] { "a-tag-at-the-end" } }, Token);
        await using var window = await fixture.OpenAsync(script, width: 360);
        var tab = await DashboardFixture.SignInAsync(window);

        string[] paths = ["", "/human", "/cases", "/settings", "/links?q=-has:seen sort:added", "/links?q=tag:a-tag-at-the-end"];
        foreach (var path in paths)
        {
            await tab.GotoAsync($"/app/p/{project}{path}");
            await Expect(tab.Locator("nav.tabs [aria-current]")).ToBeInViewportAsync(new() { Ratio = 0.9f });
            if (path.Contains('?', StringComparison.Ordinal))
                await Expect(tab.Locator(".chips [aria-current]").First).ToBeInViewportAsync(new() { Ratio = 0.9f });
        }

        foreach (var path in (string[])["human", "types", "reports"])
        {
            await tab.GotoAsync($"/app/p/{project}/{path}");
            var head = await tab.Locator(".head > :first-child").BoundingBoxAsync();
            Assert.InRange(head!.Width, path == "reports" ? 190 : 320, 330);
        }
    }

    private static async Task<double> FirstRowAsync(Microsoft.Playwright.IPage tab, ProjectId project)
    {
        await tab.GotoAsync($"/app/p/{project}/links");
        return await tab.EvaluateAsync<double>("() => document.querySelector('tbody tr').getBoundingClientRect().top");
    }
}
