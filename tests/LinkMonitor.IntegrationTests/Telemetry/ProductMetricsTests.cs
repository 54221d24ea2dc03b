using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Telemetry;

namespace LinkMonitor.IntegrationTests.Telemetry;

/// <summary>What is counted while a link lives.</summary>
public sealed class ProductMetricsTests : IDisposable
{
    private readonly Measured _measured = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checks_changes_and_alerts_are_counted_as_they_come()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        var blog = new WatchedBlog(web);
        await using var product = await Product.StartAsync(ProductSettings.InMemory() with { Meters = _measured }, Token);
        var counted = new { name = "Counted", recipients = new[] { "a@example.org" } };
        var project = await ToldProject.StartAsync(product, blog, 2, counted, Token);

        await project.ConfirmAsync("no link", Token);
        await project.TellAfterAsync(TimeSpan.FromMinutes(10), Token);
        await product.TickAsync("WatchSchedule", Token);
        _measured.Observe();

        Assert.Equal(6, _measured.TagsOf("linkmonitor.checks").Count(tags => tags == "observation=observed"));
        Assert.Equal(
            ["reason=link-removed state=lost", "reason=link-removed state=lost", "reason=none state=live", "reason=none state=live"],
            _measured.TagsOf("linkmonitor.changes").Order(StringComparer.Ordinal));
        Assert.Equal(["channel=email result=sent"], _measured.TagsOf("linkmonitor.alerts"));
        Assert.Equal(3, _measured.Of("linkmonitor.hosts.enqueued").Sum(one => one.Value));
        Assert.Equal(6, _measured.TagsOf("linkmonitor.queue.lag").Count(tags => tags == "queue=page-checks"));
        Assert.Equal(3, _measured.TagsOf("linkmonitor.function.duration").Count(tags => tags == "function=ScheduleChecks result=ok"));
        Assert.Equal([(0.0, "")], _measured.Of("linkmonitor.schedule.oldest_due"));
        Assert.Equal(["queue=page-checks", "queue=alerts", "queue=imports"], _measured.TagsOf("linkmonitor.queue.messages"));
    }

    [Fact]
    public async Task Gauges_say_nothing_before_the_first_look_and_of_an_old_one()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory() with { Meters = _measured }, Token);

        _measured.Observe();
        Assert.Empty(_measured.Of("linkmonitor.schedule.oldest_due"));
        await product.TickAsync("WatchSchedule", Token);
        product.Clock.Advance(TimeSpan.FromMinutes(6));
        _measured.Observe();
        Assert.Empty(_measured.Of("linkmonitor.schedule.oldest_due"));
    }

    public void Dispose() => _measured.Dispose();
}
