using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Storage.Pages;

/// <summary>A page that at least one link is watched on, with its place in the schedule.</summary>
public sealed record WatchedPage
{
    public required PageKey Key { get; init; }

    public required WebUrl Url { get; init; }

    /// <summary>When the next check is due; in the past while the page waits for its host's turn or a check is under way.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Whether somebody asked for a check at once: the page comes before the others of its host.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>The last check that ran to its end; null before the first.</summary>
    public DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>What the last full look left to ask with whether the page has changed; null before one did.</summary>
    public PageSight? Sight { get; init; }

    /// <summary>
    /// The watcher whose link's target is looked at first in the next round, because the last one had no time for it; null to begin with the first
    /// watcher.
    /// </summary>
    public WatcherPlace? TargetsFrom { get; init; }

    /// <summary>What the last round had no time for; null when it came to its end.</summary>
    public RoundRest? Rest { get; init; }

    /// <summary>The row key of the page's place in the schedule, as read; null for a page that is not stored yet.</summary>
    internal string? Place { get; init; }

    /// <summary>The version that was read.</summary>
    public string? ETag { get; init; }
}
