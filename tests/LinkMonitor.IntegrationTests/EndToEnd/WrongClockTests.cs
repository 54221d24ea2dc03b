using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>A machine whose clock was a month ahead, and what comes after it.</summary>
public sealed class WrongClockTests
{
    private const string Html =
        "<!doctype html><title>Post</title><p>Some words around <a href='http://127.0.0.1:9/'>Example</a> make it a page.</p>";
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_and_hosts_that_it_left_a_month_ahead_are_checked_within_two_hours_and_it_is_said()
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        web.MapHtml("/p", Html);
        var right = new ManualTimeProvider(StorageSamples.Noon);
        var settings = ProductSettings.InMemory(right) with { Names = new LoopbackNames() };
        var (seen, begun) = (web.Url("seen.example", "/p"), web.Url("begun.example", "/p"));
        string project;
        await using (var wrong = await Product.StartAsync(
            settings with { Clock = new ManualTimeProvider(StorageSamples.Noon + Ahead) }, Stop))
        {
            project = await wrong.Api.CreateProjectAsync(new { name = "Clocks" }, Stop);
            await wrong.Api.RegisterAsync(project, new { page = seen, target = "http://127.0.0.1:9/" }, Stop);
            await wrong.RoundAsync(Stop);

            // The run of another host begins, and its message is lost.
            await wrong.Api.RegisterAsync(project, new { page = begun, target = "http://127.0.0.1:9/" }, Stop);
            await wrong.TickAsync("ScheduleChecks", Stop);
            await wrong.TakeAsync("CheckPage", Stop);
        }

        await using var product = await Product.StartAsync(settings, Stop);
        await product.RoundAsync(Stop);
        Assert.True(await LastCheckedAsync(product, seen) > right.GetUtcNow());
        Assert.Null(await LastCheckedAsync(product, begun));
        for (var minute = 0; minute < 120; minute++)
        {
            right.Advance(TimeSpan.FromMinutes(1));
            await product.TickAsync("MendTimes", Stop);
            await product.RoundAsync(Stop);
        }

        Assert.InRange((await LastCheckedAsync(product, seen))!.Value, StorageSamples.Noon, right.GetUtcNow());
        Assert.InRange((await LastCheckedAsync(product, begun))!.Value, StorageSamples.Noon, right.GetUtcNow());
        var listed = (await product.Get<ISetAsideStore>().ListAsync(100, null, Stop)).Items
            .Select(entry => entry.Note.Name.ToString())
            .ToList();
        Assert.Contains($"clock: schedule of shard {HostRowKeys.For("seen.example").Shard}", listed);
        Assert.Contains($"clock: schedule of shard {HostRowKeys.For("begun.example").Shard}", listed);
    }

    [Fact]
    public async Task What_is_due_as_it_should_be_stays_as_it_is()
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        web.MapHtml("/p", Html);
        var settings = ProductSettings.InMemory() with { Names = new LoopbackNames() };
        await using var product = await Product.StartAsync(settings, Stop);
        var project = await product.Api.CreateProjectAsync(new { name = "Clocks", checkEveryMinutes = 30 * 24 * 60 }, Stop);
        await product.Api.RegisterAsync(project, new { page = web.Url("seen.example", "/p"), target = "http://127.0.0.1:9/" }, Stop);
        await product.RoundAsync(Stop);
        await product.Api.RegisterAsync(project, new { page = web.Url("begun.example", "/p"), target = "http://127.0.0.1:9/" }, Stop);
        await product.TickAsync("ScheduleChecks", Stop);
        var before = (await product.RowsAsync("Pages", Stop)).Select(row => (row.RowKey, row.ETag)).ToList();

        for (var minute = 0; minute < HostRowKeys.ShardCount; minute++)
        {
            await product.TickAsync("MendTimes", Stop);
            settings.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(before, (await product.RowsAsync("Pages", Stop)).Select(row => (row.RowKey, row.ETag)));
        Assert.Empty((await product.Get<ISetAsideStore>().ListAsync(100, null, Stop)).Items);
    }

    private static async Task<DateTimeOffset?> LastCheckedAsync(Product product, string page) =>
        (await product.Get<IPageStore>().GetAsync(PageRowKeys.For(StorageSamples.Url(page)), Stop))?.LastCheckedAt;
}
