using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Ids;

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

    /// <summary>What the last full fetch left to ask with whether the page has changed; null before one did.</summary>
    public LastFetch? LastFetch { get; init; }

    /// <summary>
    /// The watcher whose link's target is checked first in the next round, because the last one had no time for it; null to begin with
    /// the first watcher.
    /// </summary>
    public WatcherPlace? TargetsFrom { get; init; }

    /// <summary>What the last round had no time for; null when it came to its end.</summary>
    public RemainingLinks? Rest { get; init; }

    /// <summary>What is kept of its links for a check that finds nothing changed; null when they must be read.</summary>
    public SettledLinks? Settled { get; init; }

    /// <summary>The row key of the page's place in the schedule, as read; null for a page that is not stored yet.</summary>
    internal string? Place { get; init; }

    /// <summary>What the write drew that the page was read from, with its place or by itself; null for one that is not stored.</summary>
    internal string? Write { get; init; }

    /// <summary>Whether nobody wrote the page between two readings of it.</summary>
    public bool IsSameVersionAs(WatchedPage other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Write is not null || other.Write is not null ? Write == other.Write : ETag == other.ETag;
    }

    /// <summary>The version of the place that the page was read with; null for one that was read by itself.</summary>
    internal string? PlaceVersion { get; init; }

    /// <summary>The version that was read; null for one that came with its place.</summary>
    public string? ETag { get; init; }
}

/// <summary>The links of a page that its last round had no time for: the next round judges these, and no others.</summary>
/// <param name="From">The first of them.</param>
/// <param name="Until">Where they end, not included, after the last watcher if need be; null for the end of the watchers.</param>
/// <param name="Due">When the links that were judged want their next check; null when none does.</param>
public sealed record RemainingLinks(WatcherPlace From, WatcherPlace? Until, DateTimeOffset? Due);

/// <summary>A watched link seen from its page.</summary>
/// <param name="Since">
/// When the watch was written last; an orphan (no such link) is removed only when it is old enough not to be a registration under way.
/// </param>
public sealed record Watcher(ProjectId ProjectId, LinkId LinkId, DateTimeOffset Since)
{
    /// <summary>The version that was read; it changes whenever the link is registered again.</summary>
    public string? ETag { get; init; }
}

/// <summary>Where a watcher stands among those of its page, which are read in the order of their keys.</summary>
public sealed record WatcherPlace(ProjectId ProjectId, LinkId LinkId)
{
    /// <summary>Whether a watcher stands before this place.</summary>
    public bool IsAfter(Watcher watcher)
    {
        ArgumentNullException.ThrowIfNull(watcher);
        var byProject = string.CompareOrdinal(watcher.ProjectId.Value, ProjectId.Value);
        return byProject < 0 || (byProject == 0 && string.CompareOrdinal(watcher.LinkId.Value, LinkId.Value) < 0);
    }
}
