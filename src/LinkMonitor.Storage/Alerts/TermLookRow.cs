using Azure.Data.Tables;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>A time at which a link's terms are to be looked at, as a row that is all in its key.</summary>
internal static class TermLookRow
{
    public static TableEntity Write(ProjectId projectId, TermLook look) => RowSchema.New(projectId.Value, AlertKeys.TermLook(look));

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static TermLook Read(TableEntity row) => AlertKeys.ReadTermLook(row.RowKey);
}
