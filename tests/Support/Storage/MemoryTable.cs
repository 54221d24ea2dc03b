using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage;

/// <inheritdoc cref="ITable"/>
/// <param name="lose">Called for every write whose answer is lost; null when none is.</param>
internal sealed class MemoryTable(MemoryRows rows, Action? lose = null) : ITable
{
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await TravelAsync(cancellationToken);
        rows.Create();
    }

    public async Task<TableEntity?> GetAsync(string partition, string rowKey, CancellationToken cancellationToken)
    {
        RowLimits.CheckKey(partition, nameof(partition));
        RowLimits.CheckKey(rowKey, nameof(rowKey));
        await TravelAsync(cancellationToken);
        return rows.Find(partition, rowKey);
    }

    public async IAsyncEnumerable<TableEntity> QueryAsync(RowQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var size = query.PerPage ?? RowQuery.MaxPerPage;
        for (var after = query.After; ;)
        {
            await TravelAsync(cancellationToken);
            var page = rows.Next(query, after, size);
            foreach (var row in page)
                yield return row;
            if (page.Count < size)
                yield break;
            after = page[^1].RowKey;
        }
    }

    public Task<ETag?> AddAsync(TableEntity row, CancellationToken cancellationToken) =>
        WriteAsync(new TableTransactionAction(TableTransactionActionType.Add, row), cancellationToken);

    public Task<ETag?> ReplaceAsync(TableEntity row, ETag version, CancellationToken cancellationToken) =>
        WriteAsync(new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, version), cancellationToken);

    public Task PutAsync(TableEntity row, CancellationToken cancellationToken) =>
        WriteAsync(new TableTransactionAction(TableTransactionActionType.UpsertReplace, row), cancellationToken);

    public Task MergeAsync(TableEntity row, CancellationToken cancellationToken) =>
        WriteAsync(new TableTransactionAction(TableTransactionActionType.UpsertMerge, row), cancellationToken);

    public async Task<bool> DeleteAsync(string partition, string rowKey, ETag version, CancellationToken cancellationToken)
    {
        var delete = new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, rowKey), version);
        return await WriteAsync(delete, cancellationToken) is not null;
    }

    public async Task<IReadOnlyList<ETag?>?> SubmitForVersionsAsync(
        IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        TransactionLimits.Check(actions);
        if (await SendAsync(actions, cancellationToken) is { } versions)
            return [.. versions.Select(version => (ETag?)version)];
        return OwnWrite.Witnesses(actions).Any(row => OwnWrite.Is(rows.Find(row.PartitionKey, row.RowKey), row)) ? [] : null;
    }

    private async Task<ETag?> WriteAsync(TableTransactionAction action, CancellationToken cancellationToken)
    {
        var row = (TableEntity)action.Entity;
        TransactionLimits.Check([action]);
        if (await SendAsync([action], cancellationToken) is { } versions)
            return versions[0];
        return action.ActionType != TableTransactionActionType.Delete
            && rows.Find(row.PartitionKey, row.RowKey) is { } stored
            && OwnWrite.Is(stored, row)
            ? stored.ETag
            : null;
    }

    private async Task<IReadOnlyList<ETag>?> SendAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        await TravelAsync(cancellationToken);
        if (lose is not null)
        {
            rows.Submit(actions);
            lose();
        }

        return rows.Submit(actions);
    }

    // Others get their turn, as between any two requests.
    private static async Task TravelAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
    }
}
