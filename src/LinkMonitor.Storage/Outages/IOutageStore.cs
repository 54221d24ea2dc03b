namespace LinkMonitor.Storage.Outages;

/// <summary>The outages of our own network, in the <c>Failures</c> table.</summary>
public interface IOutageStore
{
    /// <summary>Adds to the outage under way, or begins a new one when the last failure is longer ago than <paramref name="quietAfter"/>.</summary>
    Task<Outage> NoteAsync(OutageNote note, TimeSpan quietAfter, CancellationToken cancellationToken);

    /// <summary>The latest outage, over or not; null when there never was one.</summary>
    Task<Outage?> GetLatestAsync(CancellationToken cancellationToken);
}
