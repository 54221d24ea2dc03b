using Azure.Data.Tables;
using LinkMonitor.Storage.Border;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// One table, as all stores use it. Conditions that do not hold are answers. A write is known for our own though its first answer was lost,
/// by the
/// marker in its row (<see cref="OwnWrite"/>). Every method throws <see cref="StorageFailureException"/> when the storage fails, also when
/// the table
/// is not there (<see cref="StorageFailureKind.NotCreated"/>), and <see cref="ArgumentException"/> for a row or transaction that breaks a
/// limit,
/// before anything is sent.
/// </summary>
internal interface ITable : ITableWriter
{
    /// <summary>Creates the table if it is not there. May be called by several processes at once.</summary>
    Task CreateAsync(CancellationToken cancellationToken);

    /// <summary>The row; null when it is not there.</summary>
    Task<TableEntity?> GetAsync(string partition, string rowKey, CancellationToken cancellationToken);

    /// <summary>The rows in order of their keys. Rows written meanwhile may or may not be among them.</summary>
    IAsyncEnumerable<TableEntity> QueryAsync(RowQuery query, CancellationToken cancellationToken);
}
