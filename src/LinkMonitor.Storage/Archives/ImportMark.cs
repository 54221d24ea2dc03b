using Azure;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Installations;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Archives;

/// <summary>Says that an import began and did not end: nobody may work with what is there, and only the same archive goes on.</summary>
public sealed class ImportMark
{
    private const string Archive = "archive";
    private const string BegunAt = "begunAt";

    private readonly ITable _table;

    internal ImportMark(ITableService tables) => _table = tables.Open(TableNames.Keys);

    /// <summary>The SHA-256 of the archive file whose import did not end; null when there is none.</summary>
    public async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _table.GetAsync(InstallationKeys.Partition, InstallationKeys.Import, cancellationToken))?.GetString(Archive);
        }
        catch (StorageFailureException missing) when (missing.Kind == StorageFailureKind.NotCreated)
        {
            return null;
        }
    }

    internal Task PutAsync(string archive, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = RowSchema.New(InstallationKeys.Partition, InstallationKeys.Import);
        row[Archive] = archive;
        row[BegunAt] = now;
        return _table.PutAsync(row, cancellationToken);
    }

    internal Task RemoveAsync(CancellationToken cancellationToken) =>
        _table.DeleteAsync(InstallationKeys.Partition, InstallationKeys.Import, ETag.All, cancellationToken);
}
