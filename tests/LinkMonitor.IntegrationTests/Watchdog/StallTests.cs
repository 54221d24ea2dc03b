using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Watchdog;

/// <summary>The operator hears, once, that nothing is checked any more.</summary>
public sealed class StallTests : IAsyncLifetime
{
    private readonly string _outbox = Directory.CreateTempSubdirectory("linkmonitor-stall-").FullName;
    private Product _product = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var operators = new Dictionary<string, string?> { ["LinkMonitor:Alerts:Operators"] = "operator@example.org" };
        _product = await Product.StartAsync(ProductSettings.InMemory() with { MailFolder = _outbox, More = operators }, Token);
        var project = await _product.Api.CreateProjectAsync(new { name = "Stalled" }, Token);
        await _product.Api.RegisterAsync(project, new { page = "http://a.example/post", target = WatchedBlog.Target }, Token);
    }

    [Fact]
    public async Task Schedule_that_stands_still_is_told_once_until_it_moves_again()
    {
        await WatchAfterAsync(30);
        Assert.Empty(await NoticesAsync());

        for (var minute = 0; minute < 5; minute++)
            await WatchAfterAsync(1);
        var notice = Assert.Single(await NoticesAsync());
        Assert.Equal("schedule-stalled", notice.GetProperty("notice").GetString());
        await _product.DeliverAllAsync("SendAlerts", Token);

        var mail = ParsedMail.Parse(await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_outbox, "*.eml")), Token));
        Assert.Equal("LinkMonitor has stopped checking", mail["Subject"]);
        Assert.Contains("Since Sat 21 Nov 2026, 08:00 (UTC)", mail.Text, StringComparison.Ordinal);
        Assert.Contains("/health", mail.Text, StringComparison.Ordinal);

        await _product.RoundAsync(Token);
        await WatchAfterAsync(1);
        await WatchAfterAsync(60 * 8);
        Assert.Equal(2, (await NoticesAsync()).Count);
    }

    [Fact]
    public async Task Checks_that_nobody_takes_off_the_queue_are_a_stall_though_the_schedule_goes_on()
    {
        for (var minute = 0; minute <= 31; minute++)
        {
            await _product.TickAsync("ScheduleChecks", Token);
            await WatchAfterAsync(1);
        }

        Assert.Single(await NoticesAsync());
    }

    [Fact]
    public async Task Notice_that_leaves_after_the_end_says_so()
    {
        await WatchAfterAsync(31);
        await _product.TickAsync("ScheduleChecks", Token);
        await _product.DeliverAllAsync("CheckPage", Token);
        await WatchAfterAsync(1);
        await _product.DeliverAllAsync("SendAlerts", Token);

        var mail = ParsedMail.Parse(await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_outbox, "*.eml")), Token));
        Assert.Equal("LinkMonitor made no checks for a while and works again", mail["Subject"]);
        Assert.Matches(@"for\s+32\s+minutes", mail.Text);
    }

    [Fact]
    public async Task Two_who_notice_it_at_once_tell_it_once()
    {
        _product.Clock.Advance(TimeSpan.FromMinutes(31));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _product.TickAsync("WatchSchedule", Token)));
        await _product.TickAsync("WatchSchedule", Token);

        Assert.Single(await NoticesAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _product.DisposeAsync();
        Directory.Delete(_outbox, recursive: true);
    }

    private async Task WatchAfterAsync(int minutes)
    {
        _product.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await _product.TickAsync("WatchSchedule", Token);
    }

    private async Task<IReadOnlyList<JsonElement>> NoticesAsync() =>
        [.. (await _product.Api.GetAsync("/api/v1/notices", Token)).GetProperty("items").EnumerateArray()];
}
