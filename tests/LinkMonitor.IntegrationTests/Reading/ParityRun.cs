using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using Microsoft.Playwright;

namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>
/// What a browser with scripting off answered about every page, and what our reader sees of it. The browser itself is only asked when
/// <see cref="KeptAnswers.AskAgain"/> is set.
/// </summary>
public sealed class ParityRun : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];

    private static readonly BrowserNewContextOptions Context = new() { JavaScriptEnabled = false, Locale = "en-US" };

    private readonly PageFetcher _fetcher = new(new FetchOptions { AllowPrivateNetworks = true }, null, TimeProvider.System);
    private LocalWeb _web = null!;
    private KeptAnswers _answers = null!;

    private static string AnswersFile =>
        Path.Combine(RepositoryRoot.Path, "tests", "LinkMonitor.IntegrationTests", "Reading", "Answers", "chromium.jsonl");

    private string Host => new Uri(_web.Origin).Authority;

    /// <exception cref="InvalidOperationException">The browser was not asked about the page as it is now.</exception>
    public BrowserPage Seen(ParityPage page) => _answers.Find(page, Host);

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
        foreach (var page in Pages)
            page.Serve(_web);
        var script = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Reading", "BrowserLinks.js"), cancellationToken);
        var question = $"{script.ReplaceLineEndings("\n")}\n{string.Join(' ', Flags)} {Context.JavaScriptEnabled} {Context.Locale}";
        if (Approved.IsAccepted(
            Environment.GetEnvironmentVariable(KeptAnswers.AskAgain), Environment.GetEnvironmentVariable("CI")))
        {
            _answers = new KeptAnswers(question, []);
            await AskAsync(script, cancellationToken);
            await File.WriteAllLinesAsync(AnswersFile, _answers.Lines, cancellationToken);
        }
        else
        {
            _answers = new KeptAnswers(question, await File.ReadAllLinesAsync(AnswersFile, cancellationToken));
        }
    }

    private static IEnumerable<ParityPage> Pages => HandMadePages.All.Concat(GeneratedPages.All);

    private async Task AskAsync(string script, CancellationToken cancellationToken)
    {
        var executable = await Chromium.EnsureInstalledAsync(cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        // Launched anew, Playwright gives it an empty profile.
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = executable, Headless = true, Args = Flags });
        await using var context = await browser.NewContextAsync(Context);
        var tab = await context.NewPageAsync();
        foreach (var page in Pages)
        {
            await tab.GotoAsync(_web.Url(page.Path), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            _answers.Keep(page, Host, await tab.EvaluateAsync<string>(script));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        await _web.DisposeAsync();
    }
}
