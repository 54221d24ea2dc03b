using LinkMonitor.Engine.Fetching.Cookies;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Checking;

/// <summary>
/// Checks a page and the pages that belong to its verdict: where it sends its readers by itself, and what it names as its canonical.
/// Each is fetched once in a check, in its own host's turn.
/// </summary>
public sealed class RelatedPages(PageObserver pages)
{
    /// <summary>A page that leaves its readers this long, in seconds, is a page; Google reads shorter ones as redirects.</summary>
    public const int LongestRefresh = 5;

    /// <summary>Refreshes followed in a row.</summary>
    public const int MaxRefreshes = 5;

    /// <summary>Checks a page, and its related pages as far as robots.txt lets us.</summary>
    /// <param name="obeyRobots">
    /// False only for pages whose owner asks for the check; a canonical is fetched in obedience either way.
    /// </param>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<PageObservations> CheckAsync(WebUrl page, bool obeyRobots, CancellationToken cancellationToken) =>
        CheckAsync(page, obeyRobots, known: null, cancellationToken);

    /// <param name="known">The last fetch, whose place this one takes; null for none.</param>
    /// <inheritdoc cref="CheckAsync(WebUrl, bool, CancellationToken)"/>
    public async Task<PageObservations> CheckAsync(WebUrl page, bool obeyRobots, LastFetch? known, CancellationToken cancellationToken)
    {
        var cookies = pages.NewCookies();
        var first = await pages.CheckAsync(page, obeyRobots, cookies, known, cancellationToken);
        return await RelateAsync(first, obeyRobots, cookies, cancellationToken);
    }

    /// <summary>Asks for a page only if it has changed; when it is read in full, its related pages are checked, too.</summary>
    /// <inheritdoc cref="PageObserver.RecheckAsync(WebUrl, bool, LastFetch, bool, CancellationToken)"/>
    public async Task<ConditionalFetch> RecheckAsync(
        WebUrl page, bool obeyRobots, LastFetch known, bool ignoresNumbers, CancellationToken cancellationToken)
    {
        var cookies = pages.NewCookies();
        var recheck = await pages.RecheckAsync(page, obeyRobots, known, ignoresNumbers, cookies, cancellationToken);
        return recheck.Observations is { } first
            ? ConditionalFetch.Full(await RelateAsync(first, obeyRobots, cookies, cancellationToken))
            : recheck;
    }

    private async Task<PageObservations> RelateAsync(
        PageObservations first, bool obeyRobots, CookieJar cookies, CancellationToken cancellationToken)
    {
        var observations = await FollowRefreshAsync(first, obeyRobots, cookies, cancellationToken);
        if (CanonicalPage.Of(observations.Seen) is not { } canonical)
            return observations;
        var seen = observations.Seen with { Canonical = await ObserveCanonicalAsync(canonical, cookies, cancellationToken) };
        return ReferenceEquals(observations.Obedient, observations.Seen)
            ? new PageObservations(seen, seen)
            : observations with { Seen = seen, LastFetch = null };
    }

    /// <summary>What is missing on a redirect to nowhere is missing on no page.</summary>
    private async Task<Observation> ObserveCanonicalAsync(WebUrl canonical, CookieJar cookies, CancellationToken cancellationToken)
    {
        var seen = (await pages.CheckAsync(canonical, obeyRobots: true, cookies, known: null, cancellationToken)).Seen;
        return seen.Status is >= 300 and < 400 ? seen with { Kind = ObservationKind.Unreachable, Reading = null } : seen;
    }

    /// <summary>
    /// A refresh is a redirect to readers and to search engines:
    /// https://developers.google.com/search/docs/crawling-indexing/301-redirects#metarefresh
    /// </summary>
    private async Task<PageObservations> FollowRefreshAsync(
        PageObservations first, bool obeyRobots, CookieJar cookies, CancellationToken cancellationToken)
    {
        var current = first;
        // A page that sends itself again is another one when it has set a cookie: many gates work this way.
        var known = new HashSet<(string, string?)> { (Identity(first.Seen.Page), null), (Identity(first.Seen.FinalUrl), null) };
        for (var hop = 0;
            hop < MaxRefreshes && RefreshOf(current.Seen) is { } url && known.Add((Identity(url), cookies.FieldFor(url)));
            hop++)
            current = Behind(current, await pages.CheckAsync(url, obeyRobots, cookies, known: null, cancellationToken));
        return current;
    }

    private static WebUrl? RefreshOf(Observation seen) => seen.Reading switch
    {
        { Refresh: { Seconds: <= LongestRefresh } refresh } => refresh.Url,
        { Refresh: null, ReloadsAfter: <= LongestRefresh } => seen.FinalUrl,
        _ => null,
    };

    /// <summary>Those who obey get as far as the first page that robots.txt forbids.</summary>
    private static PageObservations Behind(PageObservations before, PageObservations next)
    {
        var seen = Behind(before.Seen, next.Seen);
        if (!ReferenceEquals(before.Obedient, before.Seen))
            return before with { Seen = seen, LastFetch = null };
        return new PageObservations(seen, ReferenceEquals(next.Obedient, next.Seen) ? seen : Behind(before.Seen, next.Obedient));
    }

    private static string Identity(WebUrl url) => UrlKeys.PageIdentity(url).Href;

    private static Observation Behind(Observation before, Observation next) => next with
    {
        Page = before.Page,
        CheckedAt = before.CheckedAt,
        DisallowedForGoogle = before.DisallowedForGoogle ?? next.DisallowedForGoogle,
        Redirects = [.. before.Redirects, new Redirect(before.FinalUrl, before.Status ?? 200), .. next.Redirects],
        Detail = next.Kind is ObservationKind.Observed
            ? $"The page sends its readers to {next.FinalUrl}, which answered {next.Status} and was read."
            : next.Detail,
    };
}
