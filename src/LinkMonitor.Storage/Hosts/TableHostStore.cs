using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Hosts;

/// <inheritdoc cref="IHostStore"/>
internal sealed class TableHostStore(StoreTables tables, HostLimits limits, TimeProvider time) : IHostStore
{
    // The state and the run's own place are in the transaction, too.
    private const int MostTaken = TransactionLimits.MaxActions - 2;

    private readonly RowTable _table = tables.Open(TableNames.Pages);

    public async IAsyncEnumerable<ScheduleEntry> ReadScheduleAsync(
        string shard, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in _table.ReadKeysAsync(HostRowKeys.ScheduledUntil(shard, until), cancellationToken))
        {
            if (HostRowKeys.Find(shard, key) is { } entry)
                yield return entry;
        }
    }

    public async IAsyncEnumerable<ScheduleEntry> ReadRunEndsAfterAsync(
        string shard, DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in _table.ReadKeysAsync(HostRowKeys.ScheduledAfter(shard, at), cancellationToken))
        {
            if (HostRowKeys.IsRunEnd(key) && HostRowKeys.Find(shard, key) is { } entry)
                yield return entry;
        }
    }

    public Task<bool> MoveRunEndAsync(ScheduleEntry entry, DateTimeOffset at, CancellationToken cancellationToken) =>
        _table.SubmitWithoutMissingAsync(
        [Transactions.Delete(entry.Host.Shard, entry.RowKey, ETag.All), HostRow.ScheduleEnd(entry.Host, at)], cancellationToken);

    public async Task<HostState?> GetAsync(HostKey host, CancellationToken cancellationToken) =>
        await _table.FindAnyAsync(
            host.Shard, HostRowKeys.Host(host), row => limits.Mend(HostRow.Read(row, host), time.GetUtcNow()), cancellationToken);

    public async Task<bool> BeginRunAsync(HostState state, IReadOnlyList<string> taken, CancellationToken cancellationToken)
    {
        if (!await _table.SubmitAsync([.. Begun(state, taken.Take(MostTaken))], cancellationToken))
            return false;
        await _table.DeleteRowsAsync(state.Key.Shard, [.. taken.Skip(MostTaken)], cancellationToken);
        return true;
    }

    public Task<bool> BeginRunsAsync(
        IReadOnlyList<(HostState State, IReadOnlyList<string> Taken)> runs, CancellationToken cancellationToken) =>
        _table.SubmitAsync([.. runs.SelectMany(run => Begun(run.State, run.Taken))], cancellationToken);

    private static IEnumerable<TableTransactionAction> Begun(HostState state, IEnumerable<string> taken)
    {
        var row = HostRow.Write(state);
        return
        [
            state.ETag is null ? Transactions.Add(row) : Transactions.Replace(row, RowColumns.ToETag(state.ETag)),
            HostRow.ScheduleEnd(state.Key, state.RunUntil!.Value),
            .. taken.Select(key => Transactions.Delete(state.Key.Shard, key, ETag.All)),
        ];
    }

    public async Task<HostState?> TrySaveAsync(HostState state, CancellationToken cancellationToken)
    {
        var row = HostRow.Write(state);
        var version = state.ETag is null
            ? await _table.AddAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, RowColumns.ToETag(state.ETag), cancellationToken);
        return version is { } written ? state with { ETag = written.ToString() } : null;
    }

    public Task<bool> StepAsync(HostStep hostStep, CancellationToken cancellationToken) =>
        _table.SubmitWithoutMissingAsync([.. HostRow.Actions(hostStep, time.GetUtcNow())], cancellationToken);

    public Task<RobotsRecord?> GetRobotsAsync(HostKey host, string origin, CancellationToken cancellationToken) =>
        _table.FindAnyAsync(host.Shard, HostRowKeys.Robots(host, origin), RobotsRow.Read, cancellationToken);

    public Task PutRobotsAsync(HostKey host, RobotsRecord record, CancellationToken cancellationToken) =>
        RobotsRow.Write(host, record) is { } row ? _table.PutAsync(row, cancellationToken) : Task.CompletedTask;

    public Task<bool> RemoveAsync(HostState state, CancellationToken cancellationToken) =>
        _table.DeleteAsync(state.Key.Shard, HostRowKeys.Host(state.Key), RowColumns.ToETag(state.ETag), cancellationToken);
}

/// <summary>
/// How far ahead the times of a host are ever set; what lies further ahead is from a wrong clock and over (<see cref="StoredTime"/>).
/// </summary>
/// <param name="Turn">The longest turn or pause.</param>
/// <param name="Run">The longest that a run counts as alive.</param>
public sealed record HostLimits(TimeSpan Turn, TimeSpan Run)
{
    /// <summary>Beyond what any settings allow.</summary>
    public static HostLimits Widest { get; } = new(TimeSpan.FromDays(2), TimeSpan.FromDays(3));

    /// <summary>The state as it is to be believed now.</summary>
    internal HostState Mend(HostState state, DateTimeOffset now) => state with
    {
        FreeAt = StoredTime.Due(state.FreeAt, Turn, now),
        RunUntil = state.RunUntil is { } until ? StoredTime.Due(until, Run, now) : null,
    };
}
