using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Engine.Moving;

/// <summary>Picks the entries of a feed that may be the page under a new address.</summary>
internal static class FeedMatch
{
    // "News" or "Home" is in the title of every page of a site.
    private const int ShortestTitle = 10;

    /// <summary>Entries that name the target first, then those with the page's old title; never the page itself.</summary>
    public static IEnumerable<FeedEntry> Of(
        IReadOnlyList<FeedEntry> entries, Observation observation, Expectation expectation, Evidence? lastSeen)
    {
        var mention = new Mention(expectation.Target, expectation.Match);
        return entries
            .Where(entry => !MoveCandidates.IsOf(observation, entry.Page) && entry.Page.Href.Length <= MovedLink.LongestUrl)
            .Select(entry => (Entry: entry, Names: mention.IsIn(entry.Content)))
            .Where(one => one.Names || HasTitle(one.Entry, lastSeen?.Title))
            .OrderByDescending(one => one.Names)
            .Select(one => one.Entry);
    }

    /// <summary>A page's title often goes on with the site's name.</summary>
    private static bool HasTitle(FeedEntry entry, string? title) =>
        entry.Title.Length >= ShortestTitle && title is not null && title.StartsWith(entry.Title, StringComparison.OrdinalIgnoreCase);
}
