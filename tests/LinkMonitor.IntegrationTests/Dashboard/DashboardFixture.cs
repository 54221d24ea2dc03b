using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Testing;
using Microsoft.Playwright;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>The product with its storage in memory, pages of the web on loopback, and a browser that looks at the dashboard.</summary>
public sealed class DashboardFixture(BrowserFixture browsers) : IAsyncLifetime
{
    private IBrowser? _browser;
    private Product? _product;
    private LocalWeb? _web;

    public Product Product => _product ?? throw new InvalidOperationException("The product is not running.");

    public LocalWeb Web => _web ?? throw new InvalidOperationException("The web is not running.");

    public string Origin => Product.Api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    private IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser is not running.");

    public async ValueTask InitializeAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        // The browser has a clock of its own: cookies of a product in another month would have ended.
        _product = await Product.StartAsync(ProductSettings.InMemory(new ManualTimeProvider(TimeProvider.System.GetUtcNow())), stop);
        _web = await LocalWeb.StartAsync(stop);
        _browser = await browsers.GetAsync(stop);
    }

    /// <summary>A window of somebody who has not signed in.</summary>
    /// <param name="script">False switches JavaScript off.</param>
    public Task<IBrowserContext> OpenAsync(bool script = true, ColorScheme scheme = ColorScheme.Light, int width = 1280) =>
        Browser.NewContextAsync(new()
        {
            BaseURL = Origin,
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            Locale = "en-US",
            ViewportSize = new() { Width = width, Height = 900 },
        });

    /// <summary>Signs a window in with a key, by the form.</summary>
    public static async Task<IPage> SignInAsync(IBrowserContext context, string key = Product.AdminKey)
    {
        var tab = await context.NewPageAsync();
        tab.SetDefaultTimeout(15_000);
        await tab.GotoAsync("/sign-in");
        await tab.GetByLabel("Your key").FillAsync(key);
        await tab.Locator("main button").ClickAsync();

        // Not the load event: when it has passed already, Playwright waits for another one.
        await tab.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        return tab;
    }

    /// <summary>Makes a key.</summary>
    /// <param name="project">The only project it opens; null for all.</param>
    internal async Task<string> KeyAsync(string name, ApiKeyScope scope, ProjectId? project, CancellationToken cancellationToken)
    {
        var projects = project is { } only ? ProjectSet.Of([only]) : ProjectSet.All;
        return (await Product.Get<KeyRing>().IssueAsync(name, scope, projects, new Author("test", "test"), cancellationToken)).Secret.Text;
    }

    /// <summary>A page that carries a link, with enough text to be one.</summary>
    /// <returns>Its URL.</returns>
    public string Page(string path, string link)
    {
        Web.MapHtml(path, $"<!doctype html><title>A post</title><p>Some words around {link} make it a page.</p>");
        return Web.Url(path);
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
            await _web.DisposeAsync();
        if (_product is not null)
            await _product.DisposeAsync();
    }
}
