using Azure.Data.Tables;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

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
