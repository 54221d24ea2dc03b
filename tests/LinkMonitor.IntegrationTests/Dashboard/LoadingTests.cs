using LinkMonitor.Dashboard.Pages;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Snapshots;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>What is shown while the links of a large project are read for the first time (<see cref="LoadingPage"/>).</summary>
public sealed class LoadingTests(BrowserFixture browsers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_that_waits_for_its_links_says_so_and_goes_on_by_itself_with_its_filter(bool script)
    {
        var (clock, gate) = (new ManualTimeProvider(TimeProvider.System.GetUtcNow()), new GateHook());
        await using var product = await Product.StartAsync(ProductSettings.InMemory(clock).Through(gate), Token);
        await using var window = await (await browsers.GetAsync(Token)).NewContextAsync(
            new() { BaseURL = product.Api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority), JavaScriptEnabled = script });
        var tab = await DashboardFixture.SignInAsync(window);

        // Only now: the page of projects, where one lands, reads the links of all.
        var project = await product.Api.CreateProjectAsync(new { name = "Large" }, Token);
        await product.Api.RegisterAsync(project, new { page = "https://one.example/", target = "https://example.org/" }, Token);
        gate.Close();

        var opened = tab.GotoAsync($"/app/p/{project}/links?q=state:pending", new() { WaitUntil = WaitUntilState.Commit });
        await gate.Reached.WaitAsync(TimeSpan.FromSeconds(30), Token);
        while (!opened.IsCompleted)
        {
            clock.Advance(LinkLists.Patience);
            await Task.Yield();
            Token.ThrowIfCancellationRequested();
        }

        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "The links are being read" })).ToBeVisibleAsync();
        await Expect(tab.Locator("main")).ToContainTextAsync("No link has come yet, after 5 seconds: the storage is slow to answer.");
        gate.Open();

        await Expect(tab.Locator("caption")).ToHaveTextAsync("1 link", new() { Timeout = 20_000 });
        await Expect(tab.GetByLabel("Filter")).ToHaveValueAsync("state:pending");
    }

    /// <summary>Holds readings of links back while it is closed.</summary>
    private sealed class GateHook : StorageHook
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isClosed;

        public Task Reached => _reached.Task;

        public void Close() => _isClosed = true;

        public void Open()
        {
            _isClosed = false;
            _open.SetResult();
        }

        public override async Task BeforeAsync(StorageCall call)
        {
            if (!_isClosed || call.Operation != "QueryAsync" || call.Rows?.Contains("link:", StringComparison.Ordinal) is not true)
                return;
            _reached.TrySetResult();
            await _open.Task;
        }
    }
}
