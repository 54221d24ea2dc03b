using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Alerts;

/// <inheritdoc cref="IAlertWorkStore"/>
internal sealed class TableAlertWorkStore(StoreTables tables) : IAlertWorkStore
{
    private const string NudgeAt = "nudgeAt";
    private const string WorkingUntil = "workingUntil";

    private readonly RowTable _table = tables.Open(TableNames.Alerts);

    public async Task<AlertWork> GetAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, AlertKeys.Work, Read, cancellationToken) ?? new AlertWork { ProjectId = projectId };

    public async Task<AlertWork?> TrySaveAsync(AlertWork work, CancellationToken cancellationToken)
    {
        var row = RowSchema.NewMarked(work.ProjectId.Value, AlertKeys.Work);
        row[NudgeAt] = work.NudgeAt;
        row[WorkingUntil] = work.WorkingUntil;
        var version = work.ETag is null
            ? await _table.AddAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, RowColumns.ToETag(work.ETag), cancellationToken);
        return version is { } written ? work with { ETag = written.ToString() } : null;
    }

    private static AlertWork Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        NudgeAt = row.GetDateTimeOffset(NudgeAt),
        WorkingUntil = row.GetDateTimeOffset(WorkingUntil),
        ETag = row.Version(),
    };
}
