using System.Collections.Concurrent;
using System.Security.Cryptography;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Writing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>
/// The hosts' turns, kept in storage where all processes see them. A run over a host's pages holds its turn already, so its requests cost
/// nothing; a request to another host (a redirect, a canonical, a target, a feed) costs two operations.
/// </summary>
internal sealed partial class SharedTurns(
    IHostStore hosts, IOptions<MonitoringOptions> options, TimeProvider time, ILogger<SharedTurns> logger) : IHostTurns
{
    /// <summary>The longest that a request waits in memory for a host that others are at.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>How far the clocks of two processes may be apart without their turns overlapping.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, OwnTurn> _own = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that nobody else has.</summary>
    public static string NewName() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    /// <summary>Lets the requests of this process to a host pass, whose turn a run of this process holds.</summary>
    /// <param name="robots">What is known of the host's robots.txt files.</param>
    public OwnTurn Own(string host, IReadOnlyList<RobotsRecord> robots)
    {
        var own = new OwnTurn(robots, turn => _own.TryRemove(new(host, turn)));
        _own[host] = own;
        return own;
    }

    /// <summary>The turn that a run of this process holds at a host; null when it holds none.</summary>
    public OwnTurn? FindOwn(string host) => _own.GetValueOrDefault(host);

    public async Task<ISharedTurn?> TakeAsync(string host, CancellationToken cancellationToken)
    {
        var key = HostRowKeys.For(host);
        var patience = time.GetUtcNow() + LongestWait;
        var lost = 0;
        HostState? known = null;
        for (var attempt = 1; ; attempt++)
        {
            if (_own.TryGetValue(host, out var own) && own.TryEnter() is { } passing)
                return passing;
            var now = time.GetUtcNow();
            var isFree = known is null || known.FreeAt <= now;
            if (isFree && await hosts.TrySaveAsync(Taken(host, key, known, now), cancellationToken) is { } taken)
                return await BeginAsync(taken, isNew: known is null, cancellationToken);

            // Who comes too late again and again makes way, as does who has waited for long.
            if (now >= patience || lost == Contention.MaxAttempts)
                throw new HostBusyException(host, isFree ? options.Value.HostPause : known!.FreeAt - now);
            if (isFree)
                await Contention.WaitAsync(++lost, cancellationToken);
            else
                await WaitAsync(known!.FreeAt - now, attempt, cancellationToken);
            known = await hosts.GetAsync(key, cancellationToken);
        }
    }

    private HostState Taken(string host, HostKey key, HostState? known, DateTimeOffset now) => new()
    {
        Key = key,
        Host = host,
        Run = known?.Run,
        RunUntil = known?.RunUntil,
        Turn = NewName(),
        FreeAt = now + options.Value.Deadline + options.Value.HostPause + ClockSkew,
        ETag = known?.ETag,
    };

    // Where there was no row, somebody may have removed it a moment ago: the ordinary pause is kept here.
    private async Task<ISharedTurn> BeginAsync(HostState taken, bool isNew, CancellationToken cancellationToken)
    {
        var turn = new ForeignTurn(hosts, taken, options.Value.HostPause, time, logger);
        if (!isNew || options.Value.HostPause == TimeSpan.Zero)
            return turn;
        try
        {
            await Task.Delay(options.Value.HostPause, time, cancellationToken);
            return turn;
        }
        catch (OperationCanceledException)
        {
            await turn.EndAsync(TimeSpan.Zero);
            throw;
        }
    }

    // A turn is mostly given back long before its end, so it is checked again soon, and then less and less often.
    private async Task WaitAsync(TimeSpan wait, int attempt, CancellationToken cancellationToken)
    {
        var soon = FirstWait * Math.Pow(2, Math.Min(attempt - 1, 5));
        await Task.Delay(soon < wait ? soon : wait, time, cancellationToken);
    }
}

/// <summary>A turn at a host for one request, taken in storage.</summary>
internal sealed partial class ForeignTurn(
    IHostStore hosts, HostState taken, TimeSpan ordinaryPause, TimeProvider time, ILogger logger) : ISharedTurn
{
    /// <summary>Giving a turn back must not take longer than the turn would last.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Gives the turn back. When storage fails, it ends by itself, so nothing is thrown.</summary>
    public async Task EndAsync(TimeSpan pause)
    {
        // A cancelled check gives its turn back, too.
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            if (taken.Run is null && pause <= ordinaryPause)
                await hosts.RemoveAsync(taken, limit.Token);
            else
                await hosts.TrySaveAsync(taken with { Turn = null, FreeAt = time.GetUtcNow() + pause }, limit.Token);
        }
        catch (Exception e) when (e is StorageFailureException or OperationCanceledException)
        {
            Log.NotGivenBack(logger, taken.Host, taken.FreeAt, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The turn at {Host} could not be given back; it ends on its own at {FreeAt}.")]
        public static partial void NotGivenBack(ILogger logger, string host, DateTimeOffset freeAt, Exception exception);
    }
}

/// <summary>
/// The robots.txt files that any process has read. Those of a run's host were read with its pages, and are written with the page that is
/// moved on; those of other hosts cost a read, and a write once a day.
/// </summary>
internal sealed partial class SharedRobots(IHostStore hosts, SharedTurns turns, ILogger<SharedRobots> logger) : IRobotsMemory
{
    public async Task<RobotsRecord?> FindAsync(string host, string origin, CancellationToken cancellationToken) =>
        turns.FindOwn(host) is { } own ? own.Robots(origin) : await hosts.GetRobotsAsync(HostRowKeys.For(host), origin, cancellationToken);

    public async Task KeepAsync(string host, RobotsRecord record, CancellationToken cancellationToken)
    {
        if (turns.FindOwn(host) is { } own)
        {
            own.Learn(record);
            return;
        }

        try
        {
            await hosts.PutRobotsAsync(HostRowKeys.For(host), record, cancellationToken);
        }
        catch (StorageFailureException e)
        {
            Log.NotKept(logger, record.Origin, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "The robots.txt of {Origin} could not be stored; other processes fetch it themselves.")]
        public static partial void NotKept(ILogger logger, string origin, Exception exception);
    }
}

/// <summary>
/// A host's turn that a run of this process holds. All requests of the process may use it, one after the other; the run ends it only when
/// none is under way.
/// </summary>
internal sealed class OwnTurn(IReadOnlyList<RobotsRecord> robots, Action<OwnTurn> remove) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, RobotsRecord> _learnt = new(StringComparer.Ordinal);
    private int _passing;
    private bool _isOver;

    /// <summary>What this process learnt of the host's robots.txt files in the turn, to be kept when it ends.</summary>
    public IReadOnlyList<RobotsRecord> Learnt => [.. _learnt.Values];

    /// <summary>What was read with the host, or learnt since.</summary>
    public RobotsRecord? Robots(string origin) =>
        _learnt.GetValueOrDefault(origin) ?? robots.FirstOrDefault(record => record.Origin == origin);

    public void Learn(RobotsRecord record) => _learnt[record.Origin] = record;

    /// <summary>Null when the turn is over.</summary>
    public ISharedTurn? TryEnter()
    {
        lock (_lock)
        {
            if (_isOver)
                return null;
            _passing++;
            return new Passing(this);
        }
    }

    /// <summary>Lets nobody in any more, and waits for those who are; a request lasts no longer than its deadline.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isOver = true;
            if (_passing == 0)
                _drained.TrySetResult();
        }

        remove(this);
        await _drained.Task;
    }

    private void Leave()
    {
        lock (_lock)
        {
            _passing--;
            if (_isOver && _passing == 0)
                _drained.TrySetResult();
        }
    }

    private sealed class Passing(OwnTurn turn) : ISharedTurn
    {
        public Task EndAsync(TimeSpan pause)
        {
            turn.Leave();
            return Task.CompletedTask;
        }
    }
}
