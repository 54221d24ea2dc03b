using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.IntegrationTests.Support.FunctionsHost;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>The same life of a link in both ways to run LinkMonitor, each a process of its own with the real clock.</summary>
[TakesLong]
public sealed class BothModesTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Standalone_a_link_is_watched_from_its_registration_to_its_recovery()
    {
        var port = LinkMonitorProcess.FreePort();
        await using var process = LinkMonitorProcess.Start(
            Settings(azurite.OwnAccount()), "serve", "--port", $"{port}", "--allow-private-networks");
        await process.ReadyAsync(Cancellation);
        using var api = new ApiDriver(new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://localhost:{port}"),
            DefaultRequestHeaders = { Authorization = new("Bearer", Product.AdminKey) },
        });

        await new WatchedLife(api, smtp).RunAsync(Cancellation);

        Assert.Equal(0, await process.StopAsync(Cancellation));
    }

    [Fact]
    public async Task Behind_the_Functions_host_a_link_is_watched_from_its_registration_to_its_recovery()
    {
        var storage = azurite.OwnAccount();
        await using var host = await WorkerFixture.StartAsync(storage, Settings(storage), Cancellation);
        await using var listener = new QueueListener(host, storage);
        using var api = WorkerFixture.Driver(host);

        await new WatchedLife(api, smtp).RunAsync(Cancellation);

        Assert.Equal((true, null), await host.StartTimer("ScheduleChecks").OutcomeAsync(Cancellation));
        Assert.Equal((true, null), await host.StartTimer("SweepAlerts").OutcomeAsync(Cancellation));
        Assert.Equal(0, await host.TerminateAsync(Cancellation));
    }

    private Dictionary<string, string> Settings(string storage) => new(WorkerFixture.Settings(storage))
    {
        ["LinkMonitor__Mail__Transport"] = "smtp",
        ["LinkMonitor__Mail__From"] = "alerts@example.org",
        ["LinkMonitor__Mail__Smtp__Host"] = "127.0.0.1",
        ["LinkMonitor__Mail__Smtp__Port"] = $"{smtp.Server.Port}",
        ["LinkMonitor__Mail__Smtp__Security"] = "None",
        ["LinkMonitor__PublicUrl"] = "https://links.example.org",
    };
}
