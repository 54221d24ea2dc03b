namespace LinkMonitor.Storage.Pages;

/// <summary>The links of a page that its last round had no time for: the next round judges these, and no others.</summary>
/// <param name="From">The first of them.</param>
/// <param name="Until">Where they end, not included, after the last watcher if need be; null for the end of the watchers.</param>
/// <param name="Due">When the links that were judged want their next check; null when none does.</param>
public sealed record RoundRest(WatcherPlace From, WatcherPlace? Until, DateTimeOffset? Due);
