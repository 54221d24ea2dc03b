namespace LinkMonitor.Storage.Hosts;

/// <summary>How far behind the schedule of the pages is.</summary>
public interface IScheduleAge
{
    /// <summary>
    /// When the host is, or was, to be looked at that is first in the schedule; null when no page is watched. In the past, its pages are due and nobody has
    /// begun to check them. A number of reads that does not grow with the pages.
    /// </summary>
    Task<DateTimeOffset?> OldestDueAsync(CancellationToken cancellationToken);
}
