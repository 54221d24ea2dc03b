using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Alerts;

/// <inheritdoc cref="IAlertWorkStore"/>
internal sealed class TableAlertWorkStore(StorageConnection connection) : IAlertWorkStore
{
    private const string NudgeAt = "nudgeAt";
    private const string WorkingUntil = "workingUntil";

    private readonly TableClient _table = connection.Table(TableNames.Alerts);

    public async Task<AlertWork> GetAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, AlertKeys.Work, cancellationToken) is { } row ? Read(row) : new AlertWork { ProjectId = projectId };

    public async Task<AlertWork?> TrySaveAsync(AlertWork work, CancellationToken cancellationToken)
    {
        var row = RowSchema.NewMarked(work.ProjectId.Value, AlertKeys.Work);
        row[NudgeAt] = work.NudgeAt;
        row[WorkingUntil] = work.WorkingUntil;
        var version = work.ETag is null
            ? await _table.TryAddAsync(row, cancellationToken)
            : await _table.TryReplaceAsync(row, RowColumns.ToETag(work.ETag), cancellationToken);
        if (version is not null)
            return work with { ETag = version.ToString() };

        // An answer may have been lost: then the repeated request met its own work.
        var stored = await _table.FindAsync(row.PartitionKey, row.RowKey, cancellationToken);
        return stored is not null && RowSchema.IsSameWrite(stored, row) ? Read(stored) : null;
    }

    private static AlertWork Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        NudgeAt = row.GetDateTimeOffset(NudgeAt),
        WorkingUntil = row.GetDateTimeOffset(WorkingUntil),
        ETag = row.Version(),
    };
}
