using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Alerts;

/// <inheritdoc cref="IAlertStore"/>
internal sealed class TableAlertStore(StoreTables tables, TimeProvider time) : IAlertStore
{
    private readonly RowTable _table = tables.Open(TableNames.Alerts);

    public Task MarkPendingAsync(ProjectId projectId, DateTimeOffset now, CancellationToken cancellationToken) =>
        _table.PutAsync(PendingRow.Write(projectId, now), cancellationToken);

    public async IAsyncEnumerable<PendingProject> ReadPendingAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The key alone says which project it is: a note that cannot be read must not hide what the project has to report.
        await foreach (var row in _table.ReadAsync(new RowQuery(AlertKeys.AllPending), PendingRow.Read, cancellationToken))
            yield return row.Item ?? new PendingProject(new ProjectId(row.Key), null, null);
    }

    public Task ClearPendingAsync(PendingProject pending, CancellationToken cancellationToken) => pending.ETag is null ? Task.CompletedTask
        : _table.DeleteAsync(
            AlertKeys.PendingPartition, AlertKeys.Pending(pending.ProjectId), RowColumns.ToETag(pending.ETag), cancellationToken);

    public Task WakeAsync(ProjectId projectId, DateTimeOffset at, CancellationToken cancellationToken) =>
        _table.PutAsync(RowSchema.New(AlertKeys.WakePartition, AlertKeys.Wake(at, projectId)), cancellationToken);

    public IAsyncEnumerable<WakeUp> ReadWakesAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        ReadWakesAsync(AlertKeys.Wakes(until), cancellationToken);

    public IAsyncEnumerable<WakeUp> ReadWakesAfterAsync(DateTimeOffset after, CancellationToken cancellationToken) =>
        ReadWakesAsync(AlertKeys.WakesAfter(after), cancellationToken);

    public Task DeleteWakeAsync(WakeUp wake, CancellationToken cancellationToken) => !wake.IsReadable ? Task.CompletedTask
        : _table.DeleteAsync(AlertKeys.WakePartition, AlertKeys.Wake(wake.At, wake.ProjectId), ETag.All, cancellationToken);

    public async Task<RowsRead<Alert>> ReadOpenAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        var alerts = await _table.ReadAllAsync(AlertKeys.AllOpen(projectId), AlertRow.Read, cancellationToken);
        return new RowsRead<Alert>([.. alerts.Items.OrderBy(alert => alert.CreatedAt)], [.. alerts.SetAside.Select(AlertKeys.IdOfOpen)]);
    }

    public async Task<Alert?> GetAsync(ProjectId projectId, string alertId, CancellationToken cancellationToken)
    {
        if (await _table.FindAsync(projectId.Value, AlertKeys.Open(alertId), AlertRow.Read, cancellationToken) is { } open)
            return open;
        return await _table.FindAsync(projectId.Value, AlertKeys.Changes(alertId), AlertChangesRow.Read, cancellationToken) is { } changes
            ? await _table.FindAsync(projectId.Value, AlertKeys.Closed(changes.CreatedAt, alertId), AlertRow.Read, cancellationToken)
            : null;
    }

    public async Task<IReadOnlyList<string>> GetChangeKeysAsync(Alert alert, CancellationToken cancellationToken) =>
        alert.ChangeCount == 0 ? []
        : (await _table.FindAsync(alert.ProjectId.Value, AlertKeys.Changes(alert.Id), AlertChangesRow.Read, cancellationToken))?.OutboxKeys
            ?? throw new UnreadableRowException($"Alert {alert.Id} has lost the keys of its changes.");

    public async Task<IReadOnlySet<string>> ReadReportedAsync(
        ProjectId projectId, RowsRead<Alert> open, CancellationToken cancellationToken)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);

        // An alert that cannot be read itself still says what it reports; one whose list cannot be read reports nothing until it can.
        foreach (var id in open.Items.Where(alert => alert.ChangeCount > 0).Select(alert => alert.Id).Concat(open.SetAside))
        {
            if (await _table.TryFindAsync(
                projectId.Value, AlertKeys.Changes(id), AlertChangesRow.Read, cancellationToken) is { Item: { } changes })
                reported.UnionWith(changes.OutboxKeys);
        }

        return reported;
    }

    public async Task<Alert?> TrySaveAsync(Alert alert, CancellationToken cancellationToken)
    {
        var row = AlertRow.Write(alert, AlertKeys.Open(alert.Id));
        return await _table.ReplaceAsync(row, RowColumns.ToETag(alert.ETag), cancellationToken) is { } version
            ? alert with { ETag = version.ToString() } : null;
    }

    public async Task<bool> CloseAsync(Alert alert, CancellationToken cancellationToken)
    {
        var closed = AlertRow.Write(
            alert with { ClosedAt = alert.ClosedAt ?? time.GetUtcNow() }, AlertKeys.Closed(alert.CreatedAt, alert.Id));
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
            List = $"{ListNames.Alerts} {projectId}",
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
        !await _table.IsThereAsync(alert.ProjectId.Value, AlertKeys.Open(alert.Id), cancellationToken)
        && await _table.IsThereAsync(alert.ProjectId.Value, AlertKeys.Closed(alert.CreatedAt, alert.Id), cancellationToken);

    private async IAsyncEnumerable<WakeUp> ReadWakesAsync(KeyRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The key alone says all, so that one that cannot be read is no digest unsent.
        await foreach (var row in _table.ReadAsync(new RowQuery(range), row => AlertKeys.ReadWake(row.RowKey), cancellationToken))
            if ((row.Item ?? AlertKeys.TryReadWake(row.Key)) is { } wake)
                yield return wake with { IsReadable = row.IsRead };
    }
}

/// <summary>A note that a project's outbox may hold something.</summary>
/// <param name="NotedAt">The latest note; null when its row cannot be read: then nobody may take it back.</param>
/// <param name="ETag">The version that was read; null with <paramref name="NotedAt"/>.</param>
public sealed record PendingProject(ProjectId ProjectId, DateTimeOffset? NotedAt, string? ETag);

/// <summary>A note that a project's outbox may hold something, as a row.</summary>
internal static class PendingRow
{
    private const string NotedAt = "notedAt";

    public static TableEntity Write(ProjectId projectId, DateTimeOffset now)
    {
        var row = RowSchema.New(AlertKeys.PendingPartition, AlertKeys.Pending(projectId));
        row[NotedAt] = now;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static PendingProject Read(TableEntity row) => new(new ProjectId(row.RowKey), row.Time(NotedAt), row.Version());
}
