using LinkMonitor.Engine.Urls;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Options;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>A host with very many pages and a page with very many links, beside others.</summary>
[TakesLong]
public sealed class LargeHostTests
{
    private const string Html =
        "<!doctype html><title>Post</title><p>Some words around <a href='http://127.0.0.1:9/'>Example</a> make it a page.</p>";
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_with_twenty_thousand_due_pages_keeps_nobody_waiting()
    {
        const int pages = 20_000;
        const int others = 1_000;
        await using var web = await LocalWeb.StartAsync(Stop);
        web.MapHtml("/p/*", Html);
        var settings = ProductSettings.InMemory() with { Names = new LoopbackNames() };
        await using var product = await Product.StartAsync(settings, Stop);
        var store = product.Get<IPageStore>();
        var now = settings.Clock.GetUtcNow();
        var project = new ProjectId(await product.Api.CreateProjectAsync(new { name = "Large" }, Stop));
        var atATime = IPageStore.MostNewRows / (IPageStore.RowsOfPage + 1);
        await Parallel.ForEachAsync(Enumerable.Range(0, pages).Chunk(atATime), Stop, async (some, token) =>
            Assert.True(await store.TryWatchNewAsync(
                project, [.. some.Select(page => (Url(web.Url("big.example", $"/p/{page}")), new LinkId($"lnk_{page}")))], now.AddDays(-1),
                token)));
        var other = Enumerable.Range(0, others).Select(page => Url(web.Url($"other{page}.example", "/p/1"))).ToList();
        foreach (var url in other)
            await store.WatchAsync(url, project, new LinkId("lnk_other"), now, Stop);

        await product.TickAsync("ScheduleChecks", Stop);
        Assert.Equal(others + 1, settings.Memory!.Messages(QueueNames.PageChecks).Count);
        for (var message = 0; message <= others; message++)
            Assert.True(await product.DeliverOneAsync("CheckPage", Stop));

        // Not a minute has passed by the clock, for which every message was there at once.
        foreach (var url in other)
            Assert.Equal(now, (await store.GetAsync(PageRowKeys.For(url), Stop))!.LastCheckedAt);
        var first = await store.ReadHostAsync(HostRowKeys.For("big.example"), 1, Stop);
        Assert.True(first.State!.IsRunAlive(now));
    }

    [Fact]
    public async Task A_page_with_six_thousand_links_on_slow_storage_outlives_neither_its_round_nor_its_lease()
    {
        const int links = 6_000;
        await using var web = await LocalWeb.StartAsync(Stop);
        web.MapHtml("/p/*", Html);
        var slow = new SlowStorage();
        var settings = ProductSettings.InMemory() with { Names = new LoopbackNames() };
        await using var product = await Product.StartAsync(settings.Through(slow), Stop);
        var project = new ProjectId(await product.Api.CreateProjectAsync(new { name = "Many", checkTargets = false }, Stop));
        var big = Url(web.Url("big.example", "/p/1"));
        var other = Url(web.Url("other.example", "/p/1"));
        var ids = await ManyOnAPage.RegisterAsync(product, project, big, links, Stop);
        await product.Get<IPageStore>().WatchAsync(other, project, new LinkId("lnk_other"), settings.Clock.GetUtcNow(), Stop);
        var options = product.Get<IOptions<MonitoringOptions>>().Value;
        var started = settings.Clock.GetUtcNow();

        slow.Clock = settings.Clock;
        await product.TickAsync("ScheduleChecks", Stop);
        var longest = TimeSpan.Zero;
        for (var now = settings.Clock.GetUtcNow(); await product.DeliverOneAsync("CheckPage", Stop); now = settings.Clock.GetUtcNow())
            longest = settings.Clock.GetUtcNow() - now is var took && took > longest ? took : longest;
        slow.Clock = null;

        Assert.True(longest > options.RoundBudget - TimeSpan.FromMinutes(1), $"The storage is not slow enough for the test: {longest}.");
        Assert.True(longest < options.RoundBudget + TimeSpan.FromMinutes(1), $"A round took {longest}.");
        foreach (var id in ids)
            Assert.True((await product.Get<ILinkStore>().GetAsync(project, id, Stop))!.Status.LastCheckedAt >= started);
        Assert.NotNull((await product.Get<IPageStore>().GetAsync(PageRowKeys.For(other), Stop))!.LastCheckedAt);
    }

    private static WebUrl Url(string text) => StorageSamples.Url(text);

    /// <summary>Every call to storage takes its time by the product's clock.</summary>
    private sealed class SlowStorage : StorageHook
    {
        public ManualTimeProvider? Clock { get; set; }

        public override Task BeforeAsync(StorageCall call)
        {
            Clock?.Advance(TimeSpan.FromMilliseconds(75));
            return Task.CompletedTask;
        }
    }
}
