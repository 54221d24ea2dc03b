using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage;

/// <inheritdoc cref="HookedTables"/>
internal sealed class HookedTable(string name, ITable table, StorageHook hook) : ITable
{
    public Task CreateAsync(CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(CreateAsync)), () => table.CreateAsync(cancellationToken));

    public Task<TableEntity?> GetAsync(string partition, string rowKey, CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(GetAsync), $"{partition} {rowKey}"), () => table.GetAsync(partition, rowKey, cancellationToken));

    /// <summary>One call, until the first page has come.</summary>
    public async IAsyncEnumerable<TableEntity> QueryAsync(RowQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var rows = table.QueryAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var any = await hook.AroundAsync(
            Call(nameof(QueryAsync), $"{query.Range.Partition} {query.Range.From}"), () => rows.MoveNextAsync().AsTask());
        for (; any; any = await rows.MoveNextAsync())
            yield return rows.Current;
    }

    public Task<ETag?> AddAsync(TableEntity row, CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(AddAsync), $"{row.PartitionKey} {row.RowKey}"), () => table.AddAsync(row, cancellationToken));

    public Task<ETag?> ReplaceAsync(TableEntity row, ETag version, CancellationToken cancellationToken) =>
        hook.AroundAsync(
            Call(nameof(ReplaceAsync), $"{row.PartitionKey} {row.RowKey}"), () => table.ReplaceAsync(row, version, cancellationToken));

    public Task PutAsync(TableEntity row, CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(PutAsync), $"{row.PartitionKey} {row.RowKey}"), () => table.PutAsync(row, cancellationToken));

    public Task MergeAsync(TableEntity row, CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(MergeAsync), $"{row.PartitionKey} {row.RowKey}"), () => table.MergeAsync(row, cancellationToken));

    public Task<bool> DeleteAsync(string partition, string rowKey, ETag version, CancellationToken cancellationToken) =>
        hook.AroundAsync(
            Call(nameof(DeleteAsync), $"{partition} {rowKey}"), () => table.DeleteAsync(partition, rowKey, version, cancellationToken));

    public Task<IReadOnlyList<ETag?>?> SubmitForVersionsAsync(
        IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken) =>
        hook.AroundAsync(
            Call(nameof(ITableWriter.SubmitAsync), $"{actions[0].Entity.PartitionKey} {actions[0].Entity.RowKey}"),
            () => table.SubmitForVersionsAsync(actions, cancellationToken));

    private StorageCall Call(string operation, string? rows = null) => new(name, operation, rows);
}
