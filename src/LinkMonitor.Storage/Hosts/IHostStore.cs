using LinkMonitor.Engine.Robots;

namespace LinkMonitor.Storage.Hosts;

/// <summary>The hosts in the <c>Pages</c> table: their schedule and what all processes must know of them, by shard.</summary>
public interface IHostStore
{
    /// <summary>The places in a shard's schedule up to a point in time, that included, the oldest first.</summary>
    IAsyncEnumerable<ScheduleEntry> ReadScheduleAsync(string shard, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The places in a shard's schedule for runs that end after a point in time. Reads keys only.</summary>
    IAsyncEnumerable<ScheduleEntry> ReadRunEndsAfterAsync(string shard, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Moves the end of a run in the schedule.</summary>
    /// <returns>False when nothing was moved.</returns>
    Task<bool> MoveRunEndAsync(ScheduleEntry entry, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Null when nobody is at the host, and no more than the ordinary pause is kept from it.</summary>
    Task<HostState?> GetAsync(HostKey host, CancellationToken cancellationToken);

    /// <summary>
    /// Begins a run over the host's pages: writes the state over the version in it (or where none is yet), takes the places out of the schedule, and
    /// puts one in for the case that the run dies.
    /// </summary>
    /// <param name="taken">Row keys of the host's places in the schedule. More than fit into the transaction are taken out after it.</param>
    /// <returns>False when somebody else wrote the state or took the places.</returns>
    Task<bool> BeginRunAsync(HostState state, IReadOnlyList<string> taken, CancellationToken cancellationToken);

    /// <summary>Writes the state over the version in it, or where none is yet.</summary>
    /// <returns>The state with its new version; null when somebody else wrote it.</returns>
    Task<HostState?> TrySaveAsync(HostState state, CancellationToken cancellationToken);

    /// <summary>Writes a step over the version that was read.</summary>
    /// <returns>False when somebody else wrote the state.</returns>
    Task<bool> StepAsync(HostStep hostStep, CancellationToken cancellationToken);

    /// <summary>What is known of an origin's robots.txt; null for nothing.</summary>
    Task<RobotsRecord?> GetRobotsAsync(HostKey host, string origin, CancellationToken cancellationToken);

    /// <summary>Keeps what was learnt of an origin's robots.txt, unless it is too large.</summary>
    Task PutRobotsAsync(HostKey host, RobotsRecord record, CancellationToken cancellationToken);

    /// <summary>Removes the row in the version that was read. False when somebody else wrote it.</summary>
    Task<bool> RemoveAsync(HostState state, CancellationToken cancellationToken);
}
