using System.Runtime.CompilerServices;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Alerts;

/// <inheritdoc cref="IAlertStore"/>
internal sealed class TableAlertStore(StorageConnection connection, TimeProvider time) : IAlertStore
{
    private readonly TableClient _table = connection.Table(TableNames.Alerts);

    public Task MarkPendingAsync(ProjectId projectId, DateTimeOffset now, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(PendingRow.Write(projectId, now), TableUpdateMode.Replace, cancellationToken);

    public async IAsyncEnumerable<PendingProject> ReadPendingAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.ReadAsync(AlertKeys.AllPending, cancellationToken))
            yield return PendingRow.Read(row);
    }

    public Task ClearPendingAsync(PendingProject pending, CancellationToken cancellationToken) => _table.TryDeleteAsync(
        AlertKeys.PendingPartition, AlertKeys.Pending(pending.ProjectId), RowColumns.ToETag(pending.ETag), cancellationToken);

    public async Task<Alert?> GetOpenAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, AlertKeys.Open, cancellationToken) is { } row ? AlertRow.Read(row) : null;

    public async Task<Alert?> TryOpenAsync(Alert alert, CancellationToken cancellationToken)
    {
        var row = AlertRow.Write(alert, AlertKeys.Open);
        return await _table.TryAddAsync(row, cancellationToken) is { } version
            ? alert with { ETag = version.ToString() }
            : await OwnWriteAsync(row, cancellationToken);
    }

    public async Task<Alert?> TrySaveAsync(Alert alert, CancellationToken cancellationToken)
    {
        var row = AlertRow.Write(alert, AlertKeys.Open);
        return await _table.TryReplaceAsync(row, RowColumns.ToETag(alert.ETag), cancellationToken) is { } version
            ? alert with { ETag = version.ToString() }
            : await OwnWriteAsync(row, cancellationToken);
    }

    public async Task<bool> CloseAsync(Alert alert, CancellationToken cancellationToken)
    {
        var closed = AlertRow.Write(alert with { ClosedAt = alert.ClosedAt ?? time.GetUtcNow() }, AlertKeys.Closed(alert));
        var isClosed = await _table.TryAsync(
            [
                Transactions.Delete(alert.ProjectId.Value, AlertKeys.Open, RowColumns.ToETag(alert.ETag)),
                Transactions.Put(closed),
            ],
            cancellationToken);
        return isClosed || await IsClosedAsync(alert, cancellationToken);
    }

    public Task<Slice<Alert>> ListAsync(ProjectId projectId, int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        var alerts = new SliceReader<Alert>
        {
            Table = _table,
            List = $"alerts {projectId}",
            Range = AlertKeys.AllClosed(projectId),
            Map = AlertRow.Read,
        };
        return alerts.ReadAsync(maxItems, cursor, cancellationToken);
    }

    // Closing again what is closed already, by a lost answer or a redelivered message, is done.
    private async Task<bool> IsClosedAsync(Alert alert, CancellationToken cancellationToken)
    {
        var open = await _table.FindAsync(alert.ProjectId.Value, AlertKeys.Open, cancellationToken);
        return (open is null || !AlertRow.IsOf(open, alert))
            && await _table.FindAsync(alert.ProjectId.Value, AlertKeys.Closed(alert), cancellationToken) is not null;
    }

    private async Task<Alert?> OwnWriteAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var stored = await _table.FindAsync(row.PartitionKey, row.RowKey, cancellationToken);
        return stored is not null && RowSchema.IsSameWrite(stored, row) ? AlertRow.Read(stored) : null;
    }
}
