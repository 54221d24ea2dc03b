namespace LinkMonitor.Storage.Pages;

/// <summary>How far behind the schedule of the pages is.</summary>
public interface IScheduleAge
{
    /// <summary>
    /// When the page that is due first is, or was, due; null when no page is watched. In the past, it has not been put on the queue yet. A
    /// number of reads that does not grow with the pages.
    /// </summary>
    Task<DateTimeOffset?> OldestDueAsync(CancellationToken cancellationToken);
}
