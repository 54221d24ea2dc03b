namespace LinkMonitor.Engine.Fetching;

/// <summary>Keeps the requests of several processes to one host apart, where <see cref="HostPacer"/> keeps those of one process apart.</summary>
public interface IHostTurns
{
    /// <summary>Waits until no other process is at the host nor keeps a pause after it, and keeps the others out from then on.</summary>
    /// <param name="host">Compared without case.</param>
    /// <returns>Dispose it by <see cref="ISharedTurn.EndAsync"/> when the request has ended; null when there is nothing to end.</returns>
    /// <exception cref="HostBusyException">It would take longer than anybody should wait in memory.</exception>
    Task<ISharedTurn?> TakeAsync(string host, CancellationToken cancellationToken);
}
