using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Tables and queues of one test's own on the shared Azurite.</summary>
internal sealed class AzuriteAccount : TestStorage
{
    private readonly AzuriteFixture _azurite;
    private readonly string _prefix;
    private readonly StorageConnection _connection;

    private AzuriteAccount(AzuriteFixture azurite, string prefix, StorageConnection connection)
        : base(connection.Tables, connection.Queues, new RecordedSetAside()) =>
            (_azurite, _prefix, _connection) = (azurite, prefix, connection);

    /// <summary>How to reach it.</summary>
    public StorageOptions Options => new() { ConnectionString = _azurite.ConnectionString, NamePrefix = _prefix };

    /// <summary>New, empty tables.</summary>
    public static async Task<AzuriteAccount> CreateAsync(AzuriteFixture azurite, CancellationToken cancellationToken)
    {
        var prefix = azurite.UniqueName("s");
        var storage = new AzuriteAccount(azurite, prefix, Open(azurite, prefix, null));
        await new TableSetup(storage.Tables).CreateAsync(cancellationToken);
        return storage;
    }

    public override TestStorage Losing(out Func<int> lost)
    {
        var policy = new LostAnswerPolicy();
        lost = () => policy.Lost;
        return new AzuriteAccount(_azurite, _prefix, Open(_azurite, _prefix, policy));
    }

    public override Task<List<TableEntity>> RowsAsync(string table, string? partition, CancellationToken cancellationToken) =>
        _connection.ReadAllAsync(_prefix + table, partition, cancellationToken);

    public override async Task<int> CountAsync(string queue, CancellationToken cancellationToken) =>
        (await Queue(queue).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;

    public override async Task<IReadOnlyList<string>?> RawMessagesAsync(string queue, CancellationToken cancellationToken) =>
        await Queue(queue).ExistsAsync(cancellationToken)
            ? [.. (await Queue(queue).PeekMessagesAsync(32, cancellationToken)).Value.Select(message => message.Body.ToString())]
            : null;

    public override Task SendRawAsync(string queue, string raw, CancellationToken cancellationToken) =>
        Queue(queue).SendMessageAsync(raw, cancellationToken);

    private QueueClient Queue(string name) => _connection.QueueService.GetQueueClient(_prefix + name);

    private static StorageConnection Open(AzuriteFixture azurite, string prefix, HttpPipelinePolicy? perRetry) =>
        StorageConnection.Open(new StorageOptions
        {
            ConnectionString = azurite.ConnectionString,
            NamePrefix = prefix,
            ConfigureTables = options =>
            {
                options.Retry.Delay = TimeSpan.FromMilliseconds(1);
                if (perRetry is not null)
                    options.AddPolicy(perRetry, HttpPipelinePosition.PerRetry);
            },
        });
}
