using Azure.Data.Tables;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Reads tables past our own code.</summary>
internal static class RawTables
{
    /// <param name="table">The whole name, prefix included.</param>
    /// <param name="partition">Null for all.</param>
    public static async Task<List<TableEntity>> ReadAllAsync(
        this StorageConnection connection, string table, string? partition, CancellationToken cancellationToken)
    {
        var filter = partition is null ? null : $"PartitionKey eq {ODataFilter.Quote(partition)}";
        List<TableEntity> rows = [];
        await foreach (var row in connection.TableService
            .GetTableClient(table)
            .QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            rows.Add(row);
        return rows;
    }
}
