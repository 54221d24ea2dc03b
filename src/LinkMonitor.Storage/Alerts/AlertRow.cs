using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>An alert as a row: the same columns while it is open and when it is closed.</summary>
internal static class AlertRow
{
    private const string AlertId = "alertId";
    private const string Kind = "kind";
    private const string CauseKind = "causeKind";
    private const string CauseSubject = "causeSubject";
    private const string Content = "content";
    private const string CreatedAt = "createdAt";
    private const string Subject = "subject";
    private const string ChangeCount = "changeCount";
    private const string Deliveries = "deliveries";
    private const string LeasedUntil = "leasedUntil";
    private const string ClosedAt = "closedAt";
    private const string Trace = "trace";
    private const int MinError = 16;

    /// <summary>The row, with a marker of its own.</summary>
    public static TableEntity Write(Alert alert, string rowKey)
    {
        var row = RowSchema.NewMarked(alert.ProjectId.Value, rowKey);
        row[AlertId] = alert.Id;
        row[Kind] = WireName.Of(alert.Kind);
        row[CauseKind] = alert.Cause?.Kind;
        row[CauseSubject] = StoredText.Cut(alert.Cause?.Subject, StoredText.MaxLength);
        row[Content] = alert.Content is { } content ? StoredText.Fit(content, AlertRowJson.Stored.AlertContent, Cut) : null;
        row[CreatedAt] = alert.CreatedAt;
        row[Subject] = StoredText.Cut(alert.Subject, StoredText.MaxLength);
        row[ChangeCount] = alert.ChangeCount;
        LongText.Write(row, Deliveries, Fit(alert.Deliveries));
        row[LeasedUntil] = alert.LeasedUntil;
        row[ClosedAt] = alert.ClosedAt;
        row[Trace] = StoredText.Cut(alert.Trace, StoredText.MaxLength);
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static Alert Read(TableEntity row) => new()
    {
        Id = row.Text(AlertId),
        ProjectId = new ProjectId(row.PartitionKey),
        Kind = WireName.Parse<AlertKind>(row.Text(Kind)),
        Cause = row.GetString(CauseKind) is { } kind ? new AlertCause(kind, row.GetString(CauseSubject)) : null,
        Content = row.JsonOrNull(Content, AlertRowJson.Stored.AlertContent),
        CreatedAt = row.Time(CreatedAt),
        Subject = row.Text(Subject),
        ChangeCount = row.GetInt32(ChangeCount) ?? 0,
        Deliveries = JsonSerializer.Deserialize(LongText.Read(row, Deliveries), AlertRowJson.Stored.IReadOnlyListDelivery) ?? [],
        LeasedUntil = row.Time(LeasedUntil),
        ClosedAt = row.GetDateTimeOffset(ClosedAt),
        Trace = row[Trace] as string,
        ETag = row.Version(),
    };

    private static AlertContent Cut(AlertContent content, int limit) => content with { Text = StoredText.Cut(content.Text, limit) };

    // What a mail server says may be long; whom it goes to is never cut.
    private static string Fit(IReadOnlyList<Delivery> deliveries)
    {
        for (var limit = StoredText.MaxLength; limit >= MinError; limit /= 2)
        {
            var json = JsonSerializer.Serialize(Cut(deliveries, limit), AlertRowJson.Stored.IReadOnlyListDelivery);
            if (json.Length <= LongText.MaxLength)
                return json;
        }

        throw new InvalidOperationException($"{deliveries.Count} deliveries do not fit a row.");
    }

    private static IReadOnlyList<Delivery> Cut(IReadOnlyList<Delivery> deliveries, int limit) =>
    [
        .. deliveries.Select(delivery => delivery with
        {
            Receipt = StoredText.Cut(delivery.Receipt, limit),
            Error = StoredText.Cut(delivery.Error, limit),
        }),
    ];
}

/// <summary>What an alert reports besides changes; which parts are there follows from its kind.</summary>
public sealed record AlertContent
{
    /// <summary>The link that is unstable or has settled.</summary>
    public string? LinkId { get; init; }

    /// <summary>How many changes were held back (settled), or were in the window (unstable).</summary>
    public int? Count { get; init; }

    /// <summary>The beginning of a digest's period, or of a network failure.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The end of a digest's period, not included.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The channel that a digest was made for, or that was disabled.</summary>
    public string? ChannelId { get; init; }

    /// <summary>The project of a channel that was disabled.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Reminders of terms.</summary>
    public IReadOnlyList<TermReminder>? Reminders { get; init; }

    /// <summary>Reminders of cases.</summary>
    public IReadOnlyList<CaseReminder>? CaseReminders { get; init; }

    /// <summary>A notice's name, for example <c>channel-disabled</c>.</summary>
    public string? Notice { get; init; }

    /// <summary>What may be shown of the channel that was disabled.</summary>
    public string? ChannelName { get; init; }

    /// <summary>How the channel that was disabled travels.</summary>
    public ChannelKind? Channel { get; init; }

    /// <summary>The page whose check failed by our own fault.</summary>
    public string? Page { get; init; }

    /// <summary>The control addresses that failed.</summary>
    public IReadOnlyList<string>? Controls { get; init; }

    /// <summary>Why, in words; holds no secret.</summary>
    public string? Text { get; init; }
}

/// <summary>The JSON in an alert's row.</summary>
[JsonSerializable(typeof(IReadOnlyList<Delivery>))]
[JsonSerializable(typeof(AlertContent))]
internal sealed partial class AlertRowJson : JsonSerializerContext
{
    public static AlertRowJson Stored { get; } = new(StorageJsonContext.NewOptions());
}
