using Azure.Data.Tables;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>What of an alert never changes: when it was made and which changes it tells. Written once, kept for ever.</summary>
/// <param name="OutboxKeys">The places in the outbox where its changes were.</param>
internal sealed record AlertChangesRow(DateTimeOffset CreatedAt, IReadOnlyList<string> OutboxKeys)
{
    private const string CreatedAtColumn = "createdAt";
    private const string Keys = "keys";
    private const char Separator = ' ';

    public static TableEntity Write(NewAlert opened)
    {
        var row = RowSchema.New(opened.Alert.ProjectId.Value, AlertKeys.Changes(opened.Alert.Id));
        row[CreatedAtColumn] = opened.Alert.CreatedAt;
        LongText.Write(row, Keys, string.Join(Separator, opened.OutboxKeys.Select(LinkKeys.ShortOutbox)));
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static AlertChangesRow Read(TableEntity row) => new(
        row.Time(CreatedAtColumn),
        [.. LongText.Read(row, Keys).Split(Separator, StringSplitOptions.RemoveEmptyEntries).Select(LinkKeys.LongOutbox)]);
}
