using Azure;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Writing;

/// <summary>Deletes many rows of one partition, as many at a time as a transaction takes.</summary>
internal static class BulkDelete
{
    /// <summary>Deletes every row of a range. May be called again after a crash.</summary>
    public static async Task DeleteRangeAsync(this RowTable table, KeyRange range, CancellationToken cancellationToken)
    {
        // What was deleted is read no more, so a second run does not start from the first row.
        var keys = new List<string>(TransactionLimits.MaxActions);
        await foreach (var key in table.ReadKeysAsync(range, cancellationToken))
        {
            keys.Add(key);
            if (keys.Count < TransactionLimits.MaxActions)
                continue;
            await table.DeleteRowsAsync(range.Partition, keys, cancellationToken);
            keys.Clear();
        }

        await table.DeleteRowsAsync(range.Partition, keys, cancellationToken);
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
