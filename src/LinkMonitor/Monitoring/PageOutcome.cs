using LinkMonitor.Engine.Checking;
using LinkMonitor.Storage.Pages;

namespace LinkMonitor.Monitoring;

/// <summary>What came of one round of a page.</summary>
internal sealed record PageOutcome
{
    /// <summary>When the page is due again; null when nobody watches it any more.</summary>
    public required DateTimeOffset? Due { get; init; }

    /// <summary>When it was checked; null when it was put off without a look.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>What there is to ask with next time.</summary>
    public PageSight? Sight { get; init; }

    /// <summary>Where the next round begins; null for the first watcher.</summary>
    public WatcherPlace? From { get; init; }

    /// <summary>What the round had no time for; null when it came to its end.</summary>
    public RoundRest? Rest { get; init; }

    /// <summary>How long the host asks us to leave it alone; null when it does not.</summary>
    public TimeSpan? HostPause { get; init; }

    /// <summary>The page was not looked at, and nothing was learnt of it.</summary>
    public static PageOutcome PutOff(WatchedPage page, DateTimeOffset until) =>
        new() { Due = until, Sight = page.Sight, From = page.TargetsFrom, Rest = page.Rest };
}
