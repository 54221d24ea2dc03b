using Azure;
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

/// <summary>What the service can leave out of a range: rows whose column holds something else, or nothing.</summary>
/// <param name="Value">The text that is wanted, letter by letter; null for any that is not empty.</param>
internal sealed record ColumnCondition(string Column, string? Value)
{
    /// <summary>For a column of time instead of text: only times after this are wanted.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Rows whose column of time lies after a time.</summary>
    public static ColumnCondition Later(string column, DateTimeOffset after) => new(column, null) { After = after };

    /// <summary>Rows that were written after a time, by the storage's clock. The service looks at every row of the range for it.</summary>
    public static ColumnCondition WrittenAfter(DateTimeOffset time) => Later(nameof(TableEntity.Timestamp), time);
}

/// <summary>The tables of the storage account.</summary>
internal interface ITableService
{
    /// <summary>A table of this name, whether or not it was created. Nothing is sent yet.</summary>
    /// <param name="name">One of <see cref="TableNames"/>.</param>
    ITable Open(string name);
}

/// <summary>Makes the tables ready.</summary>
public interface ITableSetup
{
    /// <summary>Creates the tables that are not there yet. May be called by several processes at once.</summary>
    Task CreateAsync(CancellationToken cancellationToken);
}

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
    async Task<bool> SubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken) =>
        await SubmitForVersionsAsync(actions, cancellationToken) is not null;

    /// <summary>As <see cref="SubmitAsync"/>, for who writes the same rows again.</summary>
    /// <returns>
    /// The new version of each row, in order, null for one that was deleted; empty when it was done but its answer was lost; null when a
    /// condition did not hold.
    /// </returns>
    Task<IReadOnlyList<ETag?>?> SubmitForVersionsAsync(
        IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken);
}

/// <summary>Neighbouring rows of one partition: the only thing that is ever queried.</summary>
/// <param name="From">The first row key that belongs to it.</param>
/// <param name="Below">The first row key beyond it; null when it goes on to the partition's end.</param>
internal sealed record KeyRange(string Partition, string From, string? Below)
{
    /// <summary>All rows whose key starts with <paramref name="prefix"/>, in whatever script it goes on.</summary>
    /// <param name="prefix">Ends with an ASCII character.</param>
    public static KeyRange StartingWith(string partition, string prefix)
    {
        // Names that people write are in keys, so no character is above all others: what is beyond a prefix differs within it.
        if (prefix is not [.. var start, < '\x7f' and var last])
            throw new ArgumentException($"'{prefix}' ends with no ASCII character.", nameof(prefix));
        return new(partition, prefix, start + (char)(last + 1));
    }

    /// <summary>All rows of a partition.</summary>
    public static KeyRange Whole(string partition) => new(partition, "", null);

    public bool Contains(string rowKey) =>
        string.CompareOrdinal(rowKey, From) >= 0 && (Below is null || string.CompareOrdinal(rowKey, Below) < 0);
}

/// <summary>Which rows are wanted, and what of them.</summary>
internal sealed record RowQuery(KeyRange Range)
{
    /// <summary>
    /// The most rows that the service sends at once. Source: https://learn.microsoft.com/rest/api/storageservices/query-timeout-and-
    /// pagination.
    /// </summary>
    public const int MaxPerPage = 1_000;

    /// <summary>Only rows beyond this key; null for all.</summary>
    public string? After { get; init; }

    /// <summary>All of them must hold.</summary>
    public IReadOnlyList<ColumnCondition> Conditions { get; init; } = [];

    /// <summary>How many rows are asked for at a time, 1 to <see cref="MaxPerPage"/>; null for as many as the service sends.</summary>
    public int? PerPage { get; init; }

    /// <summary>Bring the keys and no other columns.</summary>
    public bool KeysOnly { get; init; }

    /// <summary>Bring the keys, the time of writing and these columns; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }
}

/// <summary>The tables. Each has a page in docs/tables.</summary>
public static class TableNames
{
    public const string Links = "Links";
    public const string Pages = "Pages";
    public const string Projects = "Projects";
    public const string Keys = "Keys";
    public const string Alerts = "Alerts";
    public const string Channels = "Channels";
    public const string Failures = "Failures";
    public const string Audit = "Audit";
    public const string Imports = "Imports";
    public const string Reports = "Reports";

    public static IReadOnlyList<string> All { get; } =
        [Links, Pages, Projects, Keys, Alerts, Channels, Failures, Audit, Imports, Reports];
}

/// <inheritdoc cref="ITableSetup"/>
internal sealed class TableSetup(ITableService tables) : ITableSetup
{
    public Task CreateAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(TableNames.All.Select(name => tables.Open(name).CreateAsync(cancellationToken)));
}

/// <summary>
/// Tells our own write from another's. An answer may be lost after the write was done; the next try is then refused by our own work. A row
/// that
/// carries a marker drawn anew for every write shows whose it is, and one row of a transaction speaks for all of it.
/// </summary>
internal static class OwnWrite
{
    /// <summary>The column of the marker.</summary>
    public const string Marker = "write";

    // The first marked row is the one a transaction hangs on; somebody may have written it since, so one more is asked.
    private const int MaxReads = 2;

    public static string NewMarker() => Guid.NewGuid().ToString("N");

    /// <summary>Whether <paramref name="stored"/> is the very write of <paramref name="row"/>. Never so without a marker.</summary>
    public static bool Is(TableEntity? stored, TableEntity row) =>
        row.GetString(Marker) is { } marker && stored?.GetString(Marker) == marker;

    /// <summary>The rows to check after a transaction was refused.</summary>
    public static IEnumerable<TableEntity> Witnesses(IEnumerable<TableTransactionAction> actions) => actions
        .Where(action => action.ActionType != TableTransactionActionType.Delete)
        .Select(action => (TableEntity)action.Entity)
        .Where(row => row.GetString(Marker) is not null)
        .Take(MaxReads);
}
