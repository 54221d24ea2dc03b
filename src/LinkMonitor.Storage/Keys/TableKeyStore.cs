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

    public Task<RowsRead<ApiKey>> ListAsync(CancellationToken cancellationToken) =>
        _table.ReadAllAsync(ApiKeyKeys.All, ApiKeyRow.Read, cancellationToken);

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        _table.DeleteAsync(ApiKeyKeys.Partition, ApiKeyKeys.Key(id), ETag.All, cancellationToken);
}
