using System.Collections.Concurrent;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Urls;
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
        await SendAsync(round, 1, cancellationToken);
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
        if (await MakeUrgentAsync(key, cancellationToken) is not { } url)
            return false;
        await runs.BeginOrTellAsync(HostRowKeys.For(url), url.Host ?? string.Empty, cancellationToken);
        return true;
    }

    /// <summary>
    /// The same for many pages. Each host is told once, when all its pages wait: told of each of hundreds at once, its run would find its
    /// row written by others again and again.
    /// </summary>
    /// <param name="keys">Each once; what is not known is left out.</param>
    public async Task EnqueueNowAsync(IReadOnlyCollection<PageKey> keys, CancellationToken cancellationToken)
    {
        var urls = new ConcurrentBag<WebUrl>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = HostsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(keys, parallel, async (key, stop) =>
        {
            if (await MakeUrgentAsync(key, stop) is { } url)
                urls.Add(url);
        });
        await Parallel.ForEachAsync(urls.DistinctBy(HostRowKeys.For), parallel, async (url, stop) =>
            await runs.BeginOrTellAsync(HostRowKeys.For(url), url.Host ?? string.Empty, stop));
    }

    /// <returns>The page's URL; null when it is not known.</returns>
    private async Task<WebUrl?> MakeUrgentAsync(PageKey key, CancellationToken cancellationToken)
    {
        WebUrl? url = null;
        await Contention.RunAsync($"Page {key.PageId}", async () =>
        {
            if (await pages.GetAsync(key, cancellationToken) is not { } page)
            {
                url = null;
                return true;
            }

            // What there is to ask with goes in one write with the place, so that the check that comes of it is a full one even after a
            // crash. Who asks again keeps the place, and writes all the same: a check that is under way must not count for this one.
            var urgent = page with { LastFetch = page.LastFetch?.ToBeReadInFull(), IsUrgent = true };
            var dueAt = page.IsUrgent ? page.DueAt : time.GetUtcNow();
            url = page.Url;
            return await pages.MoveDueAsync(urgent, dueAt, null, null, cancellationToken) == SaveOutcome.Saved;
        }, cancellationToken);
        return url;
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
        await Parallel.ForEachAsync(InTransactions(entries.GroupBy(entry => entry.Host)), parallel, async (some, token) =>
        {
            // Those that cannot be begun together are begun one by one, so that one that is taken or fails does not stop the others.
            if (some.Count > 1
                && await TryAsync(stop => BeginTogetherAsync(some, round, stop), HostTime, token) is { } unsent
                && some.All(round.IsBegun))
            {
                Log.HostFailed(logger, some[0].Key.Shard, unsent);
                round.Note(unsent);
            }

            foreach (var host in some.Where(host => !round.IsBegun(host)))
            {
                if (await TryAsync(stop => BeginAsync(host, round, stop), HostTime, token) is not { } failure)
                    continue;
                Log.HostFailed(logger, host.Key.Shard, failure);
                round.Note(failure);
            }
        });
    }

    /// <summary>Hosts that may be begun in one transaction; one that the version before scheduled, or with many places, is alone.</summary>
    private static IEnumerable<IReadOnlyList<IGrouping<HostKey, ScheduleEntry>>> InTransactions(
        IEnumerable<IGrouping<HostKey, ScheduleEntry>> hosts)
    {
        var (some, rows) = (new List<IGrouping<HostKey, ScheduleEntry>>(), 0);
        foreach (var host in hosts)
        {
            var own = host.First().EarlierPageId is null ? host.Count() + 2 : IHostStore.MostRunActions + 1;
            if (own > IHostStore.MostRunActions)
            {
                yield return [host];
                continue;
            }

            if (rows + own > IHostStore.MostRunActions)
            {
                yield return some;
                (some, rows) = ([], 0);
            }

            some.Add(host);
            rows += own;
        }

        if (some.Count > 0)
            yield return some;
    }

    private async Task BeginTogetherAsync(
        IReadOnlyList<IGrouping<HostKey, ScheduleEntry>> some, ScheduleTally round, CancellationToken cancellationToken)
    {
        foreach (var run in await runs.TryBeginTogetherAsync(
            [.. some.Select(host => (host.Key, (IReadOnlyList<string>)[.. host.Select(entry => entry.RowKey)]))], cancellationToken))
            round.Begin(run);
        await SendAsync(round, options.Value.PagesPerMessage, cancellationToken);
    }

    private async Task BeginAsync(IGrouping<HostKey, ScheduleEntry> host, ScheduleTally round, CancellationToken cancellationToken)
    {
        if (host.First().EarlierPageId is not null)
            await TakeOverAsync(host.First(), cancellationToken);
        else if (await runs.BeginAsync(host.Key, string.Empty, [.. host.Select(entry => entry.RowKey)], cancellationToken) is { } run)
            round.Begin(run);
        await SendAsync(round, options.Value.PagesPerMessage, cancellationToken);
    }

    // Of all shards together: most have few hosts due in a minute.
    private async Task SendAsync(ScheduleTally round, int least, CancellationToken cancellationToken)
    {
        while (round.TakeBegun(least, options.Value.PagesPerMessage) is { Count: > 0 } begun)
        {
            await runs.SendAsync(begun, cancellationToken);
            round.Count(begun.Count);
        }
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
        private readonly Lock _lock = new();
        private readonly Queue<BegunRun> _unsent = new();
        private readonly HashSet<HostKey> _begun = [];
        private int _sent;

        /// <summary>How many hosts' messages were sent, or are to be sent with others.</summary>
        public int Sent => Volatile.Read(ref _sent);

        /// <summary>Whether a run was begun over a host of this shard.</summary>
        public bool IsBegun(IGrouping<HostKey, ScheduleEntry> host)
        {
            lock (_lock)
                return _begun.Contains(host.Key);
        }

        /// <summary>Notes a run whose message is to be sent.</summary>
        public void Begin(BegunRun run)
        {
            lock (_lock)
                _begun.Add(run.Host);
            (whole ?? this).Wait(run);
            Interlocked.Increment(ref _sent);
        }

        /// <summary>Takes runs whose messages are to be sent; none when fewer than <paramref name="least"/> wait.</summary>
        public IReadOnlyList<BegunRun> TakeBegun(int least, int most)
        {
            if (whole is not null)
                return whole.TakeBegun(least, most);
            lock (_lock)
            {
                var taken = new List<BegunRun>();
                while (_unsent.Count >= (taken.Count == 0 ? least : 1) && taken.Count < most)
                    taken.Add(_unsent.Dequeue());
                return taken;
            }
        }

        private void Wait(BegunRun run)
        {
            lock (_lock)
                _unsent.Enqueue(run);
        }

        /// <summary>The first one.</summary>
        public StorageFailureException? Failure { get; private set; }

        public void Note(StorageFailureException failure)
        {
            Failure ??= failure;
            whole?.Note(failure);
        }

        /// <summary>Notes that messages were sent.</summary>
        public void Count(int runs)
        {
            if (whole is not null)
                whole.Count(runs);
            else
                Interlocked.Add(ref _sent, runs);
        }
    }
}
