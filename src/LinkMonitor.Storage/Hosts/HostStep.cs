using LinkMonitor.Engine.Robots;

namespace LinkMonitor.Storage.Hosts;

/// <summary>What becomes of a host's row in the transaction that moves one of its pages.</summary>
/// <param name="Before">As it was read or written last.</param>
/// <param name="After">As it is to be; null to remove it.</param>
/// <param name="NextDue">When the host's next page is due, which gets a place in the schedule; null when it has none, or the run goes on.</param>
public sealed record HostStep(HostState Before, HostState? After, DateTimeOffset? NextDue = null)
{
    /// <summary>What was learnt of the host's robots.txt files meanwhile.</summary>
    public IReadOnlyList<RobotsRecord> Robots { get; init; } = [];
}
