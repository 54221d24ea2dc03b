using LinkMonitor.Links;
using LinkMonitor.Monitoring;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Summaries;

/// <summary>Adds up the links of a project one after the other and keeps none of them.</summary>
internal sealed class SummaryTally(Project project, MonitoringOptions options, DateTimeOffset now)
{
    private readonly LinkTally _links = new();
    private readonly StakeTally _stakes = new(ZoneDay.Of(now, ZoneDay.Find(project.TimeZone)));

    public LinkCounts Links => _links.ToCounts();

    public IReadOnlyList<Stake> AtStake => _stakes.Sums;

    public int Suspected { get; private set; }

    public int Muted { get; private set; }

    public DateTimeOffset? LastCheckedAt { get; private set; }

    public DateTimeOffset? NextCheckAt { get; private set; }

    public void Add(WatchedLink link)
    {
        _links.Add(link);
        _stakes.Add(link);
        Suspected += link.Status.Suspicions.Count > 0 ? 1 : 0;
        Muted += link.IsMutedAt(now) ? 1 : 0;
        if (link.Status.LastCheckedAt is { } at && !(at <= LastCheckedAt))
            LastCheckedAt = at;
        var planned = NextCheck.Planned(link, project, options);
        planned = planned < now ? now : planned;
        if (!(planned >= NextCheckAt))
            NextCheckAt = planned;
    }
}
