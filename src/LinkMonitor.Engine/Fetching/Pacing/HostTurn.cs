namespace LinkMonitor.Engine.Fetching.Pacing;

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

/// <summary>Another process is at a host, or keeps a long pause after it: the request is to be made later.</summary>
public sealed class HostBusyException : Exception
{
    public HostBusyException() : base("The host is busy.")
    {
    }

    public HostBusyException(string message) : base(message)
    {
    }

    public HostBusyException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <param name="host">The host.</param>
    /// <param name="wait">How long it is busy at least.</param>
    public HostBusyException(string host, TimeSpan wait)
        : base($"Other checks of {host} are running or its pause is not over; we check it later.") =>
        Wait = wait;

    /// <summary>How long the host is busy at least.</summary>
    public TimeSpan Wait { get; }
}

/// <summary>
/// Keeps the requests of several processes to one host apart, where <see cref="HostPacer"/> keeps those of one process apart.
/// </summary>
public interface IHostTurns
{
    /// <summary>Waits until no other process is at the host nor keeps a pause after it, and keeps the others out from then on.</summary>
    /// <param name="host">Compared without case.</param>
    /// <returns>Dispose it by <see cref="ISharedTurn.EndAsync"/> when the request has ended; null when there is nothing to end.</returns>
    /// <exception cref="HostBusyException">It would take longer than anybody should wait in memory.</exception>
    Task<ISharedTurn?> TakeAsync(string host, CancellationToken cancellationToken);
}

/// <summary>A host's turn that all processes know of.</summary>
public interface ISharedTurn
{
    /// <summary>Lets the others in after a pause.</summary>
    Task EndAsync(TimeSpan pause);
}
