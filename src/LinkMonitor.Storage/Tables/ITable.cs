using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Border;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// One table, as all stores use it. Conditions that do not hold are answers. A write is known for our own though its first answer was lost, by the
/// marker in its row (<see cref="OwnWrite"/>). Every method throws <see cref="StorageFailureException"/> when the storage fails, also when the table
/// is not there (<see cref="StorageFailureKind.NotCreated"/>), and <see cref="ArgumentException"/> for a row or transaction that breaks a limit,
/// before anything is sent.
/// </summary>
internal interface ITable
{
    /// <summary>Creates the table if it is not there. May be called by several processes at once.</summary>
    Task CreateAsync(CancellationToken cancellationToken);

    /// <summary>The row; null when it is not there.</summary>
    Task<TableEntity?> GetAsync(string partition, string rowKey, CancellationToken cancellationToken);

    /// <summary>The rows in order of their keys. Rows written meanwhile may or may not be among them.</summary>
    IAsyncEnumerable<TableEntity> QueryAsync(RowQuery query, CancellationToken cancellationToken);

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

    /// <returns>False when the row was not there, or not in this version. Also after our own delete when its first answer was lost.</returns>
    Task<bool> DeleteAsync(string partition, string rowKey, ETag version, CancellationToken cancellationToken);

    /// <summary>Does all or nothing. At most 100 rows of one partition, 4 MiB in all, each row once.</summary>
    /// <returns>False when a condition did not hold: a row was there (add), was not there (update, delete), or had another version.</returns>
    Task<bool> SubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken);
}
