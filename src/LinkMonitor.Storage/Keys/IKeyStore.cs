using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Keys;

/// <summary>The <c>Keys</c> table.</summary>
public interface IKeyStore
{
    /// <summary>Stores a key. False when one with this id is there already; it is left as it was.</summary>
    Task<bool> AddAsync(ApiKey key, CancellationToken cancellationToken);

    Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>All keys, and the ids of those that cannot be read.</summary>
    Task<RowsRead<ApiKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Revokes a key for good. False when it was not there.</summary>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);
}
