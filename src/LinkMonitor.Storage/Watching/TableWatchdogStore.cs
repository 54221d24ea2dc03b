using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Watching;

/// <inheritdoc cref="IWatchdogStore"/>
internal sealed class TableWatchdogStore(ITables tables) : IWatchdogStore
{
    private readonly ITable _table = tables.Open(TableNames.Failures);

    public Task NoteSweepAsync(SweepReport report, CancellationToken cancellationToken) =>
        _table.PutAsync(WatchdogRows.Write(report), cancellationToken);

    public async Task<SweepReport?> GetSweepAsync(CancellationToken cancellationToken) =>
        await GetAsync(WatchdogRows.Sweep, cancellationToken) is { } row ? WatchdogRows.ReadSweep(row) : null;

    public async Task<Stall?> GetStallAsync(CancellationToken cancellationToken) =>
        await GetAsync(WatchdogRows.Stall, cancellationToken) is { } row ? WatchdogRows.ReadStall(row) : null;

    public async Task<bool> TrySaveAsync(Stall stall, CancellationToken cancellationToken)
    {
        var row = WatchdogRows.Write(stall);
        var version = stall.ETag is null
            ? await _table.AddAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, RowColumns.ToETag(stall.ETag), cancellationToken);
        return version is not null;
    }

    private Task<TableEntity?> GetAsync(string rowKey, CancellationToken cancellationToken) =>
        _table.GetAsync(WatchdogRows.Partition, rowKey, cancellationToken);
}
