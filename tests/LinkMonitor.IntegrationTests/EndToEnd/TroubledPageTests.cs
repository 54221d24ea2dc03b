using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>Every kind of storage call of the checks fails, or hangs, for one host, for one page, and for one project.</summary>
public sealed class TroubledPageTests
{
    private const string Html =
        "<!doctype html><title>Post</title><p>Some words around <a href='http://127.0.0.1:9/'>Example</a> make it a page.</p>";
    private const int Hosts = 4;

    // In real time: whatever hangs by mistake, the test ends.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_other_pages_are_checked_within_the_minute_and_it_is_checked_when_all_works_again(bool hangs)
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        web.MapHtml("/p", Html);
        var trouble = new TroubleHook();
        var settings = ProductSettings.InMemory() with { Names = new LoopbackNames() };
        await using var product = await Product.StartAsync(settings.Through(trouble), Stop);
        var pages = Enumerable.Range(0, Hosts).Select(host => web.Url($"host{host}.example", "/p")).ToList();
        foreach (var page in pages)
        {
            var project = await product.Api.CreateProjectAsync(new { name = "Troubled" }, Stop);
            await product.Api.RegisterForScheduleAsync(project, new { page, target = "http://127.0.0.1:9/" }, Stop);
        }

        var victim = StorageSamples.Url(pages[0]);
        string[] marks = [HostRowKeys.For(victim).HostId, PageRowKeys.For(victim).PageId, (await product.Get<IPageStore>()
            .ReadWatchersAsync(PageRowKeys.For(victim), Stop).FirstAsync(Stop)).ProjectId.Value];
        string[] others = [.. pages.Skip(1).Select(page => HostRowKeys.For(StorageSamples.Url(page)).HostId)];
        List<string> wrong = [];
        var struck = 0;
        foreach (var mark in marks)
        {
            trouble.Watch(mark);
            await product.RoundAsync(Stop);
            foreach (var call in trouble.Met)
            {
                product.Clock.Advance(TimeSpan.FromDays(1.5));
                var start = product.Clock.GetUtcNow();
                trouble.Arm(mark, call, hangs);
                var left = await RoundAsync(product, trouble, others);
                wrong.AddRange(
                    (await UncheckedAsync(product, pages.Skip(1), start)).Select(page => $"{call} of {mark}: {page} was not checked."));
                struck += trouble.HasStruck ? 1 : 0;
                trouble.Disarm();
                trouble.EndHangs();
                await left.WaitAsync(Patience, Stop);

                // Longer than any lease.
                for (var round = 0; round < 2; round++)
                    await product.RoundAfterAsync(TimeSpan.FromHours(2), Stop);
                wrong.AddRange(
                    (await UncheckedAsync(product, pages, start)).Select(page => $"{call} of {mark}: {page} was never checked."));
            }

            product.Clock.Advance(TimeSpan.FromDays(1.5));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(struck >= 7, $"Only {struck} calls failed; the test does not test.");
    }

    /// <summary>A tick and the checks that it leads to. The clock stands still.</summary>
    /// <returns>What hangs, together.</returns>
    private static async Task<Task> RoundAsync(Product product, TroubleHook trouble, string[] others)
    {
        var tick = IgnoreAsync(product.TickAsync("ScheduleChecks", Stop));
        await Task.WhenAny(tick, trouble.NextHangAsync(Stop)).WaitAsync(Patience, Stop);
        await trouble.SentAsync(others, Stop).WaitAsync(Patience, Stop);
        List<(string Message, Task Check)> checks = [];
        while (await TakeAsync(product) is { } message)
            checks.Add((message, IgnoreAsync(product.RunAsync("CheckPage", message, Stop))));
        foreach (var (message, check) in checks)
            await (others.Any(message.Contains) ? check : Task.WhenAny(check, trouble.NextHangAsync(Stop))).WaitAsync(Patience, Stop);
        return Task.WhenAll(checks.Select(one => one.Check).Append(tick));
    }

    private static async Task<List<string>> UncheckedAsync(Product product, IEnumerable<string> pages, DateTimeOffset since)
    {
        List<string> left = [];
        foreach (var page in pages)
        {
            var stored = await product.Get<IPageStore>().GetAsync(PageRowKeys.For(StorageSamples.Url(page)), Stop);
            if (!(stored?.LastCheckedAt >= since))
                left.Add(page);
        }

        return left;
    }

    private static async Task<string?> TakeAsync(Product product)
    {
        try
        {
            return await product.TakeAsync("CheckPage", Stop);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // A run that fails is the host's business: its message comes again, or the schedule finds what it was about.
    private static async Task IgnoreAsync(Task run)
    {
        try
        {
            await run;
        }
        catch (Exception) when (!Stop.IsCancellationRequested)
        {
        }
    }
}
