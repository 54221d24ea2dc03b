namespace LinkMonitor.Storage.Pages;

/// <summary>A place in the list of a host's pages.</summary>
/// <param name="Key">The page.</param>
/// <param name="IsUrgent">Whether it comes before the others.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="RowKey">The row that says so.</param>
/// <param name="IsSetAside">The page's row could not be read when its turn came; the place stands for another try.</param>
/// <param name="ETag">The version that was read.</param>
public sealed record DuePage(PageKey Key, bool IsUrgent, DateTimeOffset DueAt, string RowKey, bool IsSetAside, string ETag)
{
    /// <summary>Whether the page may be checked.</summary>
    public bool IsDue(DateTimeOffset now) => IsUrgent || DueAt <= now;
}
