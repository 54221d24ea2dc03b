using LinkMonitor.Monitoring.Hosts;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Writing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>Turns what is due into messages on the queue: one for each host with due pages, however many it has.</summary>
/// <remarks>
/// A host's run is noted before its message is sent: should the message get lost, the host is due again when the run counts as dead.
/// </remarks>
internal sealed partial class PageSchedule(
    IPageStore pages, IHostStore hosts, HostRuns runs, IOptions<MonitoringOptions> options, TimeProvider time, ILogger<PageSchedule> logger)
{
    private const int ShardsAtATime = 8;
    private const int HostsAtATime = 8;

    // A shard's hosts are begun in portions, so that what is held in memory does not grow with what is due.
    private const int PlacesAtATime = 2_000;

    /// <summary>Begins a run for every host with due pages. A shard that fails does not stop the others.</summary>
    /// <returns>The number of messages sent.</returns>
    /// <exception cref="StorageFailureException">A shard could not be read to its end; it is read again at the next tick.</exception>
    public async Task<int> EnqueueDueAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        StorageFailureException? failure = null;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ShardsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(HostKeys.Shards, parallel, async (shard, token) =>
        {
            try
            {
                await EnqueueShardAsync(shard, () => Interlocked.Increment(ref sent), token);
            }
            catch (StorageFailureException e)
            {
                Log.ShardFailed(logger, shard, e);
                Interlocked.CompareExchange(ref failure, e, null);
            }
        });
        if (sent > 0)
            Log.Enqueued(logger, sent);
        return failure is null ? sent : throw failure;
    }

    /// <summary>
    /// Asks for a check at once, before the other pages of the host, in which the page is read whether it has changed or not. False when the page is not
    /// known.
    /// </summary>
    public async Task<bool> EnqueueNowAsync(PageKey key, CancellationToken cancellationToken)
    {
        while (await pages.GetAsync(key, cancellationToken) is { } page)
        {
            // What there is to ask with goes in one write with the place, so that the check that comes of it is a full one even after a crash. Who asks again
            // keeps the place, and writes all the same: a check that is under way must not count for this one.
            var urgent = page with { Sight = page.Sight?.Spent(), IsUrgent = true };
            var dueAt = page.IsUrgent ? page.DueAt : time.GetUtcNow();
            if (await pages.MoveDueAsync(urgent, dueAt, null, null, cancellationToken) != SaveOutcome.Saved)
                continue;
            await runs.TryBeginAsync(HostKeys.For(page.Url), page.Url.Host ?? string.Empty, [], cancellationToken);
            return true;
        }

        return false;
    }

    /// <summary>
    /// Asks for a check at once on the word of anybody who has an address: not when the page was checked within <paramref name="pause"/>, and not while
    /// a check is due or comes as soon. What decides is in storage, so that it holds for all instances.
    /// </summary>
    /// <returns>Null when a check was asked for; otherwise when it may be asked for again.</returns>
    public async Task<DateTimeOffset?> EnqueueUnlessRecentAsync(PageKey key, TimeSpan pause, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await pages.GetAsync(key, cancellationToken) is not { } page)
            return null;
        if (page.LastCheckedAt is { } last && last <= now && last + pause > now)
            return last + pause;
        if (page.DueAt <= now && await hosts.GetAsync(HostKeys.For(page.Url), cancellationToken) is { } host && host.IsRunAlive(now))
            return now + pause;
        if (page.DueAt > now && page.DueAt <= now + options.Value.Lease)
            return page.DueAt;
        await EnqueueNowAsync(key, cancellationToken);
        return null;
    }

    private async Task EnqueueShardAsync(string shard, Action count, CancellationToken cancellationToken)
    {
        var portion = new List<ScheduleEntry>();
        await foreach (var entry in hosts.ReadScheduleAsync(shard, time.GetUtcNow(), cancellationToken))
        {
            portion.Add(entry);
            if (portion.Count < PlacesAtATime)
                continue;
            await EnqueueAsync(portion, count, cancellationToken);
            portion.Clear();
        }

        await EnqueueAsync(portion, count, cancellationToken);
    }

    private async Task EnqueueAsync(IReadOnlyList<ScheduleEntry> entries, Action count, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = HostsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(entries.GroupBy(entry => entry.Host), parallel, async (host, token) =>
        {
            if (host.First().EarlierPageId is not null)
                await TakeOverAsync(host.First(), token);
            else if (await runs.TryBeginAsync(host.Key, string.Empty, [.. host.Select(entry => entry.RowKey)], token))
                count();
        });
    }

    /// <summary>Moves a page that the version before scheduled by itself into the list of its host.</summary>
    private async Task TakeOverAsync(ScheduleEntry earlier, CancellationToken cancellationToken)
    {
        try
        {
            await pages.TakeOverAsync(earlier, cancellationToken);
        }
        catch (FormatException e)
        {
            Log.NotTakenOver(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Began to check the due pages of {Count} hosts.")]
        public static partial void Enqueued(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Error, Message = "Part {Shard} of the schedule could not be read; it is read again at the next tick.")]
        public static partial void ShardFailed(ILogger logger, string shard, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "A page that an earlier version scheduled cannot be read; it is tried again every minute.")]
        public static partial void NotTakenOver(ILogger logger, Exception exception);
    }
}
