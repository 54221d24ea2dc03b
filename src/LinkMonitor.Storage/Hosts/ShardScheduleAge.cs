using System.Collections.Concurrent;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Hosts;

/// <inheritdoc cref="IScheduleAge"/>
/// <remarks>Reads the first place in the schedule of each shard: a key alone, so that a damaged row cannot hide how late it is.</remarks>
internal sealed class ShardScheduleAge(StoreTables tables) : IScheduleAge
{
    private const int ShardsAtATime = 8;

    private readonly RowTable _table = tables.Open(TableNames.Pages);

    public async Task<DateTimeOffset?> OldestDueAsync(CancellationToken cancellationToken)
    {
        var first = new ConcurrentBag<DateTimeOffset>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ShardsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(HostRowKeys.Shards, parallel, async (shard, stop) =>
        {
            var range = HostRowKeys.ScheduledUntil(shard, DateTimeOffset.MaxValue.AddTicks(-1));
            await foreach (var key in _table.ReadKeysAsync(range, stop, perPage: 1))
            {
                // A key that no program of ours wrote says nothing, and must not blind us for the rest.
                if (HostRowKeys.Find(shard, key) is not { } due)
                    continue;
                first.Add(due.At);
                break;
            }
        });
        return first.IsEmpty ? null : first.Min();
    }
}

/// <summary>How far behind the schedule of the pages is.</summary>
public interface IScheduleAge
{
    /// <summary>
    /// When the host is, or was, to be checked that is first in the schedule; null when no page is watched. In the past, its pages are
    /// due and nobody has begun to check them. A number of reads that does not grow with the pages.
    /// </summary>
    Task<DateTimeOffset?> OldestDueAsync(CancellationToken cancellationToken);
}
