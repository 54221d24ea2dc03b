namespace LinkMonitor.Engine.Fetching;

/// <summary>A place at a host, from <see cref="HostPacer.EnterAsync"/>. Dispose it when the request has ended, failed or not.</summary>
public sealed class HostTurn : IAsyncDisposable
{
    private readonly Action<TimeSpan> _leave;
    private readonly ISharedTurn? _shared;
    private TimeSpan _pause;
    private int _left;

    /// <param name="shared">The turn that other processes know of; null when there are none.</param>
    internal HostTurn(TimeSpan pause, ISharedTurn? shared, Action<TimeSpan> leave)
    {
        _pause = pause;
        _shared = shared;
        _leave = leave;
    }

    /// <summary>Keeps the place closed for at least so long after the request: what the host asks for.</summary>
    public void PauseAtLeast(TimeSpan pause) => _pause = pause > _pause ? pause : _pause;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _left, 1) != 0)
            return;
        try
        {
            if (_shared is not null)
                await _shared.EndAsync(_pause);
        }
        finally
        {
            _leave(_pause);
        }
    }
}
