namespace LinkMonitor.Hosting.Functions;

/// <summary>
/// Work done on a schedule. Standalone, every copy of the process runs its own timers, so an implementation must be idempotent and
/// safe to run in several copies at once. A failed run is not repeated before the next tick.
/// </summary>
internal interface ITimerFunction
{
    Task RunAsync(CancellationToken cancellationToken);
}
