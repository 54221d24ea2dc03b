using LinkMonitor.IntegrationTests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// The one browser of a test run, started by the first who asks. Take it as a constructor parameter, and open a context of your own, which
/// shares nothing with those of others.
/// </summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <exception cref="InvalidOperationException">It is not installed, and cannot be.</exception>
    public async Task<IBrowser> GetAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_browser is not null)
                return _browser;
            var executable = await Chromium.EnsureInstalledAsync(cancellationToken);
            _playwright ??= await Playwright.CreateAsync();
            return _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = executable,
                Headless = true,
                // Two processes for all tabs: one for each would cost a tenth more of the CPU of these tests.
                Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--renderer-process-limit=2"],
            });
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _oneAtATime.Dispose();
    }
}
