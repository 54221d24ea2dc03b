namespace LinkMonitor.Engine.Fetching;

/// <summary>A place at a host, from <see cref="HostPacer.EnterAsync"/>. Dispose it when the request has ended, failed or not.</summary>
public sealed class HostTurn : IDisposable
{
    private readonly Action<TimeSpan> _leave;
    private TimeSpan _pause;
    private int _left;

    internal HostTurn(TimeSpan pause, Action<TimeSpan> leave)
    {
        _pause = pause;
        _leave = leave;
    }

    /// <summary>Keeps the place closed for at least so long after the request: what the host asks for.</summary>
    public void PauseAtLeast(TimeSpan pause) => _pause = pause > _pause ? pause : _pause;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
            _leave(_pause);
    }
}
