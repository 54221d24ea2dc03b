using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Robots;

/// <summary>
/// The robots.txt of every origin that is watched, asked for once a day. A file that cannot be renewed counts for up to 30 days more; one
/// that never could be read keeps us out for as long. What was used least lately is forgotten first.
/// </summary>
/// <remarks>Thread-safe. Kept in memory, and where there is an <see cref="IRobotsMemory"/> for other processes, too.</remarks>
public sealed class RobotsCache
{
    /// <summary>About what all files together may take up in memory, in bytes; some thousand ordinary files.</summary>
    internal const int MaxWeight = 64 * 1024 * 1024;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly RobotsFetch _fetch;
    private readonly TimeProvider _timeProvider;
    private readonly int _maxWeight;
    private readonly IRobotsMemory? _memory;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<RobotsEntry>> _byOrigin = new(StringComparer.Ordinal);
    private readonly LinkedList<RobotsEntry> _byUse = new();
    private long _weight;

    /// <param name="memory">What all processes know; null when this is the only one.</param>
    public RobotsCache(PageFetcher fetcher, HostPacer pacer, TimeProvider timeProvider, IRobotsMemory? memory = null)
        : this(fetcher, pacer, timeProvider, MaxWeight, memory)
    {
    }

    internal RobotsCache(PageFetcher fetcher, HostPacer pacer, TimeProvider timeProvider, int maxWeight, IRobotsMemory? memory = null)
    {
        _memory = memory;
        _fetch = new RobotsFetch(fetcher, pacer, timeProvider);
        _timeProvider = timeProvider;
        _maxWeight = maxWeight;
    }

    /// <summary>
    /// The pause between requests that the origin's file asks us for, up to a minute, as far as the file is known; else zero.
    /// </summary>
    public TimeSpan KnownCrawlDelay(WebUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return Find(url)?.Rules is { } rules ? CrawlDelay(rules) : TimeSpan.Zero;
    }

    internal static TimeSpan CrawlDelay(RobotsTxt rules)
    {
        var asked = rules.CrawlDelay(FetchOptions.ProductToken) ?? TimeSpan.Zero;
        return asked < LongestDelay ? asked : LongestDelay;
    }

    /// <summary>What is known of the URL's origin; null when it must be asked.</summary>
    internal RobotsAnswer? Find(WebUrl url)
    {
        lock (_lock)
        {
            if (!_byOrigin.TryGetValue(url.Origin, out var node))
                return null;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Fresh(_timeProvider.GetUtcNow());
        }
    }

    /// <summary>
    /// What the URL's origin says, asked for if need be. Who calls must hold no turn at any host, because this waits for one.
    /// </summary>
    internal async Task<RobotsAnswer> ReadAsync(WebUrl url, CancellationToken cancellationToken)
    {
        var entry = Use(url.Origin);
        await entry.Asking.WaitAsync(cancellationToken);
        try
        {
            if (Fresh(entry) is { } known)
                return known;
            if (_memory is null)
                return Renew(entry, await _fetch.ReadAsync(url, cancellationToken));
            return await ReadSharedAsync(_memory, entry, url, cancellationToken);
        }
        finally
        {
            entry.Asking.Release();
        }
    }

    private async Task<RobotsAnswer> ReadSharedAsync(
        IRobotsMemory memory, RobotsEntry entry, WebUrl url, CancellationToken cancellationToken)
    {
        var host = url.Host ?? string.Empty;
        if (await memory.FindAsync(host, url.Origin, cancellationToken) is { } record && Restore(entry, record) is { } known)
            return known;
        var answer = Renew(entry, await _fetch.ReadAsync(url, cancellationToken));
        await memory.KeepAsync(host, entry.ToRecord(), cancellationToken);
        return answer;
    }

    private RobotsEntry Use(string origin)
    {
        lock (_lock)
        {
            if (!_byOrigin.TryGetValue(origin, out var node))
            {
                _byOrigin[origin] = node = new LinkedListNode<RobotsEntry>(new RobotsEntry(origin));
                _weight += node.Value.Weight;
            }
            else
            {
                _byUse.Remove(node);
            }

            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    private RobotsAnswer? Fresh(RobotsEntry entry)
    {
        lock (_lock)
        {
            return entry.Fresh(_timeProvider.GetUtcNow());
        }
    }

    private RobotsAnswer Renew(RobotsEntry entry, RobotsAnswer asked) => Write(entry, now => entry.Renew(asked, now));

    private RobotsAnswer? Restore(RobotsEntry entry, RobotsRecord record) => Write(entry, now => entry.Restore(record, now));

    private T Write<T>(RobotsEntry entry, Func<DateTimeOffset, T> write)
    {
        lock (_lock)
        {
            var before = entry.Weight;
            var answer = write(_timeProvider.GetUtcNow());
            if (_byOrigin.TryGetValue(entry.Origin, out var node) && node.Value == entry)
                _weight += entry.Weight - before;
            while (_weight > _maxWeight && _byUse.Last is { } last)
                Forget(last);
            return answer;
        }
    }

    private void Forget(LinkedListNode<RobotsEntry> node)
    {
        _byUse.Remove(node);
        _byOrigin.Remove(node.Value.Origin);
        _weight -= node.Value.Weight;
    }
}

/// <summary>
/// Keeps what is known of robots.txt files where all processes see it, so that a site is asked once a day by all of them together.
/// </summary>
public interface IRobotsMemory
{
    /// <summary>What any process learnt last; null for nothing.</summary>
    /// <param name="host">The origin's host.</param>
    Task<RobotsRecord?> FindAsync(string host, string origin, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps what this process has just learnt. A memory that fails is no reason not to check: nothing is thrown for that.
    /// </summary>
    Task KeepAsync(string host, RobotsRecord record, CancellationToken cancellationToken);
}
