using Azure;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Writing;

/// <summary>Deletes many rows of one partition, as many at a time as a transaction takes.</summary>
internal static class BulkDelete
{
    /// <summary>So many rows one step deletes at most: ten transactions.</summary>
    public const int RowsPerStep = 1_000;

    /// <summary>Deletes the first rows of a range, whatever they hold. What was deleted is read no more, so the next step goes on behind it.</summary>
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
