using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Cookies;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Checking;

/// <summary>
/// Checks one page once: asks robots.txt, waits for the host's turn, fetches, and says what was seen. Redirects are treated alike.
/// </summary>
/// <remarks>Thread-safe. Everything the web does comes back as an <see cref="Observation"/>.</remarks>
/// <param name="controls">Tells an outage of our own network from one of the site; null when nobody asks.</param>
public sealed class PageObserver(PageFetcher fetcher, HostPacer pacer, RobotsCache robots, ControlProbe? controls = null)
{
    /// <summary>What may be seen of a page in obedience to robots.txt.</summary>
    /// <exception cref="OperationCanceledException">
    /// The caller's token was cancelled; the deadline of a check is an observation.
    /// </exception>
    public async Task<Observation> ObserveAsync(WebUrl page, CancellationToken cancellationToken) =>
        (await CheckAsync(page, obeyRobots: true, cancellationToken)).Seen;

    /// <summary>
    /// Checks a page, also one that robots.txt forbids. robots.txt is asked either way, for what it says to Googlebot.
    /// </summary>
    /// <param name="obeyRobots">False only for pages whose owner asks for the check.</param>
    /// <exception cref="OperationCanceledException">
    /// The caller's token was cancelled; the deadline of a check is an observation.
    /// </exception>
    public Task<PageObservations> CheckAsync(WebUrl page, bool obeyRobots, CancellationToken cancellationToken) =>
        CheckAsync(page, obeyRobots, NewCookies(), known: null, cancellationToken);

    /// <param name="cookies">Those of the check so far.</param>
    /// <param name="known">The last fetch, whose place this one takes; null for none.</param>
    /// <inheritdoc cref="CheckAsync(WebUrl, bool, CancellationToken)"/>
    internal async Task<PageObservations> CheckAsync(
        WebUrl page, bool obeyRobots, CookieJar cookies, LastFetch? known, CancellationToken cancellationToken)
    {
        await using var visit = new PoliteVisit(pacer, robots, obeyRobots);
        using var share = fetcher.NewShare();
        var rules = new VisitRules { Before = visit.BeforeAsync, Cookies = cookies, Share = share };
        var fetch = await FetchAsync(page, rules, cancellationToken);
        return await ReadingTurns.RunAsync(
            () => See(fetch, visit, obeyRobots, known, cancellationToken), LengthOf(fetch), cancellationToken);
    }

    /// <summary>
    /// Asks for a page only if it has changed since an earlier fetch. It is read in full, too, when the site's word on that is worth
    /// nothing. A page that comes is not read when nothing has changed that its reading rests on.
    /// </summary>
    /// <param name="known">The earlier fetch, with something to ask or to compare with.</param>
    /// <param name="ignoresNumbers">Whether digits in the text outside links make no difference to anybody.</param>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<ConditionalFetch> RecheckAsync(
        WebUrl page, bool obeyRobots, LastFetch known, bool ignoresNumbers, CancellationToken cancellationToken) =>
        RecheckAsync(page, obeyRobots, known, ignoresNumbers, NewCookies(), cancellationToken);

    /// <param name="cookies">Those of the check so far.</param>
    /// <inheritdoc cref="RecheckAsync(WebUrl, bool, LastFetch, bool, CancellationToken)"/>
    internal async Task<ConditionalFetch> RecheckAsync(
        WebUrl page, bool obeyRobots, LastFetch known, bool ignoresNumbers, CookieJar cookies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        bool isDoubtful;
        ResponseHeaders headers;
        await using (var visit = new PoliteVisit(pacer, robots, obeyRobots))
        {
            using var share = fetcher.NewShare();
            var rules = new VisitRules
            {
                Before = visit.BeforeAsync,
                Cookies = cookies,
                Conditions = known.Validators is { } validators ? new VisitConditions(validators, known.Route) : null,
                Share = share,
            };
            var fetch = await FetchAsync(page, rules, cancellationToken);

            // Whoever was not asked for changes only has given a full answer, even with one of these statuses.
            if (fetch is not FetchedResponse { IsConditional: true, Status: 304 or 412 } answer)
                return await ReadingTurns.RunAsync(
                    () => SeeOrScan(fetch, visit, obeyRobots, known, ignoresNumbers, cancellationToken), LengthOf(fetch),
                    cancellationToken);
            var worth = NotModifiedJudge.Judge(known, answer, visit);
            if (worth == NotModified.Trusted)
                return ConditionalFetch.NotModified(answer.StartedAt, known);
            (isDoubtful, headers) = (worth == NotModified.Doubtful, answer.Headers);
        }

        // The host's turn was given back: its pause lies between the two requests.
        var observations = await CheckAsync(page, obeyRobots, cookies, known, cancellationToken);
        isDoubtful |= observations.LastFetch is { } now && !NotModifiedJudge.Shows(headers, now);
        return ConditionalFetch.Full(observations.After(known, isDoubtful));
    }

    private static int LengthOf(FetchResult fetch) => fetch is FetchedResponse answer ? answer.Body.Length : 0;

    private static ConditionalFetch SeeOrScan(
        FetchResult fetch, PoliteVisit visit, bool obeyRobots, LastFetch known, bool ignoresNumbers, CancellationToken cancellationToken) =>
        fetch is FetchedResponse full && AnswerComparison.Compare(known, full, visit, ignoresNumbers) is { } kept
            ? ConditionalFetch.SameReading(full.StartedAt, kept)
            : ConditionalFetch.Full(See(fetch, visit, obeyRobots, known, cancellationToken).After(known));

    /// <summary>A jar for one check.</summary>
    internal CookieJar NewCookies() => fetcher.NewCookies();

    /// <summary>Fetches in obedience to robots.txt and in the host's turn, for callers that need the answer itself.</summary>
    public async Task<FetchResult> FetchAsync(WebUrl page, CancellationToken cancellationToken)
    {
        await using var visit = new PoliteVisit(pacer, robots, obeysRobots: true);
        return await FetchAsync(page, new VisitRules { Before = visit.BeforeAsync }, cancellationToken);
    }

    // Every request of a check comes through here: no caller takes our own outage for the site's.
    private async Task<FetchResult> FetchAsync(WebUrl page, VisitRules rules, CancellationToken cancellationToken)
    {
        var fetch = await fetcher.FetchAsync(page, rules, cancellationToken);

        // Whoever asks the control addresses needs memory, too.
        if (fetch is FetchFailed)
            rules.Share?.Release();
        return controls is null ? fetch : await controls.ReviewAsync(fetch, cancellationToken);
    }

    private static PageObservations See(
        FetchResult fetch, PoliteVisit visit, bool obeyRobots, LastFetch? known, CancellationToken cancellationToken)
    {
        var seen = Observer.Observe(fetch, cancellationToken) with { DisallowedForGoogle = visit.DisallowedForGoogle };
        var observations = visit.Objection is { } objection && !obeyRobots
            ? new PageObservations(seen, Observer.Observe(StoppedAt(objection.Url, objection.Problem, fetch), cancellationToken))
            : new PageObservations(seen, seen);
        return observations with { LastFetch = LastFetchFactory.Of(fetch, observations, makesOutline: known?.Scan is not null) };
    }

    /// <summary>How the fetch would have ended for somebody who obeys.</summary>
    private static FetchFailed StoppedAt(WebUrl url, FetchProblem problem, FetchResult fetch) => new()
    {
        Url = fetch.Url,
        FinalUrl = url,
        Redirects = [.. fetch.Redirects.TakeWhile(redirect => !redirect.Url.Equals(url))],
        StartedAt = fetch.StartedAt,
        Failure = problem.Failure,
        Message = problem.Message,
        RetryAfter = problem.RetryAfter,
    };
}

/// <summary>One check of a page.</summary>
/// <param name="Seen">What was seen.</param>
/// <param name="Obedient">
/// What may be known of it by those who obey robots.txt: the same, unless the check was asked to ignore robots.txt and that forbids the
/// page.
/// </param>
public sealed record PageObservations(Observation Seen, Observation Obedient)
{
    /// <summary>
    /// What to ask with next time; null when the answer gives nothing to ask with, or when what was seen comes from more than this one
    /// answer and may change without it.
    /// </summary>
    public LastFetch? LastFetch { get; init; }

    /// <summary>The check with its fetch in place of an earlier one.</summary>
    /// <param name="known">Null for none.</param>
    public PageObservations After(LastFetch? known) => After(known, isDoubtful: false);

    /// <param name="isDoubtful">The site has just answered in a way that cannot be trusted.</param>
    internal PageObservations After(LastFetch? known, bool isDoubtful) => this with { LastFetch = LastFetch?.After(known, isDoubtful) };
}

/// <summary>What came of asking whether a page has changed: either that it has not, or the page in full.</summary>
public sealed record ConditionalFetch
{
    private ConditionalFetch()
    {
    }

    /// <summary>When that was known, UTC; null for a page in full.</summary>
    public DateTimeOffset? UnchangedAt { get; private init; }

    /// <summary>How it is known.</summary>
    public UnchangedBy By { get; private init; }

    /// <summary>What the next fetch is asked and compared with; null for a page in full.</summary>
    public LastFetch? LastFetch { get; private init; }

    /// <summary>The page in full, since it has changed or the site cannot be trusted to say that it has not.</summary>
    public PageObservations? Observations { get; private init; }

    internal static ConditionalFetch NotModified(DateTimeOffset at, LastFetch known) =>
        new() { UnchangedAt = at, By = UnchangedBy.Site, LastFetch = known.Confirmed(at) };

    internal static ConditionalFetch SameReading(DateTimeOffset at, LastFetch known) =>
        new() { UnchangedAt = at, By = UnchangedBy.Comparison, LastFetch = known.Confirmed(at) };

    internal static ConditionalFetch Full(PageObservations observations) => new() { Observations = observations };
}
