using Azure;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Writing;

/// <summary>Short names for the actions of a transaction, and its expected failures as values.</summary>
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
    /// False when a condition did not hold: a row was there (409), was not there (404), or had another version (412). Nothing was written
    /// then, unless an earlier try of the same request was, whose answer was lost: the caller looks at what is stored.
    /// </summary>
    public static async Task<bool> TryAsync(
        this TableClient table, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            await table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException refused) when (IsUnmetCondition(refused))
        {
            return false;
        }
    }

    /// <summary>As <see cref="TryAsync"/>, for one row; null when refused.</summary>
    public static async Task<ETag?> TryReplaceAsync(
        this TableClient table, TableEntity row, ETag version, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await table.UpdateEntityAsync(row, version, TableUpdateMode.Replace, cancellationToken);
            return answer.Headers.ETag;
        }
        catch (RequestFailedException refused) when (IsUnmetCondition(refused))
        {
            return null;
        }
    }

    /// <summary>As <see cref="TryReplaceAsync"/>, for a row that must not be there yet.</summary>
    public static async Task<ETag?> TryAddAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await table.AddEntityAsync(row, cancellationToken);
            return answer.Headers.ETag;
        }
        catch (RequestFailedException refused) when (IsUnmetCondition(refused))
        {
            return null;
        }
    }

    /// <summary>False when the row was not there, or not in that version.</summary>
    public static async Task<bool> TryDeleteAsync(
        this TableClient table, string partition, string rowKey, ETag version, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await table.DeleteEntityAsync(partition, rowKey, version, cancellationToken);
            return answer.Status != 404;
        }
        catch (RequestFailedException refused) when (IsUnmetCondition(refused))
        {
            return false;
        }
    }

    // A missing table answers 404 as well, and is no missing row: it must be seen.
    private static bool IsUnmetCondition(RequestFailedException refused) =>
        refused.Status is 404 or 409 or 412 && refused.ErrorCode != TableErrorCode.TableNotFound;
}
