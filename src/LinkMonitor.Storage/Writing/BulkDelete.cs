using Azure;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Writing;

/// <summary>Deletes many rows of one partition, as many at a time as a transaction takes.</summary>
internal static class BulkDelete
{
    private const int MaxPerTransaction = 100;

    /// <summary>Deletes every row of a range. May be called again after a crash.</summary>
    public static async Task DeleteRangeAsync(this TableClient table, KeyRange range, CancellationToken cancellationToken)
    {
        // What was deleted is read no more, so a second run does not start from the first row.
        await foreach (var page in table.QueryAsync(range.Filter(), null, [nameof(TableEntity.RowKey)], cancellationToken).AsPages())
            await table.DeleteRowsAsync(range.Partition, [.. page.Values.Select(row => row.RowKey)], cancellationToken);
    }

    /// <summary>Deletes these rows. Rows that are not there are no error.</summary>
    public static async Task DeleteRowsAsync(
        this TableClient table, string partition, IReadOnlyCollection<string> rowKeys, CancellationToken cancellationToken)
    {
        foreach (var chunk in rowKeys.Distinct(StringComparer.Ordinal).Chunk(MaxPerTransaction))
        {
            if (!await table.TryAsync([.. chunk.Select(key => Transactions.Delete(partition, key, ETag.All))], cancellationToken))
                await DeleteSinglyAsync(table, partition, chunk, cancellationToken);
        }
    }

    // One row that is gone already refuses the whole transaction.
    private static async Task DeleteSinglyAsync(
        TableClient table, string partition, string[] rowKeys, CancellationToken cancellationToken)
    {
        foreach (var key in rowKeys)
            await table.TryDeleteAsync(partition, key, ETag.All, cancellationToken);
    }
}
