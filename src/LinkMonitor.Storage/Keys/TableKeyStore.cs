using System.Runtime.CompilerServices;
using Azure;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Keys;

/// <inheritdoc cref="IKeyStore"/>
internal sealed class TableKeyStore(StorageConnection connection) : IKeyStore
{
    private readonly TableClient _table = connection.Table(TableNames.Keys);

    public async Task<bool> AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var row = ApiKeyRow.Write(key);
        if (await _table.TryAddAsync(row, cancellationToken) is not null)
            return true;

        var stored = await _table.FindAsync(row.PartitionKey, row.RowKey, cancellationToken);
        return stored is not null && RowSchema.IsSameWrite(stored, row);
    }

    public async Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        await _table.FindAsync(ApiKeyKeys.Partition, ApiKeyKeys.Key(id), cancellationToken) is { } row ? ApiKeyRow.Read(row) : null;

    public async IAsyncEnumerable<ApiKey> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.ReadAsync(ApiKeyKeys.All, cancellationToken))
            yield return ApiKeyRow.Read(row);
    }

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        _table.TryDeleteAsync(ApiKeyKeys.Partition, ApiKeyKeys.Key(id), ETag.All, cancellationToken);
}
