using System.Runtime.CompilerServices;
using Azure;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Keys;

/// <inheritdoc cref="IKeyStore"/>
internal sealed class TableKeyStore(RowTables tables) : IKeyStore
{
    private readonly RowTable _table = tables.Open(TableNames.Keys);

    public async Task<bool> AddAsync(ApiKey key, CancellationToken cancellationToken) =>
        await _table.AddAsync(ApiKeyRow.Write(key), cancellationToken) is not null;

    public async Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        await _table.FindAsync(ApiKeyKeys.Partition, ApiKeyKeys.Key(id), ApiKeyRow.Read, cancellationToken);

    public async IAsyncEnumerable<ApiKey> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.ReadAsync(ApiKeyKeys.All, ApiKeyRow.Read, cancellationToken))
            yield return row;
    }

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        _table.DeleteAsync(ApiKeyKeys.Partition, ApiKeyKeys.Key(id), ETag.All, cancellationToken);
}
