using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Watching;

/// <summary>
/// What the watchdog keeps as rows; see docs/tables/failures.md. It must not go blind by a row that it cannot read, and only the latest
/// counts: such a row says nothing, and is written over.
/// </summary>
internal static class WatchdogRows
{
    public const string Partition = "watchdog";
    public const string Sweep = "sweep";
    public const string Stall = "stall";

    private const string At = "at";
    private const string OldestOutboxAt = "oldestOutboxAt";
    private const string StallId = "stallId";
    private const string Since = "since";
    private const string NoticedAt = "noticedAt";
    private const string EndedAt = "endedAt";

    public static TableEntity Write(SweepReport report)
    {
        var row = RowSchema.New(Partition, Sweep);
        row[At] = report.At;
        row[OldestOutboxAt] = report.OldestOutboxAt;
        return row;
    }

    /// <returns>Null when the row cannot be read.</returns>
    public static SweepReport? ReadSweep(TableEntity row) => RowMapping.Try(
        TableNames.Failures, row, sound => new SweepReport(sound.Time(At), sound.GetDateTimeOffset(OldestOutboxAt)), out _);

    /// <summary>The row, with a marker of its own.</summary>
    public static TableEntity Write(Stall stall)
    {
        var row = RowSchema.NewMarked(Partition, Stall);
        row[StallId] = stall.Id;
        row[Since] = stall.Since;
        row[NoticedAt] = stall.NoticedAt;
        row[EndedAt] = stall.EndedAt;
        return row;
    }

    /// <returns>A stall that is over when the row cannot be read.</returns>
    public static Stall ReadStall(TableEntity row) => RowMapping.Try(TableNames.Failures, row, ReadSound, out _)
        ?? new() { Id = "", Since = default, NoticedAt = default, EndedAt = default(DateTimeOffset), ETag = row.Version() };

    private static Stall ReadSound(TableEntity row) => new()
    {
        Id = row.Text(StallId),
        Since = row.Time(Since),
        NoticedAt = row.Time(NoticedAt),
        EndedAt = row.GetDateTimeOffset(EndedAt),
        ETag = row.Version(),
    };
}
