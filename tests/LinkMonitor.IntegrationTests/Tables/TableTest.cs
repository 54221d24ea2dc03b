using Azure.Core;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Tables;

/// <summary>A fresh table in Azurite for each test.</summary>
public abstract class TableTest(AzuriteFixture azurite) : IAsyncLifetime
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected AzuriteFixture Azurite { get; } = azurite;

    protected TableServiceClient Service { get; } = new(azurite.ConnectionString);

    protected TableClient Table => Service.GetTableClient(TableName);

    private string TableName { get; } = azurite.UniqueName("tables");

    public async ValueTask InitializeAsync() => await Table.CreateAsync(Stop);

    public async ValueTask DisposeAsync()
    {
        await Table.DeleteAsync(CancellationToken.None);
        GC.SuppressFinalize(this);
    }

    /// <summary>The same table through the proxy, with retries that do not wait.</summary>
    private protected TableClient Through(StorageProxy proxy) =>
        new TableServiceClient(
            proxy.Endpoint, new TableSharedKeyCredential(AzuriteFixture.AccountName, AzuriteFixture.AccountKey), Impatient())
            .GetTableClient(TableName);

    protected static TableClientOptions Impatient() =>
        new() { Retry = { Mode = RetryMode.Fixed, Delay = TimeSpan.FromMilliseconds(1), MaxRetries = 3 } };

    protected static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items.WithCancellation(Stop))
            list.Add(item);
        return list;
    }
}
