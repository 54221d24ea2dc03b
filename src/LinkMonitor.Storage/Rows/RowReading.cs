using System.Runtime.CompilerServices;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Rows;

/// <summary>Reads single rows and key ranges, and refuses rows of a later layout.</summary>
internal static class RowReading
{
    /// <summary>The row; null when it is not there, or when no row can have such a key.</summary>
    public static async Task<TableEntity?> FindAsync(
        this TableClient table, string partition, string rowKey, CancellationToken cancellationToken)
    {
        if (!RowKeyText.IsPossible(partition) || !RowKeyText.IsPossible(rowKey))
            return null;

        var answer = await table.GetEntityIfExistsAsync(partition, rowKey, null, cancellationToken);
        return answer.HasValue ? RowSchema.Check(answer.Value!) : null;
    }

    /// <summary>All rows of a range, in order.</summary>
    public static async IAsyncEnumerable<TableEntity> ReadAsync(
        this TableClient table, KeyRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in table.QueryAsync(range.Filter(), null, null, cancellationToken))
            yield return RowSchema.Check(row);
    }

    /// <summary>Whether a range holds any row.</summary>
    public static async Task<bool> AnyAsync(this TableClient table, KeyRange range, CancellationToken cancellationToken)
    {
        await foreach (var _ in table.QueryAsync(range.Filter(), 1, [nameof(TableEntity.RowKey)], cancellationToken))
            return true;
        return false;
    }
}
