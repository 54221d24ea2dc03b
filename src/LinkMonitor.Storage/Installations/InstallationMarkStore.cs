using Azure.Data.Tables;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Installations;

/// <summary>
/// The mark of a storage. It is looked for in storages that may be anybody's, a table <c>Keys</c> of a stranger included: finding it writes
/// nothing and sets nothing aside. All methods throw <see cref="StorageFailureException"/> when the storage fails.
/// </summary>
public sealed class InstallationMarkStore
{
    private const string Id = "id";
    private const string Place = "place";
    private const string MarkedAt = "markedAt";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ITable _table;

    internal InstallationMarkStore(ITableService tables) => _table = tables.Open(TableNames.Keys);

    /// <summary>The mark of the storage that the options name.</summary>
    /// <exception cref="InvalidStorageOptionsException">The options cannot be used.</exception>
    public static InstallationMarkStore Of(StorageOptions options) => new(StorageConnection.Open(options).Tables);

    /// <summary>The same with one try of three seconds, for a storage that may not be there.</summary>
    public static InstallationMarkStore Glance(string connectionString) => Of(new StorageOptions
    {
        ConnectionString = connectionString,
        ConfigureTables = tables => (tables.Retry.MaxRetries, tables.Retry.NetworkTimeout) = (0, Patience),
    });

    /// <summary>The mark; null for a storage without one. A mark that cannot be read is somebody's: its id is empty.</summary>
    public async Task<InstallationMark?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _table.GetAsync(InstallationKeys.Partition, InstallationKeys.Mark, cancellationToken) is { } row
                ? Read(row)
                : null;
        }
        catch (StorageFailureException missing) when (missing.Kind == StorageFailureKind.NotCreated)
        {
            return null;
        }
    }

    /// <summary>Marks the storage unless it is marked. Of two that do so at once, the first counts.</summary>
    /// <returns>The mark that it has now.</returns>
    public async Task<InstallationMark> ClaimAsync(InstallationMark mark, CancellationToken cancellationToken)
    {
        await _table.CreateAsync(cancellationToken);
        if (await FindAsync(cancellationToken) is { } found)
            return found;
        await _table.AddAsync(Write(mark), cancellationToken);
        return await FindAsync(cancellationToken) ?? mark;
    }

    /// <summary>Writes the mark over whatever is there.</summary>
    public async Task PutAsync(InstallationMark mark, CancellationToken cancellationToken)
    {
        await _table.CreateAsync(cancellationToken);
        await _table.PutAsync(Write(mark), cancellationToken);
    }

    /// <summary>Whether LinkMonitor has worked here: its API keys are there. What an earlier version left has them, and no mark.</summary>
    public async Task<bool> HoldsDataAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var row in _table.QueryAsync(
                new RowQuery(KeyRange.Whole(ApiKeyKeys.Partition)) { PerPage = 1 }, cancellationToken))
                return row.ContainsKey("hash") && row.ContainsKey("scope");
            return false;
        }
        catch (StorageFailureException missing) when (missing.Kind == StorageFailureKind.NotCreated)
        {
            return false;
        }
    }

    private static TableEntity Write(InstallationMark mark)
    {
        var row = RowSchema.New(InstallationKeys.Partition, InstallationKeys.Mark);
        row[Id] = mark.Id;
        row[Place] = mark.Place;
        row[MarkedAt] = mark.MarkedAt;
        return row;
    }

    private static InstallationMark Read(TableEntity row) => new(
        row.TryGetValue(Id, out var id) && id is string text ? text : string.Empty,
        row.TryGetValue(Place, out var place) && place is string where ? where : "a place that is not written down",
        row.TryGetValue(MarkedAt, out var at) && at is DateTimeOffset time ? time : default);
}

/// <summary>The keys of what is said of the storage itself in the <c>Keys</c> table; see docs/tables/keys.md.</summary>
internal static class InstallationKeys
{
    public const string Partition = "installation";
    public const string Mark = "mark";
    public const string Import = "import";
}

/// <summary>Says whose a storage is: one installation's, so that no other takes it for its own by accident.</summary>
/// <param name="Id">Of the installation, as its data folder has it.</param>
/// <param name="Place">Where that folder is, for people: machine and path.</param>
/// <param name="MarkedAt">When the storage became that installation's.</param>
public sealed record InstallationMark(string Id, string Place, DateTimeOffset MarkedAt);
