using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Installations;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Archives;

/// <summary>
/// Everything that a storage holds, to a file and back, in bounded memory. Rows go as they are, also those that cannot be read. What lies
/// on queues does not go: it is work that rows ask for again. The installation's mark stays with its storage. All methods throw
/// <see cref="StorageFailureException"/>.
/// </summary>
public sealed class StorageArchive
{
    private readonly StorageConnection _connection;

    private StorageArchive(StorageConnection connection) => _connection = connection;

    /// <exception cref="InvalidStorageOptionsException">The options cannot be used.</exception>
    public static StorageArchive Open(StorageOptions options) => new(StorageConnection.Open(options));

    /// <summary>Writes an archive.</summary>
    /// <param name="product">The version that writes it, for people.</param>
    /// <param name="progress">Told how many rows were written, now and then.</param>
    /// <returns>How many rows, by table.</returns>
    public async Task<IReadOnlyDictionary<string, long>> ExportAsync(
        Stream file, string product, DateTimeOffset now, Action<long>? progress, CancellationToken cancellationToken)
    {
        await using var writer = new ArchiveWriter(file);
        await writer.BeginAsync(product, now, cancellationToken);

        // Links before pages: a link that is registered meanwhile is then in it with the watch that came before it, never without.
        long rows = 0;
        foreach (var table in TableNames.All)
        {
            await foreach (var row in ReadAsync(table, null, cancellationToken))
            {
                if (IsOfInstallation(table, row))
                    continue;
                await writer.AddAsync(table, row, cancellationToken);
                if (++rows % 1_000 == 0)
                    progress?.Invoke(rows);
            }
        }

        await writer.EndAsync(cancellationToken);
        return writer.Rows;
    }

    /// <summary>
    /// Writes what an archive holds into an empty storage. The file is read to its end and checked before anything is written. Stopped
    /// half-way, the storage says so and takes the same archive again.
    /// </summary>
    /// <param name="file">It is read several times, so it must be able to go back.</param>
    /// <exception cref="InvalidArchiveException">The archive is damaged, cut off or of a later version; nothing was written.</exception>
    public async Task<ImportResult> ImportAsync(
        Stream file, DateTimeOffset now, Action<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        var archive = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        file.Position = 0;
        await foreach (var _ in ArchiveReader.ReadAsync(file, cancellationToken))
        {
            // Only whether it is whole.
        }

        var mark = new ImportMark(_connection.Tables);
        var begun = await mark.FindAsync(cancellationToken);
        if (begun is not null && begun != archive)
            return new ImportResult.OtherBegan();
        if (begun is null && await FindNotEmptyAsync(cancellationToken) is { } table)
            return new ImportResult.NotEmpty(table);
        await new TableSetup(_connection.Tables).CreateAsync(cancellationToken);
        await mark.PutAsync(archive, now, cancellationToken);
        file.Position = 0;
        var rows = await WriteAsync(file, progress, cancellationToken);
        await mark.RemoveAsync(cancellationToken);
        return new ImportResult.Done(rows);
    }

    private async Task<IReadOnlyDictionary<string, long>> WriteAsync(
        Stream file, Action<long>? progress, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var batch = new ImportBatch(_connection.Tables);
        long rows = 0;
        await foreach (var (table, row) in ArchiveReader.ReadAsync(file, cancellationToken))
        {
            await batch.AddAsync(table, row, cancellationToken);
            counts[table] = counts.GetValueOrDefault(table) + 1;
            if (++rows % 1_000 == 0)
                progress?.Invoke(rows);
        }

        await batch.WriteAsync(cancellationToken);
        return counts;
    }

    /// <summary>The first table that holds a row; null when all are empty or not there.</summary>
    private async Task<string?> FindNotEmptyAsync(CancellationToken cancellationToken)
    {
        foreach (var table in TableNames.All)
        {
            await foreach (var row in ReadAsync(table, 10, cancellationToken))
            {
                if (!IsOfInstallation(table, row))
                    return table;
            }
        }

        return null;
    }

    private static bool IsOfInstallation(string table, TableEntity row) =>
        table == TableNames.Keys && row.PartitionKey == InstallationKeys.Partition;

    /// <summary>All rows of a table, partition by partition; none when the table is not there.</summary>
    private async IAsyncEnumerable<TableEntity> ReadAsync(
        string table, int? perPage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = _connection.TableService
            .GetTableClient(_connection.Prefix + table)
            .QueryAsync<TableEntity>((string?)null, perPage, null, cancellationToken);
        await using var pages = rows.AsPages().GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(pages, cancellationToken))
        {
            foreach (var row in pages.Current.Values)
                yield return row;
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<Azure.Page<TableEntity>> pages, CancellationToken cancellationToken)
    {
        try
        {
            return await StorageBorder.CrossAsync(pages.MoveNextAsync().AsTask(), cancellationToken);
        }
        catch (StorageFailureException missing) when (missing.Kind == StorageFailureKind.NotCreated)
        {
            return false;
        }
    }
}

/// <summary>What came of an import.</summary>
public abstract record ImportResult
{
    private ImportResult()
    {
    }

    /// <summary>All rows are there.</summary>
    /// <param name="Rows">How many, by table.</param>
    public sealed record Done(IReadOnlyDictionary<string, long> Rows) : ImportResult;

    /// <summary>The storage holds something already; nothing was written.</summary>
    /// <param name="Table">The first table with a row.</param>
    public sealed record NotEmpty(string Table) : ImportResult;

    /// <summary>The import of another archive did not end here; nothing was written.</summary>
    public sealed record OtherBegan : ImportResult;
}

/// <summary>Rows that wait to be written in one transaction: of one partition, as many as it takes.</summary>
internal sealed class ImportBatch(ITableService tables)
{
    private readonly List<TableTransactionAction> _actions = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private string _table = string.Empty;
    private string _partition = string.Empty;
    private long _bytes;

    public async Task AddAsync(string table, TableEntity row, CancellationToken cancellationToken)
    {
        var bytes = RowSize.AtMost(row);
        if (table != _table || row.PartitionKey != _partition || _actions.Count == TransactionLimits.MaxActions
            || _bytes + bytes > TransactionLimits.MaxBytes || _keys.Contains(row.RowKey))
            await WriteAsync(cancellationToken);
        (_table, _partition) = (table, row.PartitionKey);
        _actions.Add(Transactions.Put(row));
        _keys.Add(row.RowKey);
        _bytes += bytes;
    }

    /// <summary>Writes what waits. Writing it again changes nothing.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_actions.Count == 1)
            await tables.Open(_table).PutAsync((TableEntity)_actions[0].Entity, cancellationToken);
        else if (_actions.Count > 1 && !await tables.Open(_table).SubmitAsync(_actions, cancellationToken))
            throw new InvalidOperationException("A transaction without conditions was refused.");
        _actions.Clear();
        _keys.Clear();
        _bytes = 0;
    }
}

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
