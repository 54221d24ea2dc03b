using System.Diagnostics.CodeAnalysis;

namespace LinkMonitor.Engine.Fetching;

/// <summary>
/// Lets a limited number of requests through to each host and keeps a pause between them. Who waits is served in order. A host is
/// forgotten once nobody waits and all its pauses are over.
/// </summary>
public sealed class HostPacer
{
    private readonly HostPacing _pacing;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Host> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public HostPacer(HostPacing pacing, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(pacing);
        ArgumentOutOfRangeException.ThrowIfLessThan(pacing.PerHost, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pacing.Pause, TimeSpan.Zero);
        _pacing = pacing;
        _timeProvider = timeProvider;
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

    /// <summary>Waits for a place. Dispose the result when the request has ended, failed or not.</summary>
    /// <param name="host">Compared without case or trailing dot.</param>
    public async Task<IDisposable> EnterAsync(string host, CancellationToken cancellationToken)
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
        return new Place(this, key);
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

    private void Leave(string key)
    {
        if (_pacing.Pause == TimeSpan.Zero)
            PassOn(key);
        else
            new Cooling(this, key).Start(_timeProvider, _pacing.Pause);
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

    private sealed class Place(HostPacer pacer, string key) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                pacer.Leave(key);
        }
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
