using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace LinkMonitor.IntegrationTests.Answers;

/// <summary>
/// The bookmark in Chromium, on pages that forbid every connection: what the tab shows comes to us, and nothing else does.
/// </summary>
public sealed class HandOverBrowserTests(BrowserFixture browsers) : IAsyncLifetime
{
    private LocalWeb _web = null!;
    private Product? _product;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Product Product => _product!;

    // Another site than ours, by its name: ours is 127.0.0.1.
    private string Theirs(string path) => _web.Url("localhost", path);

    private string Ours => Product.Api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        _web = (await LocalWeb.StartAsync(Stop))
            .Map("/post", context => AnswerAsync(context, null))
            .Map("/alone", context => AnswerAsync(context, "same-origin"));

        // A browser has a clock of its own, and drops cookies that have ended by it.
        _product = await Product.StartAsync(ProductSettings.InMemory(new ManualTimeProvider(TimeProvider.System.GetUtcNow())), Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_product is not null)
            await _product.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task A_page_that_forbids_connections_is_handed_over_judged_and_confirmed()
    {
        var (project, link) = await LinkAsync("/post");
        await using var context = await NewContextAsync();
        var (tab, code) = await SignInAsync(context, project);
        await tab.GotoAsync(Theirs("/post"));
        Assert.Equal(
            "no", await tab.EvaluateAsync<string>($"fetch('{Ours}/health', {{ mode: 'no-cors' }}).then(() => 'yes', () => 'no')"));

        var ours = await tab.RunAndWaitForPopupAsync(() => tab.EvaluateAsync(code));
        await Assertions.Expect(ours.Locator("[data-told]")).ToContainTextAsync($"came from {Theirs("/post")}");
        await ours.ClickAsync("form[data-hand-over] button");
        await Assertions.Expect(ours).ToHaveURLAsync($"{Ours}/app/p/{project}/links/{link}#answer");
        await Assertions.Expect(ours.Locator("#answer")).ToContainTextAsync("Handed over from the browser of configured admin key");
        var proposed = await Product.Api.GetLinkAsync(project, link, Stop);
        await ours.ClickAsync("button:has-text(\"Confirm: I see it\")");
        await Assertions.Expect(ours.Locator("#answer")).ToContainTextAsync("seen by configured admin key");
        var confirmed = await Product.Api.GetLinkAsync(project, link, Stop);

        var page = proposed.GetProperty("handedPage");
        Assert.Equal(
            ("live", "bookmark", "written by a script"),
            (page.GetProperty("state").GetString(), page.GetProperty("way").GetString(),
                page.GetProperty("evidence").GetProperty("anchor").GetString()));
        Assert.Equal("seen", confirmed.GetProperty("answer").GetProperty("says").GetString());
        Assert.Equal(proposed.GetProperty("observation").ToString(), confirmed.GetProperty("observation").ToString());
        Assert.Empty((await Product.Api.GetAsync($"/api/v1/projects/{project}/human", Stop)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Forms_that_are_open_in_other_tabs_still_count_after_the_bookmark()
    {
        var (project, link) = await LinkAsync("/post");
        await using var context = await NewContextAsync();
        var (tab, code) = await SignInAsync(context, project);
        var open = await tab.Context.NewPageAsync();
        await open.GotoAsync($"{Ours}/app/p/{project}/links/{link}");
        await tab.GotoAsync(Theirs("/post"));
        var ours = await tab.RunAndWaitForPopupAsync(() => tab.EvaluateAsync(code));
        await Assertions.Expect(ours.Locator("[data-told]")).ToContainTextAsync("came from");

        await open.FillAsync("#answer textarea", "Not in mine.");
        await open.ClickAsync("button:has-text(\"It is gone\")");

        await Assertions.Expect(open.Locator("#answer")).ToContainTextAsync("gone, says configured admin key");
        await Assertions.Expect(open.Locator("#answer")).ToContainTextAsync("Not in mine.");
    }

    [Fact]
    public async Task A_page_that_is_cut_off_from_its_windows_is_told_and_pasting_offered()
    {
        var (project, _) = await LinkAsync("/alone");
        await using var context = await NewContextAsync();
        var (tab, code) = await SignInAsync(context, project);
        await tab.GotoAsync(Theirs("/alone"));

        var opened = tab.Context.WaitForPageAsync();
        await tab.EvaluateAsync(code);
        var ours = await opened;

        await Assertions.Expect(ours.Locator("[data-told]")).ToContainTextAsync("cannot be reached");
        await Assertions.Expect(ours.Locator("[data-told]")).ToContainTextAsync("paste the page's HTML");
    }

    [Fact]
    public async Task A_message_is_taken_only_from_the_tab_that_opened_the_window_and_only_for_its_own_site()
    {
        var (project, _) = await LinkAsync("/post");
        await using var context = await NewContextAsync();
        var (tab, _) = await SignInAsync(context, project);
        await tab.GotoAsync(Theirs("/post"));

        var ours = await tab.RunAndWaitForPopupAsync(() => tab.EvaluateAsync(
            $$"""
            (() => {
              const w = open("{{Ours}}/app/p/{{project}}/hand-over?from=bookmark");
              addEventListener("message", event => {
                if (event.data !== "linkmonitor-ready") return;
                const send = (url, html) => w.postMessage({ linkmonitor: "page", url, html }, "*");
                send("https://bank.example/", "of another site");
                send("javascript:alert(1)", "of no site");
                send(location.href, 7);
                send(location.href, "its own");
                send(location.href, "a second time");
              });
            })()
            """));

        await Assertions.Expect(ours.Locator("[data-told]")).ToContainTextAsync("Nothing is sent yet");
        Assert.Equal("its own", await ours.InputValueAsync("textarea[name=html]"));
        Assert.Equal(Theirs("/post"), await ours.InputValueAsync("input[name=url]"));
    }

    [Fact]
    public async Task A_page_of_another_address_is_not_judged_in_silence()
    {
        var (project, link) = await LinkAsync("/post");
        await using var context = await NewContextAsync();
        var (tab, _) = await SignInAsync(context, project);

        await tab.GotoAsync($"{Ours}/app/p/{project}/hand-over?link={link}");
        await tab.FillAsync("input[name=url]", Theirs("/other"));
        await tab.FillAsync("textarea[name=html]", Post());
        await tab.ClickAsync("form[data-hand-over] button");
        await Assertions.Expect(tab.Locator("[role=alert]")).ToContainTextAsync($"the link's page is {Theirs("/post")}");
        Assert.Equal("Null", (await Product.Api.GetLinkAsync(project, link, Stop)).GetProperty("handedPage").ValueKind.ToString());
        await tab.CheckAsync("input[name=elsewhere]");
        await tab.ClickAsync("form[data-hand-over] button");

        await Assertions.Expect(tab.Locator("#answer")).ToContainTextAsync($"from {Theirs("/other")}");
    }

    // The link is only in the document that a script has written: none of our fetches could see it.
    private static string Post() =>
        "<!doctype html><html><head><title>Lamps</title></head><body><h1>Lamps</h1><p>"
            + string.Concat(Enumerable.Repeat("Light is what a winter needs. ", 40))
            + "<span id=here></span></p><a href='/about'>About us</a></body></html>";

    private static Task AnswerAsync(HttpContext context, string? openerPolicy)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'nonce-a'; form-action 'none'; base-uri 'none'";
        if (openerPolicy is not null)
            context.Response.Headers["Cross-Origin-Opener-Policy"] = openerPolicy;
        return context.Response.WriteAsync(Post().Replace(
            "</body>",
            "<script nonce=a>here.innerHTML = '<a href=\"https://example.org/\">written by a script</a>'</script></body>",
            StringComparison.Ordinal));
    }

    private async Task<IBrowserContext> NewContextAsync() => await (await browsers.GetAsync(Stop)).NewContextAsync();

    private async Task<(string Project, string Link)> LinkAsync(string path)
    {
        var project = await Product.Api.CreateProjectAsync(new { name = "People", recipients = new[] { "anna@example.org" } }, Stop);
        var link = await UntoldLinks.AddAsync(
            Product, project, Theirs(path), CheckOutcome.Blocked, Product.Clock.GetUtcNow().AddDays(-3), Stop);
        return (project, link);
    }

    /// <summary>A tab of somebody who is signed in, and what their bookmark runs.</summary>
    private async Task<(IPage Tab, string Code)> SignInAsync(IBrowserContext context, string project)
    {
        var tab = await context.NewPageAsync();
        await tab.GotoAsync($"{Ours}/sign-in");
        await tab.FillAsync("input[name=key]", Product.AdminKey);
        await tab.ClickAsync("main button");
        await Assertions.Expect(tab).ToHaveURLAsync($"{Ours}/app");
        await tab.GotoAsync($"{Ours}/app/p/{project}/hand-over");
        var href = (await tab.Locator("a[data-bookmark]").GetAttributeAsync("href"))!;
        Assert.StartsWith("javascript:", href, StringComparison.Ordinal);
        return (tab, Uri.UnescapeDataString(href["javascript:".Length..]));
    }
}
