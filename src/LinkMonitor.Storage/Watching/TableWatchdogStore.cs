using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Watching;

/// <inheritdoc cref="IWatchdogStore"/>
internal sealed class TableWatchdogStore(RowTables tables) : IWatchdogStore
{
    private readonly RowTable _table = tables.Open(TableNames.Failures);

    public Task NoteSweepAsync(SweepReport report, CancellationToken cancellationToken) =>
        _table.PutAsync(WatchdogRows.Write(report), cancellationToken);

    public async Task<SweepReport?> GetSweepAsync(CancellationToken cancellationToken) =>
        await _table.FindAnyAsync(WatchdogRows.Partition, WatchdogRows.Sweep, WatchdogRows.ReadSweep, cancellationToken);

    public async Task<Stall?> GetStallAsync(CancellationToken cancellationToken) =>
        await _table.FindAnyAsync(WatchdogRows.Partition, WatchdogRows.Stall, WatchdogRows.ReadStall, cancellationToken);

    public async Task<bool> TrySaveAsync(Stall stall, CancellationToken cancellationToken)
    {
        var row = WatchdogRows.Write(stall);
        var version = stall.ETag is null
            ? await _table.AddAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, RowColumns.ToETag(stall.ETag), cancellationToken);
        return version is not null;
    }
}
