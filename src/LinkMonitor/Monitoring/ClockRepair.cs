using LinkMonitor.Engine.Clocks;
using LinkMonitor.Failures;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Monitoring;

/// <summary>
/// Mends what a clock that was ahead has left in the schedule: pages that were written in the future are due at once, and so are hosts
/// whose run is to end further ahead than any run does. Repairs one shard a minute, so that all are repaired within an hour or so after
/// the clock is right.
/// </summary>
internal sealed partial class ClockRepair(
    IPageStore pages, IHostStore hosts, HostLimits limits, ISetAside aside, TimeProvider time, ILogger<ClockRepair> logger)
{
    // Of one shard and minute; what is left comes in the next hour.
    private const int MostMended = 10_000;
    private const int AtATime = 8;

    /// <summary>Repairs the shard whose minute it is.</summary>
    /// <exception cref="StorageFailureException">
    /// The shard could not be read to its end; it is checked again in its next turn.
    /// </exception>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var minute = time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        return RunAsync(HostRowKeys.Shards[(int)(minute % HostRowKeys.ShardCount)], cancellationToken);
    }

    /// <summary>Repairs one shard.</summary>
    internal async Task RunAsync(string shard, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var mended = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        var wrong = pages.ReadWrittenAfterAsync(shard, now + StoredTime.Tolerance, cancellationToken);
        await Parallel.ForEachAsync(wrong.Take(MostMended), parallel, async (page, token) =>
        {
            // Somebody who writes the page meanwhile has a better time for it.
            var checkedAt = page.LastCheckedAt is { } last ? StoredTime.Happened(last, now) : (DateTimeOffset?)null;
            if (await pages.MoveDueAsync(page, now, checkedAt, null, token) == SaveOutcome.Saved)
                Interlocked.Increment(ref mended);
        });

        // In both orders a crash leaves what the next turn finds: a page is due, or its host's place is as it was.
        var late = hosts.ReadRunEndsAfterAsync(shard, now + limits.Run + StoredTime.Tolerance, cancellationToken);
        await foreach (var entry in late.Take(MostMended).WithCancellation(cancellationToken))
        {
            await hosts.MoveRunEndAsync(entry, now, cancellationToken);
            mended++;
        }

        if (mended == 0)
            return;
        Log.Mended(logger, shard, mended);
        await aside.NoteFutureAsync($"schedule of shard {shard}", cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Shard {Shard}: {Count} pages and hosts had times from the future and are due now. A clock was ahead, or this "
                + "machine's is behind.")]
        public static partial void Mended(ILogger logger, string shard, int count);
    }
}
