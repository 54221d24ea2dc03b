using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LinkMonitor.Engine.Fetching.Results;

namespace LinkMonitor.Engine.Fetching.Pacing;

/// <summary>
/// Lets a limited number of requests through to each host and keeps a pause between them. Who waits is served in order. A host is
/// forgotten once nobody waits and all its pauses are over.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to dispose.")]
public sealed class HostPacer
{
    private readonly HostPacing _pacing;
    private readonly IHostTurns? _turns;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Host> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim? _inAll;

    /// <param name="turns">Keeps other processes apart from this one; null when this is the only one.</param>
    public HostPacer(HostPacing pacing, TimeProvider timeProvider, IHostTurns? turns = null)
    {
        ArgumentNullException.ThrowIfNull(pacing);
        ArgumentOutOfRangeException.ThrowIfLessThan(pacing.PerHost, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pacing.InAll ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pacing.Pause, TimeSpan.Zero);
        _pacing = pacing;
        _inAll = pacing.InAll is { } inAll ? new SemaphoreSlim(inAll) : null;
        _timeProvider = timeProvider;
        _turns = turns;
    }

    /// <summary>Hosts in use or in a pause.</summary>
    public int HostCount
    {
        get
        {
            lock (_lock)
            {
                return _hosts.Count;
            }
        }
    }

    /// <summary>
    /// Waits for a place. Dispose the result when the request has ended, failed or not. Who holds one must not wait for another: with two
    /// hosts that redirect to each other nobody would ever get on.
    /// </summary>
    /// <param name="host">Compared without case or trailing dot.</param>
    /// <exception cref="HostBusyException">Other processes keep the host for longer than anybody should wait in memory.</exception>
    public async Task<HostTurn> EnterAsync(string host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        cancellationToken.ThrowIfCancellationRequested();
        var key = host.TrimEnd('.');
        LinkedListNode<TaskCompletionSource>? waiting;
        lock (_lock)
        {
            waiting = TakeOrQueue(key);
        }

        if (waiting is not null)
            await WaitAsync(key, waiting, cancellationToken);
        if (_inAll is not null)
            await EnterAllAsync(key, _inAll, cancellationToken);
        return new HostTurn(_pacing.Pause, await TakeSharedAsync(key, cancellationToken), pause => Leave(key, pause));
    }

    /// <summary>Comes last: so at most one of this process waits for the others.</summary>
    private async Task<ISharedTurn?> TakeSharedAsync(string key, CancellationToken cancellationToken)
    {
        if (_turns is null)
            return null;
        try
        {
            return await _turns.TakeAsync(key, cancellationToken);
        }
        catch
        {
            Leave(key, TimeSpan.Zero);
            throw;
        }
    }

    /// <summary>Comes after the host's place: who waits for a host must not keep others from the places there are.</summary>
    private async Task EnterAllAsync(string key, SemaphoreSlim inAll, CancellationToken cancellationToken)
    {
        try
        {
            await inAll.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            PassOn(key);
            throw;
        }
    }

    private LinkedListNode<TaskCompletionSource>? TakeOrQueue(string key)
    {
        if (!_hosts.TryGetValue(key, out var host))
            _hosts[key] = host = new Host();
        if (host.Taken == _pacing.PerHost)
            return host.Waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        host.Taken++;
        return null;
    }

    private async Task WaitAsync(string key, LinkedListNode<TaskCompletionSource> waiting, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(_ => waiting.Value.TrySetCanceled(cancellationToken), null);
        try
        {
            await waiting.Value.Task;
        }
        finally
        {
            lock (_lock)
            {
                // Still in the list only when cancelled; whoever is served was taken out before.
                if (waiting.List is not null && _hosts.TryGetValue(key, out var host))
                    host.Waiting.Remove(waiting);
            }
        }
    }

    private void Leave(string key, TimeSpan pause)
    {
        _inAll?.Release();
        if (pause == TimeSpan.Zero)
            PassOn(key);
        else
            new Cooling(this, key).Start(_timeProvider, pause);
    }

    /// <summary>Gives a place that is open again to the first who still waits.</summary>
    private void PassOn(string key)
    {
        lock (_lock)
        {
            var host = _hosts[key];
            while (host.Waiting.First is { } first)
            {
                host.Waiting.RemoveFirst();
                if (first.Value.TrySetResult())
                    return;
            }

            host.Taken--;
            if (host.Taken == 0)
                _hosts.Remove(key);
        }
    }

    private sealed class Host
    {
        /// <summary>Places in use or in their pause.</summary>
        public int Taken { get; set; }

        public LinkedList<TaskCompletionSource> Waiting { get; } = new();
    }

    [SuppressMessage("Design", "CA1001", Justification = "The timer ends itself when it fires.")]
    private sealed class Cooling(HostPacer pacer, string key)
    {
        private ITimer? _timer;

        public void Start(TimeProvider timeProvider, TimeSpan pause)
        {
            _timer = timeProvider.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(pause, Timeout.InfiniteTimeSpan);
        }

        private void End()
        {
            _timer!.Dispose();
            pacer.PassOn(key);
        }
    }
}

/// <summary>How gently one host is treated.</summary>
public sealed record HostPacing
{
    public const int DefaultPerHost = 1;

    public static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(1);

    /// <summary>Requests to one host at a time, 1 by default; at least 1.</summary>
    public int PerHost { get; init; } = DefaultPerHost;

    /// <summary>Requests at a time to all hosts together; null, the default, for no limit.</summary>
    public int? InAll { get; init; }

    /// <summary>How long a place stays closed after its request has ended. 1 s by default; zero for no pause.</summary>
    public TimeSpan Pause { get; init; } = DefaultPause;
}

/// <summary>Reads Retry-After: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3</summary>
internal static class RetryAfterField
{
    /// <summary>A site that asks for more is asked again after this: a mistake there must not end the watching.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>How long to stay away, up to <see cref="Longest"/>; null when the field is missing or says nothing of the future.</summary>
    /// <param name="now">When the answer came.</param>
    public static TimeSpan? Read(ResponseHeaders headers, DateTimeOffset now)
    {
        var text = headers.First("Retry-After")?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.All(char.IsAsciiDigit))
            return Within(text.Length > 9 ? Longest : TimeSpan.FromSeconds(int.Parse(text, CultureInfo.InvariantCulture)));
        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Within(time - now)
            : null;
    }

    private static TimeSpan? Within(TimeSpan asked) => asked <= TimeSpan.Zero ? null : asked < Longest ? asked : Longest;
}
