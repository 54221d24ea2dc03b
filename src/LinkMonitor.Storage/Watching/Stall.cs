using System.Globalization;
using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Watching;

/// <summary>A time in which pages were due and nothing was done about it. The latest one is kept.</summary>
public sealed record Stall
{
    /// <summary><c>stl_</c> and the time since when.</summary>
    public required string Id { get; init; }

    /// <summary>Since when the longest overdue page, or message of a check, waits.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset NoticedAt { get; init; }

    /// <summary>When the schedule had caught up; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }

    /// <summary>A stall that was just noticed.</summary>
    public static Stall Begin(DateTimeOffset since, DateTimeOffset now) => new()
    {
        Id = "stl_" + since.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture),
        Since = since,
        NoticedAt = now,
    };
}

/// <summary>What the watchdog keeps, in the <c>Failures</c> table.</summary>
public interface IWatchdogStore
{
    /// <summary>Writes over the report of the sweep before.</summary>
    Task NoteSweepAsync(SweepReport report, CancellationToken cancellationToken);

    /// <summary>Null when no sweep has come to its end yet.</summary>
    Task<SweepReport?> GetSweepAsync(CancellationToken cancellationToken);

    /// <summary>The latest stall, over or not; null when there never was one.</summary>
    Task<Stall?> GetStallAsync(CancellationToken cancellationToken);

    /// <summary>Writes a stall over the version that was read, or as the first one.</summary>
    /// <returns>False when somebody else wrote meanwhile.</returns>
    Task<bool> TrySaveAsync(Stall stall, CancellationToken cancellationToken);
}

/// <summary>What the last sweep of alerts that came to its end found over all projects.</summary>
/// <param name="At">When it began.</param>
/// <param name="OldestOutboxAt">When the oldest change that waits in any outbox was seen; null when none waits.</param>
public sealed record SweepReport(DateTimeOffset At, DateTimeOffset? OldestOutboxAt);

/// <inheritdoc cref="IWatchdogStore"/>
internal sealed class TableWatchdogStore(StoreTables tables) : IWatchdogStore
{
    private readonly RowTable _table = tables.Open(TableNames.Failures);

    public Task NoteSweepAsync(SweepReport report, CancellationToken cancellationToken) =>
        _table.PutAsync(WatchdogRows.Write(report), cancellationToken);

    public async Task<SweepReport?> GetSweepAsync(CancellationToken cancellationToken) =>
        await _table.FindAnyAsync(WatchdogRows.Partition, WatchdogRows.Sweep, WatchdogRows.ReadSweep, cancellationToken);

    public async Task<Stall?> GetStallAsync(CancellationToken cancellationToken) =>
        await _table.FindAnyAsync(WatchdogRows.Partition, WatchdogRows.Stall, WatchdogRows.ReadStall, cancellationToken);

    public async Task<bool> TrySaveAsync(Stall stall, CancellationToken cancellationToken)
    {
        var row = WatchdogRows.Write(stall);
        var version = stall.ETag is null
            ? await _table.AddAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, RowColumns.ToETag(stall.ETag), cancellationToken);
        return version is not null;
    }
}

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
