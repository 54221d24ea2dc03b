using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>A plan as a row.</summary>
internal static class AlertPlanRow
{
    private const string ReadAt = "readAt";
    private const string WakeAt = "wakeAt";
    private const string Causes = "causes";
    private const string Digests = "digests";

    private static StorageJsonContext Json => StorageJsonContext.Stored;

    /// <summary>The row, with a marker of its own.</summary>
    public static TableEntity Write(AlertPlan plan)
    {
        var row = RowSchema.NewMarked(plan.ProjectId.Value, AlertKeys.Plan);
        row[ReadAt] = plan.ReadAt;
        row[WakeAt] = plan.WakeAt;
        row[Causes] = JsonSerializer.Serialize(plan.Causes, Json.IReadOnlyDictionaryStringDateTimeOffset);
        LongText.Write(row, Digests, JsonSerializer.Serialize(plan.Digests, Json.IReadOnlyDictionaryStringDateTimeOffset));
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static AlertPlan Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        ReadAt = row.GetDateTimeOffset(ReadAt),
        WakeAt = row.GetDateTimeOffset(WakeAt),
        Causes = row.Json(Causes, Json.IReadOnlyDictionaryStringDateTimeOffset),
        Digests = JsonSerializer.Deserialize(LongText.Read(row, Digests), Json.IReadOnlyDictionaryStringDateTimeOffset) ?? new Dictionary<string, DateTimeOffset>(),
        ETag = row.Version(),
    };
}
