namespace LinkMonitor.Storage.Watching;

/// <summary>What the watchdog keeps, in the <c>Failures</c> table.</summary>
public interface IWatchdogStore
{
    /// <summary>Writes over the report of the sweep before.</summary>
    Task NoteSweepAsync(SweepReport report, CancellationToken cancellationToken);

    /// <summary>Null when no sweep has come to its end yet.</summary>
    Task<SweepReport?> GetSweepAsync(CancellationToken cancellationToken);

    /// <summary>The latest stall, over or not; null when there never was one.</summary>
    Task<Stall?> GetStallAsync(CancellationToken cancellationToken);

    /// <summary>Writes a stall over the version that was read, or as the first one.</summary>
    /// <returns>False when somebody else wrote meanwhile.</returns>
    Task<bool> TrySaveAsync(Stall stall, CancellationToken cancellationToken);
}
