using Azure.Data.Tables;

namespace LinkMonitor.Storage.Tables;

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
