using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Rows;
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

    // A few storage calls with their retries.
    internal static readonly TimeSpan HostTime = TimeSpan.FromSeconds(20);

    // What hangs in one shard holds up the next tick by less than its minute.
    internal static readonly TimeSpan ShardTime = TimeSpan.FromSeconds(45);

    // A shard's hosts are begun in portions, so that what is held in memory does not grow with what is due.
    private const int PlacesAtATime = 2_000;

    /// <summary>Begins a run for every host with due pages. A shard or a host that fails or hangs does not stop the others.</summary>
    /// <returns>The number of messages sent.</returns>
    /// <exception cref="StorageFailureException">
    /// Not all of the schedule could be read or begun; the rest is due again at the next tick.
    /// </exception>
    public async Task<int> EnqueueDueAsync(CancellationToken cancellationToken)
    {
        var round = new ScheduleTally();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ShardsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(InTurn(), parallel, async (shard, token) =>
        {
            var own = new ScheduleTally(round);
            if (await TryAsync(stop => EnqueueShardAsync(shard, own, stop), ShardTime, token) is not { } failure)
                return;

            // More was due in the shard than one tick has time for: the next one goes on. What others sent meanwhile says nothing of it.
            if (failure.Kind == StorageFailureKind.NoAnswer && own.Sent > 0)
                return;
            Log.ShardFailed(logger, shard, failure);
            round.Note(failure);
        });
        if (round.Sent > 0)
            Log.Enqueued(logger, round.Sent);
        return round.Failure is { } first ? throw first : round.Sent;
    }

    // Each tick begins with another, so that those behind shards that hang come first in their turn.
    private IEnumerable<string> InTurn()
    {
        var first = (int)(time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute % HostRowKeys.ShardCount);
        return HostRowKeys.Shards.Skip(first).Concat(HostRowKeys.Shards.Take(first));
    }

    /// <returns>Null when all went well; otherwise what failed, or that the time was over.</returns>
    private async Task<StorageFailureException?> TryAsync(
        Func<CancellationToken, Task> work, TimeSpan most, CancellationToken cancellationToken) =>
        await Bounded.TryAsync(
            work, most, time, failure => failure is StorageFailureException or TimeoutException, cancellationToken) switch
        {
            null => null,
            StorageFailureException failure => failure,
            var late => new StorageFailureException(StorageFailureKind.NoAnswer, 0, late.Message, late),
        };

    /// <summary>
    /// Asks for a check at once, before the other pages of the host, in which the page is read whether it has changed or not. False when
    /// the page is not known.
    /// </summary>
    public async Task<bool> EnqueueNowAsync(PageKey key, CancellationToken cancellationToken)
    {
        var isKnown = true;
        await Contention.RunAsync($"Page {key.PageId}", async () =>
        {
            if (await pages.GetAsync(key, cancellationToken) is not { } page)
            {
                isKnown = false;
                return true;
            }

            // What there is to ask with goes in one write with the place, so that the check that comes of it is a full one even after a
            // crash. Who asks again keeps the place, and writes all the same: a check that is under way must not count for this one.
            var urgent = page with { LastFetch = page.LastFetch?.ToBeReadInFull(), IsUrgent = true };
            var dueAt = page.IsUrgent ? page.DueAt : time.GetUtcNow();
            if (await pages.MoveDueAsync(urgent, dueAt, null, null, cancellationToken) != SaveOutcome.Saved)
                return false;
            await runs.BeginOrTellAsync(HostRowKeys.For(page.Url), page.Url.Host ?? string.Empty, cancellationToken);
            return true;
        }, cancellationToken);
        return isKnown;
    }

    /// <summary>
    /// Asks for a check at once on the word of anybody who has an address: not when the page was checked within <paramref name="pause"/>,
    /// and not while a check is due or comes as soon. What decides is in storage, so that it holds for all instances.
    /// </summary>
    /// <returns>Null when a check was asked for; otherwise when it may be asked for again.</returns>
    public async Task<DateTimeOffset?> EnqueueUnlessRecentAsync(PageKey key, TimeSpan pause, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await pages.GetAsync(key, cancellationToken) is not { } page)
            return null;
        if (page.LastCheckedAt is { } last && last <= now && last + pause > now)
            return last + pause;
        if (page.DueAt <= now && await hosts.GetAsync(HostRowKeys.For(page.Url), cancellationToken) is { } host && host.IsRunAlive(now))
            return now + pause;
        if (page.DueAt > now && page.DueAt <= now + options.Value.Lease)
            return page.DueAt;
        await EnqueueNowAsync(key, cancellationToken);
        return null;
    }

    private async Task EnqueueShardAsync(string shard, ScheduleTally round, CancellationToken cancellationToken)
    {
        var portion = new List<ScheduleEntry>();
        await foreach (var entry in hosts.ReadScheduleAsync(shard, time.GetUtcNow(), cancellationToken))
        {
            portion.Add(entry);
            if (portion.Count < PlacesAtATime)
                continue;
            await EnqueueAsync(portion, round, cancellationToken);
            portion.Clear();
        }

        await EnqueueAsync(portion, round, cancellationToken);
    }

    private async Task EnqueueAsync(IReadOnlyList<ScheduleEntry> entries, ScheduleTally round, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = HostsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(entries.GroupBy(entry => entry.Host), parallel, async (host, token) =>
        {
            if (await TryAsync(stop => BeginAsync(host, round, stop), HostTime, token) is not { } failure)
                return;
            Log.HostFailed(logger, host.Key.Shard, failure);
            round.Note(failure);
        });
    }

    private async Task BeginAsync(IGrouping<HostKey, ScheduleEntry> host, ScheduleTally round, CancellationToken cancellationToken)
    {
        if (host.First().EarlierPageId is not null)
            await TakeOverAsync(host.First(), cancellationToken);
        else if (await runs.TryBeginAsync(host.Key, string.Empty, [.. host.Select(entry => entry.RowKey)], cancellationToken))
            round.Count();
    }

    /// <summary>Moves a page that the version before scheduled by itself into the list of its host.</summary>
    private async Task TakeOverAsync(ScheduleEntry earlier, CancellationToken cancellationToken)
    {
        try
        {
            await pages.TakeOverAsync(earlier, cancellationToken);
        }
        catch (UnreadableRowException e)
        {
            Log.NotTakenOver(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Started to check the due pages of {Count} hosts.")]
        public static partial void Enqueued(ILogger logger, int count);

        [LoggerMessage(
            Level = LogLevel.Error, Message = "Part {Shard} of the schedule could not be read; it is read again at the next tick.")]
        public static partial void ShardFailed(ILogger logger, string shard, Exception exception);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "The checks of a host in part {Shard} of the schedule could not be started; they are due again at the next tick.")]
        public static partial void HostFailed(ILogger logger, string shard, Exception exception);

        [LoggerMessage(
            Level = LogLevel.Error, Message = "A page that an earlier version scheduled cannot be read; it is retried every minute.")]
        public static partial void NotTakenOver(ILogger logger, Exception exception);
    }

    /// <summary>What one tick, or one shard of it, has done so far, counted by many at once.</summary>
    /// <param name="whole">The tick that a shard belongs to; null for the tick.</param>
    private sealed class ScheduleTally(ScheduleTally? whole = null)
    {
        private int _sent;

        public int Sent => Volatile.Read(ref _sent);

        /// <summary>The first one.</summary>
        public StorageFailureException? Failure { get; private set; }

        public void Note(StorageFailureException failure)
        {
            Failure ??= failure;
            whole?.Note(failure);
        }

        public void Count()
        {
            Interlocked.Increment(ref _sent);
            whole?.Count();
        }
    }
}
