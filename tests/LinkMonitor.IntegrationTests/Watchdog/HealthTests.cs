using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Watchdog;

/// <summary>What <c>/health</c> says of a product that works but does not keep up.</summary>
public sealed class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Product_that_has_nothing_to_do_is_well()
    {
        await using var product = await StartAsync(ProductSettings.InMemory());

        var health = await ReadAsync(product);

        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.Equal("ok", health.GetProperty("storage").GetString());
        Assert.Equal("0.1.0", health.GetProperty("version").GetString());
        Assert.Empty(health.GetProperty("late").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, health.GetProperty("oldestDuePage").ValueKind);
        Assert.Equal(
            [("page-checks", 0, 0), ("alerts", 0, 0), ("imports", 0, 0)],
            health.GetProperty("queues").EnumerateArray().Select(queue => (
                queue.GetProperty("name").GetString()!,
                queue.GetProperty("messages").GetInt32(),
                queue.GetProperty("poisoned").GetInt32())));
    }

    [Fact]
    public async Task Page_that_is_due_too_long_is_late_until_it_is_on_the_queue()
    {
        await using var product = await StartAsync(ProductSettings.InMemory());
        await RegisterAsync(product, "http://a-secret-page.example/post");

        product.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(("ok", 600), await OldestDueAsync(product));
        product.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("degraded", 660), await OldestDueAsync(product));
        Assert.Equal(["oldestDuePage"], await LateAsync(product));

        await product.TickAsync("ScheduleChecks", Token);
        product.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await LateAsync(product));
    }

    [Fact]
    public async Task Message_that_nobody_takes_is_late_and_so_are_poisoned_ones()
    {
        await using var product = await StartAsync(ProductSettings.InMemory());
        await RegisterAsync(product, "http://a-secret-page.example/post");
        await product.TickAsync("ScheduleChecks", Token);
        var poison = product.Queues.Open(QueueNames.Alerts + QueueNames.PoisonSuffix);
        for (var i = 0; i < 11; i++)
            await poison.SendAsync("{}", TimeSpan.Zero, Token);

        product.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(["poisoned"], await LateAsync(product));
        product.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains("oldestMessage", await LateAsync(product));
        var queues = (await ReadAsync(product)).GetProperty("queues");
        Assert.Equal((960, 11), (queues[0].GetProperty("oldestMessage").GetInt32(), queues[1].GetProperty("poisoned").GetInt32()));
    }

    [Fact]
    public async Task Message_that_was_sent_for_later_does_not_wait_before_its_time()
    {
        await using var product = await StartAsync(ProductSettings.InMemory());
        await product.Get<IWorkQueues>().SendAlertNudgeAsync(new("prj_a"), TimeSpan.FromDays(5), Token);

        product.Clock.Advance(TimeSpan.FromDays(5) + TimeSpan.FromMinutes(1));

        Assert.Equal(60, (await ReadAsync(product)).GetProperty("queues")[1].GetProperty("oldestMessage").GetInt32());
    }

    [Fact]
    public async Task Change_that_waits_to_be_told_shows_after_the_next_sweep_and_so_does_a_sweep_that_does_not_come()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        var blog = new WatchedBlog(web);
        await using var product = await StartAsync(ProductSettings.InMemory());
        var project = await ToldProject.StartAsync(product, blog, 1, new { name = "P", recipients = new[] { "a@example.org" } }, Token);
        await project.ConfirmAsync("no link", Token);
        Assert.Equal(1, await project.OutboxAsync(Token));

        product.Clock.Advance(TimeSpan.FromMinutes(61));
        await product.TickAsync("SweepAlerts", Token);
        var late = await LateAsync(product);
        product.Clock.Advance(TimeSpan.FromMinutes(31));
        var health = await ReadAsync(product);

        Assert.Contains("oldestOutboxRow", late);
        Assert.Equal(92 * 60, health.GetProperty("oldestOutboxRow").GetInt32());
        Assert.Equal(31 * 60, health.GetProperty("lastSweep").GetInt32());
        Assert.Contains("lastSweep", health.GetProperty("late").EnumerateArray().Select(name => name.GetString()));
        await project.TellAsync(Token);
        await product.TickAsync("SweepAlerts", Token);
        product.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(product)).GetProperty("oldestOutboxRow").ValueKind);
    }

    [Fact]
    public async Task Probes_share_one_look_and_it_shows_nothing_of_what_is_watched()
    {
        var calls = new CountingHook();
        var settings = ProductSettings.InMemory().Through(calls);
        await using var product = await StartAsync(settings);
        await RegisterAsync(product, "http://a-secret-page.example/post");
        calls.Reset();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ReadAsync(product)));

        // One for each probe, and one read: the shards, the sweep, and the queues with their poison queues.
        Assert.Equal(50 + 64 + 1 + (2 * QueueNames.All.Count), calls.Count);
        Assert.All(answers, answer => Assert.DoesNotContain("secret", answer.GetRawText(), StringComparison.Ordinal));
        product.Clock.Advance(TimeSpan.FromSeconds(31));
        await ReadAsync(product);
        Assert.Equal(51 + (2 * (64 + 1 + (2 * QueueNames.All.Count))), calls.Count);
    }

    private static Task<Product> StartAsync(ProductSettings settings) => Product.StartAsync(settings, Token);

    private static async Task RegisterAsync(Product product, string page)
    {
        var project = await product.Api.CreateProjectAsync(new { name = "A secret project" }, Token);
        await product.Api.RegisterForScheduleAsync(project, new { page, target = WatchedBlog.Target }, Token);
    }

    private static Task<JsonElement> ReadAsync(Product product) => product.Api.GetAsync("/health", Token);

    private static async Task<(string Status, int Seconds)> OldestDueAsync(Product product)
    {
        var health = await ReadAsync(product);
        return (health.GetProperty("status").GetString()!, health.GetProperty("oldestDuePage").GetInt32());
    }

    private static async Task<IReadOnlyList<string>> LateAsync(Product product) =>
        [.. (await ReadAsync(product)).GetProperty("late").EnumerateArray().Select(name => name.GetString()!)];

    private sealed class CountingHook : StorageHook
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Reset() => Volatile.Write(ref _count, 0);

        public override Task BeforeAsync(StorageCall call)
        {
            Interlocked.Increment(ref _count);
            return Task.CompletedTask;
        }
    }
}
