using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using Microsoft.Playwright;

namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>Shows every page to one browser with scripting off, once for all tests, and to our reader when asked.</summary>
public sealed class ParityRun : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];

    private readonly Dictionary<string, BrowserPage> _seen = [];
    private readonly PageFetcher _fetcher = new(new FetchOptions { AllowPrivateNetworks = true }, null, TimeProvider.System);
    private LocalWeb _web = null!;

    public BrowserPage Seen(ParityPage page) => _seen[page.Name];

    public async Task<Observation> ObserveAsync(ParityPage page, CancellationToken cancellationToken)
    {
        if (!WebUrl.TryParse(_web.Url(page.Path), out var url))
            throw new InvalidOperationException($"{page.Path} is no path.");
        return Observer.Observe(await _fetcher.FetchAsync(url, cancellationToken), cancellationToken);
    }

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _web = await LocalWeb.StartAsync(cancellationToken);
        var executable = await Chromium.EnsureInstalledAsync(cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        // Launched anew, Playwright gives it an empty profile.
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = executable, Headless = true, Args = Flags });
        await using var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false, Locale = "en-US" });
        var tab = await context.NewPageAsync();
        var script = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Reading", "BrowserLinks.js"), cancellationToken);
        foreach (var page in HandMadePages.All.Concat(GeneratedPages.All))
        {
            page.Serve(_web);
            await tab.GotoAsync(_web.Url(page.Path), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            _seen[page.Name] = BrowserPage.Parse(await tab.EvaluateAsync<string>(script));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        await _web.DisposeAsync();
    }
}
