using System.Diagnostics.CodeAnalysis;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Snapshots;

/// <summary>
/// Keeps the snapshot of one project in step with the table. Whatever tells of a write only names a link, and the link is then read: so two
/// tellings in the wrong order do no harm. What was told is forgotten only when a reading of that link that began later has landed.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to dispose.")]
internal sealed partial class ProjectLinks(
    ProjectId id, ILinkFactStore store, long maxBytes, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    /// <summary>How often the changes are asked for, while somebody looks: one small request.</summary>
    public static readonly TimeSpan ChangesEvery = TimeSpan.FromSeconds(10);

    /// <summary>How often, at most, all rows are looked through for those that others wrote.</summary>
    public static readonly TimeSpan ScanEvery = TimeSpan.FromMinutes(1);

    /// <summary>Who comes when the last look is older than this waits for the next one.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    /// <summary>How often all is read anew: only so is it seen that another process deleted links.</summary>
    public static readonly TimeSpan ReloadEvery = TimeSpan.FromHours(1);

    /// <summary>
    /// So far back is asked again. Ours and the storage's clock may differ: it refuses requests whose time is off by more than 15 minutes
    /// (https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key#specifying-the-date-header). A change is stored
    /// minutes after the observation that it is dated by.
    /// </summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);

    // More are found sooner by looking through all rows.
    private const int MaxTouched = 1_000;

    // What one request reads at once: a page that only shows a count waits for no more.
    private const int MostCaughtUp = 50;
    private const int ShareOfScans = 10;
    private const int MaxScans = 3;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<LinkId, long> _touched = [];
    private readonly HashSet<string> _knownChanges = new(StringComparer.Ordinal);
    private FactPool _pool = new();
    private HashSet<LinkId>? _readDuringScan;
    private Task? _scan;
    private long _told;
    private long _unremembered;
    private long _scannedSince;
    private DateTimeOffset _scannedAt;
    private DateTimeOffset _loadedAt;
    private DateTimeOffset _askedAt;
    private TimeSpan _scanTook;

    public ProjectId Id => id;

    /// <summary>Null until it was read.</summary>
    public LinkSnapshot? Current { get; private set; }

    public long LastUse { get; set; }

    /// <summary>How far the reading is that is under way; null when there is none.</summary>
    public SnapshotProgress? Reading { get; private set; }

    /// <summary>The memory that all of it takes, estimated.</summary>
    public long Bytes => Current is { } current ? current.Bytes + _pool.Bytes : 0;

    public Task ScanUnderWay
    {
        get
        {
            lock (_gate)
                return _scan ?? Task.CompletedTask;
        }
    }

    public void Touch(LinkId link)
    {
        lock (_gate)
        {
            _told++;
            if (_touched.Count < MaxTouched || _touched.ContainsKey(link))
                _touched[link] = _told;
            else
                _unremembered = _told;
        }
    }

    /// <summary>Reads what was written here since; nothing where nothing was, or where all is being read.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            if (Current is null || _touched.Count is 0 or > MostCaughtUp)
                return;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await ReadTouchedAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<LinkSnapshot> GetAsync(CancellationToken cancellationToken)
    {
        // One that is under way may have begun too early, so a second one may be needed.
        var since = Volatile.Read(ref _unremembered);
        for (var round = 0; round < MaxScans && ScanIfDue(since, out var mustWait) is { } scan && mustWait; round++)
            await scan.WaitAsync(cancellationToken);

        // One after the other: who comes second finds the work done.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await AskForChangesAsync(cancellationToken);
            await ReadTouchedAsync(cancellationToken);
            return Current!;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <param name="since">What was told until then and not remembered must be found.</param>
    private Task? ScanIfDue(long since, out bool mustWait)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var age = (now - _scannedAt).Duration();
            mustWait = Current is null || _scannedSince < since || age > MaxAge;
            var isDue = mustWait || (age >= ScanEvery && age >= _scanTook * ShareOfScans);
            if (_scan is { IsCompleted: false } || !isDue)
                return _scan;

            // What was not remembered may be gone, which only a reading of all tells.
            var isWhole = Current is null || _scannedSince < _unremembered || (now - _loadedAt).Duration() >= ReloadEvery;
            DateTimeOffset? after = isWhole ? null : _scannedAt - Overlap;
            var told = _told;

            Reading = new SnapshotProgress(0, isWhole ? Current?.Links.Count : null, now);

            // What is touched stays so: who does not wait for this run reads it, and what is read from now on is newer than what it reads.
            _readDuringScan = [];
            return _scan = Task.Run(() => ScanAsync(after, now, told), stopping);
        }
    }

    private async Task ScanAsync(DateTimeOffset? after, DateTimeOffset now, long told)
    {
        try
        {
            var reads = new List<FactsRead>();
            var pool = after is null ? new FactPool() : _pool;
            var bytes = after is null ? 0 : Current!.Bytes;
            await foreach (var part in store.ReadAsync(id, after, stopping))
            {
                var read = part.Select(one => one with { Facts = one.Facts?.Sharing(pool) }).ToList();
                reads.AddRange(read);
                bytes += after is null ? read.Sum(one => (long)(one.Facts?.OwnBytes ?? 0)) : 0;
                Reading = Reading! with { Read = reads.Count };
                if (bytes + pool.Bytes > maxBytes)
                    throw new SnapshotTooLargeException();
            }

            pool.Close();
            lock (_gate)
            {
                _pool = pool;
                Apply(reads, isWhole: after is null);
                (_scannedAt, _scannedSince, _scanTook) = (now, told, time.GetUtcNow() - now);
                _loadedAt = after is null ? now : _loadedAt;
                _askedAt = _askedAt == default ? now : _askedAt;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Who waits gets it, too.
            Log.ScanFailed(logger, id, e);
            throw;
        }
        finally
        {
            // Nor is the run itself kept: all that it read would stay with it.
            lock (_gate)
                (_readDuringScan, _scan, Reading) = (null, null, null);
        }
    }

    private void Apply(List<FactsRead> reads, bool isWhole)
    {
        var news = reads.Where(read => _readDuringScan?.Contains(read.Id) is not true)
            .ToDictionary(read => read.Id, read => new FoundLink(read.Facts, true));
        if (Current is null)
        {
            Current = LinkSnapshot.Of(reads);
            return;
        }

        if (isWhole)
        {
            var there = reads.Select(read => read.Id).ToHashSet();
            foreach (var gone in Current.Links.Select(link => link.Id).Concat(Current.Unreadable)
                .Where(link => !there.Contains(link) && _readDuringScan?.Contains(link) is not true))
                news[gone] = new FoundLink(null, false);
        }

        Current = Current.With(news);
    }

    // By the times of changes: what several processes confirmed shows soon, whoever did.
    private async Task AskForChangesAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if ((now - _askedAt).Duration() < ChangesEvery)
            return;
        var found = new List<string>();
        await foreach (var (key, link) in store.ReadChangedAsync(id, now - Overlap, cancellationToken))
        {
            found.Add(key);
            if (!_knownChanges.Contains(key))
                Touch(link);
        }

        _knownChanges.Clear();
        _knownChanges.UnionWith(found);
        _askedAt = now;
    }

    private async Task ReadTouchedAsync(CancellationToken cancellationToken)
    {
        Dictionary<LinkId, long> touched;
        lock (_gate)
        {
            if (_touched.Count == 0)
                return;
            touched = new Dictionary<LinkId, long>(_touched);

            // Only a run that is under way now began before this reading does.
            _readDuringScan?.UnionWith(touched.Keys);
        }

        LinkId[] links = [.. touched.Keys.OrderBy(link => link.Value, StringComparer.Ordinal)];
        var read = await TellAsync(links.Length, () => store.GetAsync(id, links, areNeighbours: true, cancellationToken));
        lock (_gate)
        {
            Current = Current!.With(read.ToDictionary(one => one.Id, one => new FoundLink(one.Facts?.Sharing(_pool), one.IsThere)));
            foreach (var (link, told) in touched)
                if (_touched[link] == told)
                    _touched.Remove(link);
        }
    }

    // Unless a reading of all is told already: that takes longer.
    private async Task<T> TellAsync<T>(int links, Func<Task<T>> read)
    {
        var told = new SnapshotProgress(0, links, time.GetUtcNow());
        lock (_gate)
            Reading ??= told;
        try
        {
            return await read();
        }
        finally
        {
            lock (_gate)
                Reading = ReferenceEquals(Reading, told) ? null : Reading;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The links of project {ProjectId} could not be read for its lists.")]
        public static partial void ScanFailed(ILogger logger, ProjectId projectId, Exception exception);
    }
}

/// <summary>How far a reading of links is.</summary>
/// <param name="Read">How many have come until now.</param>
/// <param name="About">About how many there are to come; null where that is not known.</param>
/// <param name="Since">When it began.</param>
public sealed record SnapshotProgress(int Read, int? About, DateTimeOffset Since);
