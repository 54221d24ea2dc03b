namespace LinkMonitor.Storage.Hosts;

/// <summary>A place in the schedule of a shard.</summary>
/// <param name="Host">Whose place it is. In a place that the version before wrote, the id is that of a page; see <see cref="EarlierPageId"/>.</param>
/// <param name="At">When the host is to be looked at.</param>
/// <param name="RowKey">The row that says so.</param>
public sealed record ScheduleEntry(HostKey Host, DateTimeOffset At, string RowKey)
{
    /// <summary>The page that the version before scheduled by itself; null for a host.</summary>
    public string? EarlierPageId => HostKeys.IsHostId(Host.HostId) ? null : Host.HostId;
}
