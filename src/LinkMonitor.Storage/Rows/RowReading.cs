using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Rows;

/// <summary>
/// Reads single rows and key ranges, and refuses rows of a later layout. Only for the schedule of pages, until that reads through <see cref="RowTable"/>,
/// where one row that cannot be read does not stop the range.
/// </summary>
internal static class RowReading
{
    /// <summary>The row; null when it is not there, or when no row can have such a key.</summary>
    public static async Task<TableEntity?> FindAsync(
        this ITable table, string partition, string rowKey, CancellationToken cancellationToken)
    {
        if (!RowKeyText.IsPossible(partition) || !RowKeyText.IsPossible(rowKey))
            return null;
        return await table.GetAsync(partition, rowKey, cancellationToken) is { } row ? RowSchema.Check(row) : null;
    }

    /// <summary>All rows of a range, in order.</summary>
    public static async IAsyncEnumerable<TableEntity> ReadAsync(
        this ITable table, KeyRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in table.QueryAsync(new RowQuery(range), cancellationToken))
            yield return RowSchema.Check(row);
    }

    /// <summary>The row keys of a range, in order.</summary>
    public static async IAsyncEnumerable<string> ReadKeysAsync(
        this ITable table, KeyRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in table.QueryAsync(new RowQuery(range) { KeysOnly = true }, cancellationToken))
            yield return row.RowKey;
    }

    /// <summary>Whether a range holds any row.</summary>
    public static async Task<bool> AnyAsync(this ITable table, KeyRange range, CancellationToken cancellationToken)
    {
        await foreach (var _ in table.QueryAsync(new RowQuery(range) { KeysOnly = true, PerPage = 1 }, cancellationToken))
            return true;
        return false;
    }
}
