using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Hosts;

/// <summary>A host's state as a row.</summary>
internal static class HostRow
{
    private const string HostColumn = "host";
    private const string Run = "run";
    private const string RunUntil = "runUntil";
    private const string Turn = "turn";
    private const string FreeAt = "freeAt";

    /// <summary>Longer than any turn may last.</summary>
    internal static readonly TimeSpan UnreadableFor = TimeSpan.FromMinutes(15);

    public static TableEntity Write(HostState state)
    {
        var row = RowSchema.NewMarked(state.Key.Shard, HostRowKeys.Host(state.Key));
        row[HostColumn] = state.Host;
        row[Run] = state.Run;
        row[RunUntil] = state.RunUntil;
        row[Turn] = state.Turn;
        row[FreeAt] = state.FreeAt;
        return row;
    }

    /// <summary>
    /// The state in a row. It is worth minutes only, so a row that is damaged or of a later version does not stop the host: it counts as a
    /// turn of somebody unknown, which ends <see cref="UnreadableFor"/> after the row was written, and is then written over.
    /// </summary>
    public static HostState Read(TableEntity row, HostKey key) =>
        RowMapping.Try(TableNames.Pages, row, sound => ReadSound(sound, key), out _) ?? Unreadable(row, key);

    private static HostState ReadSound(TableEntity row, HostKey key) => new()
    {
        Key = key,
        Host = row.Text(HostColumn),
        Run = row.GetString(Run),
        RunUntil = row.GetDateTimeOffset(RunUntil),
        Turn = row.GetString(Turn),
        FreeAt = row.Time(FreeAt),
        ETag = row.Version(),
    };

    private static HostState Unreadable(TableEntity row, HostKey key)
    {
        var written = row.Timestamp ?? DateTimeOffset.MinValue;
        return new() { Key = key, Host = string.Empty, Turn = "unreadable", FreeAt = written + UnreadableFor, ETag = row.Version() };
    }

    /// <summary>The actions that write a step, with the run's place in the schedule and that of the next page.</summary>
    public static IEnumerable<TableTransactionAction> Actions(HostStep step, DateTimeOffset now)
    {
        var (before, after) = (step.Before, step.After);
        var version = RowColumns.ToETag(before.ETag);
        yield return after is null
            ? Transactions.Delete(before.Key.Shard, HostRowKeys.Host(before.Key), version)
            : Transactions.Replace(Write(after), version);
        foreach (var robots in step.Robots)
        {
            if (RobotsRow.Write(before.Key, robots) is { } row)
                yield return Transactions.Put(row);
        }

        if (step.NextDue is { } at)
            yield return Schedule(before.Key, at, now);
        if (before.RunUntil == after?.RunUntil)
            yield break;
        if (before.RunUntil is { } old)
            yield return Transactions.Delete(before.Key.Shard, HostRowKeys.RunEnds(before.Key, old), ETag.All);
        if (after?.RunUntil is { } next)
            yield return ScheduleEnd(before.Key, next);
    }

    /// <summary>Puts a host into the schedule because of a page.</summary>
    public static TableTransactionAction Schedule(HostKey host, DateTimeOffset dueAt, DateTimeOffset now) =>
        Transactions.Put(RowSchema.New(host.Shard, HostRowKeys.Scheduled(host, dueAt, now)));

    /// <summary>Puts a host into the schedule for the case that its run dies.</summary>
    public static TableTransactionAction ScheduleEnd(HostKey host, DateTimeOffset until) =>
        Transactions.Put(RowSchema.New(host.Shard, HostRowKeys.RunEnds(host, until)));
}
