using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Writing;

/// <summary>Deletes many rows of one partition, as many at a time as a transaction takes.</summary>
internal static class BulkDelete
{
    /// <summary>So many rows one step deletes at most: ten transactions.</summary>
    public const int RowsPerStep = 1_000;

    /// <summary>
    /// Deletes the first rows of a range, whatever they hold. What was deleted is read no more, so the next step goes on behind it.
    /// </summary>
    /// <returns>Whether nothing was left when it was read.</returns>
    public static async Task<bool> DeleteStepAsync(this RowTable table, KeyRange range, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var key in table.ReadKeysAsync(range, cancellationToken))
        {
            keys.Add(key);
            if (keys.Count == RowsPerStep)
                break;
        }

        await table.DeleteRowsAsync(range.Partition, keys, cancellationToken);
        return keys.Count < RowsPerStep;
    }

    /// <summary>Deletes these rows. Rows that are not there are no error.</summary>
    public static async Task DeleteRowsAsync(
        this ITableWriter table, string partition, IReadOnlyCollection<string> rowKeys, CancellationToken cancellationToken)
    {
        foreach (var chunk in rowKeys.Distinct(StringComparer.Ordinal).Chunk(TransactionLimits.MaxActions))
        {
            if (!await table.SubmitAsync([.. chunk.Select(key => Transactions.Delete(partition, key, ETag.All))], cancellationToken))
                await DeleteSinglyAsync(table, partition, chunk, cancellationToken);
        }
    }

    // One row that is gone already refuses the whole transaction.
    private static async Task DeleteSinglyAsync(ITableWriter table, string partition, string[] rowKeys, CancellationToken cancellationToken)
    {
        foreach (var key in rowKeys)
            await table.DeleteAsync(partition, key, ETag.All, cancellationToken);
    }
}

/// <summary>What came of a conditional write.</summary>
public enum SaveOutcome
{
    Saved,

    /// <summary>Somebody else wrote since it was read (412): read again and decide again.</summary>
    Conflict,

    /// <summary>It no longer exists.</summary>
    Missing,
}

/// <summary>Short names for the actions of a transaction.</summary>
internal static class Transactions
{
    public static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    /// <summary>Writes the row whether or not it is there.</summary>
    public static TableTransactionAction Put(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);

    public static TableTransactionAction Replace(TableEntity row, ETag version) =>
        new(TableTransactionActionType.UpdateReplace, row, version);

    public static TableTransactionAction Delete(string partition, string rowKey, ETag version) =>
        new(TableTransactionActionType.Delete, new TableEntity(partition, rowKey), version);

    /// <summary>
    /// Does all or nothing, but that rows to be deleted in any version may be gone already: a place in the schedule that is missing (there
    /// should never be one) would otherwise refuse every transaction that takes it away.
    /// </summary>
    /// <inheritdoc cref="ITableWriter.SubmitAsync"/>
    public static async Task<bool> SubmitWithoutMissingAsync(
        this RowTable table, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        if (await table.SubmitAsync(actions, cancellationToken))
            return true;
        List<TableTransactionAction> left = [];
        foreach (var action in actions)
        {
            if (!IsDeletionOfAny(action) || await table.IsThereAsync(action.Entity.PartitionKey, action.Entity.RowKey, cancellationToken))
                left.Add(action);
        }

        return left.Count < actions.Count && await table.SubmitAsync(left, cancellationToken);
    }

    private static bool IsDeletionOfAny(TableTransactionAction action) =>
        action.ActionType == TableTransactionActionType.Delete && action.ETag == ETag.All;
}
