using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Moving;

/// <summary>
/// Searches where the links that vanished from one page may be now: on the canonical page, the next page of a list, and the entries of the
/// site's feed. One search serves all links of a page in one round and asks for at most <see cref="MostFetches"/> URLs, in their hosts'
/// turn.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class MoveSearch(PageObserver observer, Observation observation)
{
    /// <summary>Requests of one search, redirects and robots.txt not counted.</summary>
    public const int MostFetches = 5;

    private const int MostEntries = 2;
    // The check itself has fetched the canonical.
    private readonly Dictionary<WebUrl, Observation> _seen =
        observation is { Canonical: { } canonical, Reading.Canonical: { } url } ? new() { [url] = canonical } : [];

    private IReadOnlyList<FeedEntry>? _entries;
    private int _fetches;

    /// <summary>Whether a search is worth its requests: when a loss is first suspected, and when it is confirmed.</summary>
    /// <param name="previous">What was held before the check.</param>
    /// <param name="verdict">What the check said.</param>
    /// <param name="result">What the tracker made of it.</param>
    public static bool IsDue(LinkStatus previous, Verdict verdict, TrackingResult result)
    {
        var isConfirmed = result.Transition is { To: LinkState.Lost };
        if (verdict.State != VerdictState.Lost && !(isConfirmed && verdict.Observation.Reading is not null))
            return false;
        return isConfirmed || (!IsDoubted(previous) && IsDoubted(result.Status));
    }

    /// <summary>The page that carries the link now; null when none was found.</summary>
    /// <param name="expectation">What the link should be; only its target counts.</param>
    /// <param name="lastSeen">The evidence of the last check that found the link.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<MovedLink?> FindAsync(Expectation expectation, Evidence? lastSeen, CancellationToken cancellationToken)
    {
        foreach (var candidate in MoveCandidates.Of(observation, lastSeen))
        {
            if (await CarriesAsync(candidate.Page, expectation, cancellationToken))
                return candidate;
        }

        _entries ??= await ReadFeedAsync(cancellationToken);
        foreach (var entry in FeedMatch.Of(_entries, observation, expectation, lastSeen).Take(MostEntries))
        {
            if (await CarriesAsync(entry.Page, expectation, cancellationToken))
                return new MovedLink(entry.Page, MoveTrail.Feed);
        }

        return null;
    }

    private static bool IsDoubted(LinkStatus status) => status.Suspicions.Any(suspicion => suspicion.Towards == LinkState.Lost);

    private async Task<bool> CarriesAsync(WebUrl page, Expectation expectation, CancellationToken cancellationToken) =>
        await ObserveAsync(page, cancellationToken) is { Reading: { } reading }
        && reading.Links.Any(link => link.Url is { } url && TargetMatcher.Matches(expectation.Target, expectation.Match, url));

    /// <summary>Null when no request is left.</summary>
    private async Task<Observation?> ObserveAsync(WebUrl page, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(page, out var seen))
            return seen;
        if (_fetches == MostFetches)
            return null;
        _fetches++;
        return _seen[page] = await observer.ObserveAsync(page, cancellationToken);
    }

    private async Task<IReadOnlyList<FeedEntry>> ReadFeedAsync(CancellationToken cancellationToken)
    {
        if (await FeedUrlAsync(cancellationToken) is not { } feed || _fetches == MostFetches)
            return [];
        _fetches++;
        return await observer.FetchAsync(feed, cancellationToken) is FetchedResponse { Status: >= 200 and < 300 and not 206 } answer
            ? FeedReader.Read(answer.Body, answer.FinalUrl, cancellationToken)
            : [];
    }

    /// <summary>The feed of the page; a page that was not read or names none may still have a home page that does.</summary>
    private async Task<WebUrl?> FeedUrlAsync(CancellationToken cancellationToken)
    {
        if (observation.Reading?.Feed is { } own)
            return own;
        return WebUrl.TryParse("/", observation.Page, out var home) && !MoveCandidates.IsOf(observation, home)
            ? (await ObserveAsync(home, cancellationToken))?.Reading?.Feed
            : null;
    }
}

/// <summary>One entry of a feed.</summary>
/// <param name="Title">White space folded.</param>
/// <param name="Content">Its text or markup, unread.</param>
internal sealed record FeedEntry(WebUrl Page, string Title, string Content);

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

    /// <summary>A page's title often continues with the site's name.</summary>
    private static bool HasTitle(FeedEntry entry, string? title) =>
        entry.Title.Length >= ShortestTitle && title is not null && title.StartsWith(entry.Title, StringComparison.OrdinalIgnoreCase);
}
