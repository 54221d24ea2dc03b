using System.Collections.Concurrent;
using LinkMonitor.Engine.Urls;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>The pages of a host, before several processes, and while they are asked for or removed.</summary>
public sealed class HostRunTests
{
    private const string Html =
        "<!doctype html><title>Post</title><p>Some words around <a href='http://127.0.0.1:9/'>Example</a> make it a page.</p>";
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, 120)]
    [InlineData(3, 500)]
    public async Task Several_processes_ask_a_host_one_after_the_other_and_every_page_once(int processes, int pages)
    {
        var pause = TimeSpan.FromMilliseconds(10);
        await using var web = await LocalWeb.StartAsync(Stop);
        var settings = InMemory("LinkMonitor:Monitoring:HostPause", pause.ToString("c", null));
        var asked = new AskedHost(settings.Clock);
        web.Map("/robots.txt", asked.MissingAsync).Map("/p/*", asked.AnswerAsync);
        var products = await StartAsync(settings, processes);
        var store = products[0].Get<IPageStore>();
        var project = new ProjectId(await products[0].Api.CreateProjectAsync(new { name = "Runs" }, Stop));
        for (var page = 0; page < pages; page++)
            await store.WatchAsync(Url(web.Url($"/p/{page}")), project, new LinkId($"lnk_{page}"), settings.Clock.GetUtcNow(), Stop);

        await Task.WhenAll(products.Select(product => product.TickAsync("ScheduleChecks", Stop)));
        using var time = new FlowingTime(settings.Clock);
        await Task.WhenAll(products.Select(product => time.UntilAsync(
            () => product.DeliverOneAsync("CheckPage", Stop), () => asked.Pages.Count >= pages && asked.Inside == 0, Stop)));

        Assert.Equal(
            Enumerable.Range(0, pages).Select(page => $"/p/{page}").Order(StringComparer.Ordinal),
            asked.Pages.Order(StringComparer.Ordinal));
        Assert.Equal((1, 1), (asked.MostInside, asked.RobotsAsked));
        Assert.True(asked.ShortestGap >= pause, $"Two requests were only {asked.ShortestGap.TotalMilliseconds} ms apart.");
        foreach (var product in products)
            await product.DisposeAsync();
    }

    [Fact]
    public async Task Pages_that_are_asked_for_while_another_of_their_host_is_checked_come_next()
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        web.MapHtml("/p/*", Html);
        var settings = InMemory() with { Names = new LoopbackNames() };
        await using var product = await Product.StartAsync(settings, Stop);
        var (store, schedule) = (product.Get<IPageStore>(), product.Get<PageSchedule>());
        var project = new ProjectId(await product.Api.CreateProjectAsync(new { name = "Now", checkTargets = false }, Stop));
        var pages = Enumerable.Range(0, 4).Select(page => Url(web.Url("blog.example", $"/p/{page}"))).ToList();
        foreach (var page in pages)
            await ManyOnAPage.RegisterAsync(product, project, page, 1, Stop);
        await product.RoundAsync(Stop);
        web.Map("/p/0", async context =>
        {
            foreach (var page in pages.Skip(1))
                await schedule.EnqueueNowAsync(PageRowKeys.For(page), Stop);
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync(Html);
        });
        settings.Clock.Advance(TimeSpan.FromHours(1));
        var asked = settings.Clock.GetUtcNow();

        await schedule.EnqueueNowAsync(PageRowKeys.For(pages[0]), Stop);
        await product.DeliverAllAsync("CheckPage", Stop);

        // No tick of the schedule came in between.
        foreach (var page in pages)
            Assert.Equal(asked, (await store.GetAsync(PageRowKeys.For(page), Stop))!.LastCheckedAt);
    }

    [Fact]
    public async Task A_page_that_is_watched_again_while_it_is_removed_is_checked_all_the_same()
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        web.MapHtml("/p/*", Html);
        var marked = new AfterReplaceHook();
        var settings = InMemory() with { Names = new LoopbackNames() };
        await using var product = await Product.StartAsync(settings.Through(marked), Stop);
        var (page, store) = (Url(web.Url("blog.example", "/p/1")), product.Get<IPageStore>());
        var project = new ProjectId(await product.Api.CreateProjectAsync(new { name = "Again" }, Stop));
        await store.WatchAsync(page, project, new LinkId("lnk_old"), settings.Clock.GetUtcNow(), Stop);
        await store.UnwatchAsync(PageRowKeys.For(page), project, new LinkId("lnk_old"), Stop);

        // A registration that read the page before it was marked finds it due already, and writes no more than its watch.
        var watch = WatchRow.Write(PageRowKeys.For(page), project, new LinkId("lnk_new"), settings.Clock.GetUtcNow());
        marked.Once = () => ((ITableService)settings.Memory!).Open(TableNames.Pages).PutAsync(watch, Stop);
        await product.RoundAsync(Stop);

        Assert.Null(marked.Once);
        Assert.NotNull((await store.GetAsync(PageRowKeys.For(page), Stop))?.LastCheckedAt);
    }

    private static ProductSettings InMemory(params string[] more) => ProductSettings.InMemory() with
    {
        More = more.Chunk(2).ToDictionary(pair => pair[0], pair => (string?)pair[1]),
    };

    private static WebUrl Url(string text) => StorageSamples.Url(text);

    private static async Task<List<Product>> StartAsync(ProductSettings settings, int count)
    {
        List<Product> products = [];
        for (var number = 0; number < count; number++)
            products.Add(await Product.StartAsync(settings, Stop));
        return products;
    }

    /// <summary>A host that counts who is there at once, and how soon one comes after the other.</summary>
    private sealed class AskedHost(TimeProvider clock)
    {
        private readonly Lock _lock = new();
        private DateTimeOffset? _leftAt;

        public ConcurrentBag<string> Pages { get; } = [];

        public int Inside { get; private set; }

        public int MostInside { get; private set; }

        public int RobotsAsked { get; private set; }

        public TimeSpan ShortestGap { get; private set; } = TimeSpan.MaxValue;

        public Task MissingAsync(HttpContext context) => PassAsync(() =>
        {
            RobotsAsked++;
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

        public Task AnswerAsync(HttpContext context) => PassAsync(() =>
        {
            Pages.Add(context.Request.Path);
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(Html);
        });

        private async Task PassAsync(Func<Task> answer)
        {
            lock (_lock)
            {
                MostInside = Math.Max(MostInside, ++Inside);
                if (clock.GetUtcNow() - _leftAt is { } gap && gap < ShortestGap)
                    ShortestGap = gap;
            }

            await answer();
            lock (_lock)
            {
                Inside--;
                _leftAt = clock.GetUtcNow();
            }
        }
    }

    /// <summary>Lets something happen right after a page was marked as being removed.</summary>
    private sealed class AfterReplaceHook : StorageHook
    {
        public Func<Task>? Once { get; set; }

        public override async Task AfterAsync(StorageCall call)
        {
            if (Once is { } once && call is { Place: TableNames.Pages, Operation: nameof(ITable.ReplaceAsync) })
            {
                Once = null;
                await once();
            }
        }
    }
}
