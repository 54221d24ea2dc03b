using System.Text.Json;
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
            throw new RowTooLargeException(
                reason.Column!, $"The transaction was not sent: action {index} cannot be written. {reason.Message}", reason);
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

/// <summary>How many bytes a row takes in a transaction.</summary>
internal static class RowSize
{
    // Boundaries, request line and headers of a part, beside the address of the row.
    private const int Envelope = 1_024;

    // Name, quotes, type annotation and separators of a column, beside its name and value.
    private const int Column = 64;

    // A character outside ASCII, or one that JSON escapes, becomes six.
    private const int MostBytesPerChar = 6;

    /// <summary>Never less than the row takes; cheap.</summary>
    public static long AtMost(TableEntity row) => Sum(row, text => (long)text.Length * MostBytesPerChar);

    /// <summary>What the row takes, give or take its envelope.</summary>
    public static long Of(TableEntity row) => Sum(row, text => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length);

    private static long Sum(TableEntity row, Func<string, long> size)
    {
        long sum = Envelope;
        foreach (var (name, value) in row)
            sum += Column + (2L * name.Length) + value switch
            {
                null => 0,
                string text => size(text),
                byte[] bytes => ((bytes.LongLength + 2) / 3) * 4,
                _ => 0,
            };
        return sum;
    }
}
