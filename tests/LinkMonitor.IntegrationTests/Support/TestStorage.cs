using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Outages;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Tables and queues of one test's own on the shared Azurite, and the stores on them.</summary>
internal sealed class TestStorage
{
    private readonly AzuriteFixture _azurite;
    private readonly string _prefix;

    private TestStorage(AzuriteFixture azurite, string prefix, StorageConnection connection)
    {
        (_azurite, _prefix, Connection) = (azurite, prefix, connection);
        Links = new TableLinkStore(connection);
        Pages = new TablePageStore(connection, TimeProvider.System);
        Projects = new TableProjectStore(connection);
        Keys = new TableKeyStore(connection);
        Alerts = new TableAlertStore(connection, TimeProvider.System);
        Channels = new TableChannelStore(connection);
        AlertPlans = new TableAlertPlanStore(connection);
        Failures = new TableFailureStore(connection);
        Outages = new TableOutageStore(connection);
        Queues = new StorageWorkQueues(connection.Queues);
    }

    public StorageConnection Connection { get; }

    public ILinkStore Links { get; }

    public IPageStore Pages { get; }

    public IProjectStore Projects { get; }

    public IKeyStore Keys { get; }

    public IAlertStore Alerts { get; }

    public IChannelStore Channels { get; }

    public IAlertPlanStore AlertPlans { get; }

    public IFailureStore Failures { get; }

    public IOutageStore Outages { get; }

    public IWorkQueues Queues { get; }

    /// <summary>New, empty tables.</summary>
    public static async Task<TestStorage> CreateAsync(AzuriteFixture azurite, CancellationToken cancellationToken)
    {
        var prefix = azurite.UniqueName("s");
        var storage = new TestStorage(azurite, prefix, Open(azurite, prefix, null, default));
        await storage.Connection.CreateTablesAsync(cancellationToken);
        return storage;
    }

    /// <summary>The same tables through another client, every request of which passes a policy.</summary>
    public TestStorage With(HttpPipelinePolicy policy, HttpPipelinePosition position) =>
        new(_azurite, _prefix, Open(_azurite, _prefix, policy, position));

    /// <summary>A queue as the service shows it, without any decoding.</summary>
    public QueueClient RawQueue(string name) => Connection.QueueService.GetQueueClient(_prefix + name);

    /// <summary>What is really stored in one partition, or in a whole table.</summary>
    public async Task<List<TableEntity>> RowsAsync(string table, string? partition, CancellationToken cancellationToken)
    {
        var filter = partition is null ? null : TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        List<TableEntity> rows = [];
        await foreach (var row in Connection.Table(table).QueryAsync(filter, null, null, cancellationToken))
            rows.Add(row);
        return rows;
    }

    private static StorageConnection Open(
        AzuriteFixture azurite, string prefix, HttpPipelinePolicy? policy, HttpPipelinePosition position) =>
        StorageConnection.Open(new StorageOptions
        {
            ConnectionString = azurite.ConnectionString,
            NamePrefix = prefix,
            ConfigureTables = options =>
            {
                options.Retry.Delay = TimeSpan.FromMilliseconds(1);
                if (policy is not null)
                    options.AddPolicy(policy, position);
            },
        });
}
