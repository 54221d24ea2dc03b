using Azure;
using Azure.Data.Tables;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// What the service takes as one transaction, checked before anything is sent, because the client and the emulator do not check all of it.
/// </summary>
/// <remarks>Source: https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions.</remarks>
internal static class TransactionLimits
{
    public const int MaxActions = 100;
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <exception cref="ArgumentException">
    /// Empty, too many, mixed partitions, a row twice, too large, or a row that cannot be stored; the message names the index.
    /// </exception>
    public static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count == 0)
            throw Refused("it has no actions.");
        if (actions.Count > MaxActions)
            throw Refused($"it has {actions.Count} actions; action {MaxActions} is the first beyond the {MaxActions} allowed.");

        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < actions.Count; i++)
            CheckAction(actions, i, rows);
        CheckSize(actions);
    }

    private static void CheckAction(IReadOnlyList<TableTransactionAction> actions, int index, Dictionary<string, int> rows)
    {
        var (action, row) = (actions[index], Row(actions[index]));
        try
        {
            RowLimits.Check(row);
        }
        catch (RowTooLargeException reason)
        {
            throw new RowTooLargeException(reason.Column!, $"The transaction was not sent: action {index} cannot be written. {reason.Message}", reason);
        }
        catch (ArgumentException reason)
        {
            throw new ArgumentException($"The transaction was not sent: action {index} cannot be written. {reason.Message}", reason);
        }

        if (row.PartitionKey != Row(actions[0]).PartitionKey)
            throw Refused($"action {index} is in partition '{row.PartitionKey}', action 0 in '{Row(actions[0]).PartitionKey}'.");
        if (!rows.TryAdd(row.RowKey, index))
            throw Refused($"action {index} writes the row of action {rows[row.RowKey]} again (row key '{row.RowKey}').");
        if (NeedsVersion(action) && action.ETag == default(ETag))
            throw Refused($"action {index} writes over a row without saying which version.");
    }

    private static void CheckSize(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Sum(action => RowSize.AtMost(Row(action))) <= MaxBytes)
            return;

        long size = 0;
        for (var i = 0; i < actions.Count; i++)
        {
            size += RowSize.Of(Row(actions[i]));
            if (size > MaxBytes)
                throw Refused($"with action {i} it exceeds the {MaxBytes} bytes allowed.");
        }
    }

    private static bool NeedsVersion(TableTransactionAction action) => action.ActionType
        is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace or TableTransactionActionType.Delete;

    private static TableEntity Row(TableTransactionAction action) => (TableEntity)action.Entity;

    private static ArgumentException Refused(string reason) => new($"The transaction was not sent: {reason}");
}
