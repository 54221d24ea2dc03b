using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Writing;

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
    /// Does all or nothing, but that rows to be deleted in any version may be gone already: a place in the schedule that is missing (there should never
    /// be one) would otherwise refuse every transaction that takes it away.
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
