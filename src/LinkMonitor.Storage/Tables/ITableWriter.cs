using Azure;
using Azure.Data.Tables;

namespace LinkMonitor.Storage.Tables;

/// <summary>What can be done to a table without reading what its rows hold. Throws as <see cref="ITable"/> says.</summary>
internal interface ITableWriter
{
    /// <summary>Writes a row that must not be there yet.</summary>
    /// <returns>Its version; null when there is one.</returns>
    Task<ETag?> AddAsync(TableEntity row, CancellationToken cancellationToken);

    /// <summary>Writes over a row that must be there in this version.</summary>
    /// <returns>The new version; null when the row has another or is gone.</returns>
    Task<ETag?> ReplaceAsync(TableEntity row, ETag version, CancellationToken cancellationToken);

    /// <summary>Writes the row whether or not it is there.</summary>
    Task PutAsync(TableEntity row, CancellationToken cancellationToken);

    /// <summary>Writes the columns of the row; those that are there besides stay.</summary>
    Task MergeAsync(TableEntity row, CancellationToken cancellationToken);

    /// <returns>False when the row was not there, or not in this version. Also after our own delete when its first answer was
    /// lost.</returns>
    Task<bool> DeleteAsync(string partition, string rowKey, ETag version, CancellationToken cancellationToken);

    /// <summary>Does all or nothing. At most 100 rows of one partition, 4 MiB in all, each row once.</summary>
    /// <returns>False when a condition did not hold: a row was there (add), was not there (update, delete), or had another
    /// version.</returns>
    Task<bool> SubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken);
}
