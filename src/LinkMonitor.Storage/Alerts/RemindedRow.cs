using Azure.Data.Tables;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>The reminder of a link's terms that was told last, as a row.</summary>
internal static class RemindedRow
{
    private const string EventId = "eventId";

    public static TableEntity Write(ProjectId projectId, LinkId linkId, string eventId)
    {
        var row = RowSchema.New(projectId.Value, AlertKeys.Reminded(linkId));
        row[EventId] = eventId;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static string Read(TableEntity row) => row.Text(EventId);
}
