using System.Runtime.CompilerServices;
using Azure;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Alerts;

/// <inheritdoc cref="IAlertStore"/>
internal sealed class TableAlertStore(ITables tables, TimeProvider time) : IAlertStore
{
    private readonly ITable _table = tables.Open(TableNames.Alerts);

    public Task MarkPendingAsync(ProjectId projectId, DateTimeOffset now, CancellationToken cancellationToken) =>
        _table.PutAsync(PendingRow.Write(projectId, now), cancellationToken);

    public async IAsyncEnumerable<PendingProject> ReadPendingAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.ReadAsync(AlertKeys.AllPending, cancellationToken))
            yield return PendingRow.Read(row);
    }

    public Task ClearPendingAsync(PendingProject pending, CancellationToken cancellationToken) => _table.DeleteAsync(
        AlertKeys.PendingPartition, AlertKeys.Pending(pending.ProjectId), RowColumns.ToETag(pending.ETag), cancellationToken);

    public Task WakeAsync(ProjectId projectId, DateTimeOffset at, CancellationToken cancellationToken) =>
        _table.PutAsync(RowSchema.New(AlertKeys.WakePartition, AlertKeys.Wake(at, projectId)), cancellationToken);

    public async IAsyncEnumerable<Wake> ReadWakesAsync(DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.ReadAsync(AlertKeys.Wakes(until), cancellationToken))
        {
            var (at, projectId) = AlertKeys.ReadWake(row.RowKey);
            yield return new Wake(projectId, at);
        }
    }

    public Task DeleteWakeAsync(Wake wake, CancellationToken cancellationToken) =>
        _table.DeleteAsync(AlertKeys.WakePartition, AlertKeys.Wake(wake.At, wake.ProjectId), ETag.All, cancellationToken);

    public async Task<IReadOnlyList<Alert>> ReadOpenAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        var alerts = new List<Alert>();
        await foreach (var row in _table.ReadAsync(AlertKeys.AllOpen(projectId), cancellationToken))
            alerts.Add(AlertRow.Read(row));
        return [.. alerts.OrderBy(alert => alert.CreatedAt)];
    }

    public async Task<Alert?> GetAsync(ProjectId projectId, string alertId, CancellationToken cancellationToken)
    {
        if (await _table.FindAsync(projectId.Value, AlertKeys.Open(alertId), cancellationToken) is { } open)
            return AlertRow.Read(open);
        if (await _table.FindAsync(projectId.Value, AlertKeys.Changes(alertId), cancellationToken) is not { } changes)
            return null;
        var key = AlertKeys.Closed(AlertChangesRow.ReadCreatedAt(changes), alertId);
        return await _table.FindAsync(projectId.Value, key, cancellationToken) is { } closed ? AlertRow.Read(closed) : null;
    }

    public async Task<IReadOnlyList<string>> GetChangeKeysAsync(Alert alert, CancellationToken cancellationToken) =>
        alert.ChangeCount == 0 ? []
        : await _table.FindAsync(alert.ProjectId.Value, AlertKeys.Changes(alert.Id), cancellationToken) is { } row ? AlertChangesRow.ReadKeys(row)
        : throw new FormatException($"Alert {alert.Id} has lost the keys of its changes.");

    public async Task<Alert?> TrySaveAsync(Alert alert, CancellationToken cancellationToken)
    {
        var row = AlertRow.Write(alert, AlertKeys.Open(alert.Id));
        return await _table.ReplaceAsync(row, RowColumns.ToETag(alert.ETag), cancellationToken) is { } version
            ? alert with { ETag = version.ToString() }
            : null;
    }

    public async Task<bool> CloseAsync(Alert alert, CancellationToken cancellationToken)
    {
        var closed = AlertRow.Write(alert with { ClosedAt = alert.ClosedAt ?? time.GetUtcNow() }, AlertKeys.Closed(alert.CreatedAt, alert.Id));
        var isClosed = await _table.SubmitAsync(
            [
                Transactions.Delete(alert.ProjectId.Value, AlertKeys.Open(alert.Id), RowColumns.ToETag(alert.ETag)),
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

    public async Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        await _table.DeleteAsync(AlertKeys.PendingPartition, AlertKeys.Pending(projectId), ETag.All, cancellationToken);
        return await _table.DeleteStepAsync(KeyRange.Whole(projectId.Value), cancellationToken);
    }

    // Closing again what is closed already, by a redelivered message, is done.
    private async Task<bool> IsClosedAsync(Alert alert, CancellationToken cancellationToken) =>
        await _table.FindAsync(alert.ProjectId.Value, AlertKeys.Open(alert.Id), cancellationToken) is null
        && await _table.FindAsync(alert.ProjectId.Value, AlertKeys.Closed(alert.CreatedAt, alert.Id), cancellationToken) is not null;
}
