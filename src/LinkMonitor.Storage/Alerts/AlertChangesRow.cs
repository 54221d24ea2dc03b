using Azure.Data.Tables;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>What of an alert never changes: when it was made and which changes it tells. Written once, kept for ever.</summary>
internal static class AlertChangesRow
{
    private const string CreatedAt = "createdAt";
    private const string Keys = "keys";
    private const char Separator = ' ';

    public static TableEntity Write(NewAlert opened)
    {
        var row = RowSchema.New(opened.Alert.ProjectId.Value, AlertKeys.Changes(opened.Alert.Id));
        row[CreatedAt] = opened.Alert.CreatedAt;
        LongText.Write(row, Keys, string.Join(Separator, opened.OutboxKeys.Select(LinkKeys.ShortOutbox)));
        return row;
    }

    /// <summary>With the alert's id gives the key of the closed alert.</summary>
    public static DateTimeOffset ReadCreatedAt(TableEntity row) => row.Time(CreatedAt);

    public static IReadOnlyList<string> ReadKeys(TableEntity row) =>
        [.. LongText.Read(row, Keys).Split(Separator, StringSplitOptions.RemoveEmptyEntries).Select(LinkKeys.LongOutbox)];
}
