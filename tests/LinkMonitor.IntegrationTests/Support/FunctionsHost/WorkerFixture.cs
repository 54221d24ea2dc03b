using Azure.Storage.Queues;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.IntegrationTests.Support.FunctionsHost;

/// <summary>One published worker behind the test's host, with its storage ready, for the tests of a class.</summary>
public sealed class WorkerFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly TimeSpan ReadyTime = TimeSpan.FromMinutes(1);

    private TestFunctionsHost? _host;

    internal TestFunctionsHost Host => _host ?? throw new InvalidOperationException("The worker is not running.");

    internal ApiDriver Api { get; private set; } = null!;

    internal string ConnectionString { get; } = azurite.OwnAccount();

    /// <summary>What a worker needs to run in a test.</summary>
    internal static Dictionary<string, string> Settings(string connectionString) => new()
    {
        ["AzureWebJobsStorage"] = connectionString,
        ["LinkMonitor__AdminKey"] = Product.AdminKey,
        ["LinkMonitor__Monitoring__AllowPrivateNetworks"] = "true",
        ["LinkMonitor__Monitoring__HostPause"] = "00:00:00",
        ["LinkMonitor__Alerts__GroupingDelay"] = "00:00:00",
        ["LinkMonitor__Alerts__GroupInterval"] = "00:00:00",
    };

    /// <summary>Starts a worker and returns when it has made its storage ready.</summary>
    internal static async Task<TestFunctionsHost> StartAsync(
        string connectionString, Dictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var host = await TestFunctionsHost.StartAsync(settings, cancellationToken);
        using var limit = new CancellationTokenSource(ReadyTime, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        // The queues are made last.
        foreach (var function in host.Functions.Values.Where(function => function.TriggerType == "queueTrigger"))
        {
            var client = new QueueClient(connectionString, function.QueueName, new QueueClientOptions(QueueServiceVersion.Pinned));
            while (!await client.ExistsAsync(stop.Token))
                await Task.Yield();
        }

        return host;
    }

    internal static ApiDriver Driver(TestFunctionsHost host)
    {
        var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Product.AdminKey);
        return new ApiDriver(client);
    }

    public async ValueTask InitializeAsync()
    {
        _host = await StartAsync(ConnectionString, Settings(ConnectionString), TestContext.Current.CancellationToken);
        Api = Driver(_host);
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
