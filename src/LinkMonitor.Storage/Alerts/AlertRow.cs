using System.Text.Json;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Alerts;

/// <summary>An alert as a row: the same columns while it is open and when it is closed.</summary>
internal static class AlertRow
{
    private const string AlertId = "alertId";
    private const string CreatedAt = "createdAt";
    private const string Subject = "subject";
    private const string OutboxKeys = "outboxKeys";
    private const string Deliveries = "deliveries";
    private const string LeasedUntil = "leasedUntil";
    private const string ClosedAt = "closedAt";

    private static StorageJsonContext Json => StorageJsonContext.Stored;

    /// <summary>The row, with a marker of its own.</summary>
    public static TableEntity Write(Alert alert, string rowKey)
    {
        var row = RowSchema.NewMarked(alert.ProjectId.Value, rowKey);
        row[AlertId] = alert.Id;
        row[CreatedAt] = alert.CreatedAt;
        row[Subject] = StoredText.Cut(alert.Subject, StoredText.MaxLength);
        row[OutboxKeys] = JsonSerializer.Serialize(alert.OutboxKeys, Json.IReadOnlyListString);
        row[Deliveries] = StoredText.Fit(alert.Deliveries, Json.IReadOnlyListDelivery, Cut);
        row[LeasedUntil] = alert.LeasedUntil;
        row[ClosedAt] = alert.ClosedAt;
        return row;
    }

    public static bool IsOf(TableEntity row, Alert alert) => row.GetString(AlertId) == alert.Id;

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static Alert Read(TableEntity row) => new()
    {
        Id = row.Text(AlertId),
        ProjectId = new ProjectId(row.PartitionKey),
        CreatedAt = row.Time(CreatedAt),
        Subject = row.Text(Subject),
        OutboxKeys = row.Json(OutboxKeys, Json.IReadOnlyListString),
        Deliveries = row.Json(Deliveries, Json.IReadOnlyListDelivery),
        LeasedUntil = row.Time(LeasedUntil),
        ClosedAt = row.GetDateTimeOffset(ClosedAt),
        ETag = row.Version(),
    };

    // What a mail server says may be long; whom the mail goes to is never cut.
    private static IReadOnlyList<Delivery> Cut(IReadOnlyList<Delivery> deliveries, int limit) =>
    [
        .. deliveries.Select(delivery => delivery with
        {
            Receipt = StoredText.Cut(delivery.Receipt, limit),
            Error = StoredText.Cut(delivery.Error, limit),
        }),
    ];
}
