using LinkMonitor.Engine.Robots;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Writing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>Turns what is due into messages on the queue.</summary>
/// <remarks>A page is leased before its message is sent: should the message get lost, the page is due again when the lease ends.</remarks>
public sealed partial class PageSchedule(
    IPageStore pages,
    IWorkQueues queues,
    RobotsCache robots,
    IOptions<MonitoringOptions> options,
    TimeProvider time,
    ILogger<PageSchedule> logger)
{
    private const int ShardsAtATime = 8;

    /// <summary>Enqueues everything that is due now.</summary>
    /// <returns>The number of messages sent.</returns>
    public async Task<int> EnqueueDueAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ShardsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(PageKeys.Shards, parallel, async (shard, token) =>
            Interlocked.Add(ref sent, await EnqueueShardAsync(shard, token)));
        if (sent > 0)
            Log.Enqueued(logger, sent);
        return sent;
    }

    /// <summary>Asks for a check at once, whatever the schedule says, in which the page is read whether it has changed or not. False when the page is not known.</summary>
    public async Task<bool> EnqueueNowAsync(PageKey key, CancellationToken cancellationToken)
    {
        while (await pages.GetAsync(key, cancellationToken) is { } page)
        {
            // What there is to ask with goes in one write with the lease, so that the check that comes of it is a full one even after a crash.
            if (await LeaseAndSendAsync(page with { Sight = page.Sight?.Spent() }, time.GetUtcNow(), TimeSpan.Zero, cancellationToken))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Asks for a check at once on the word of anybody who has an address: not when the page was checked within <paramref name="pause"/>, and not while
    /// a check is under way or comes as soon. What decides is in storage, so that it holds for all instances.
    /// </summary>
    /// <returns>Null when a check was asked for; otherwise when it may be asked for again.</returns>
    public async Task<DateTimeOffset?> EnqueueUnlessRecentAsync(PageKey key, TimeSpan pause, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await pages.GetAsync(key, cancellationToken) is not { } page)
            return null;
        if (page.LastCheckedAt + pause > now)
            return page.LastCheckedAt + pause;
        if (page.DueAt > now && page.DueAt <= now + options.Value.Lease)
            return page.DueAt;
        await EnqueueNowAsync(key, cancellationToken);
        return null;
    }

    private async Task<int> EnqueueShardAsync(string shard, CancellationToken cancellationToken)
    {
        // All pages of a host are in one shard, so growing delays keep a host's requests apart without a lock.
        var delays = new Dictionary<string, TimeSpan>();
        var now = time.GetUtcNow();
        var sent = 0;
        await foreach (var page in pages.ReadDueAsync(shard, now, cancellationToken))
        {
            var host = page.Url.Host ?? string.Empty;
            var delay = delays.GetValueOrDefault(host);
            if (!await LeaseAndSendAsync(page, now, delay, cancellationToken))
                continue;
            delays[host] = delay + PauseAfter(page);
            sent++;
        }

        return sent;
    }

    private TimeSpan PauseAfter(WatchedPage page)
    {
        var asked = robots.KnownCrawlDelay(page.Url);
        return asked > options.Value.HostPause ? asked : options.Value.HostPause;
    }

    private async Task<bool> LeaseAndSendAsync(
        WatchedPage page, DateTimeOffset now, TimeSpan delay, CancellationToken cancellationToken)
    {
        var leasedUntil = now + delay + options.Value.Lease;
        if (await pages.MoveDueAsync(page, leasedUntil, checkedAt: null, cancellationToken) != SaveOutcome.Saved)
            return false;
        await queues.SendPageCheckAsync(page.Key, leasedUntil, delay, cancellationToken);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Enqueued {Count} page checks.")]
        public static partial void Enqueued(ILogger logger, int count);
    }
}
