using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Checking;

/// <summary>Looks at one page once: asks robots.txt, waits for the host's turn, fetches, and says what was seen. Redirects are treated alike.</summary>
/// <remarks>Thread-safe. Everything the web does comes back as an <see cref="Observation"/>.</remarks>
public sealed class PageObserver(PageFetcher fetcher, HostPacer pacer, RobotsCache robots)
{
    /// <summary>What may be seen of a page in obedience to robots.txt.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled; the deadline of a check is an observation.</exception>
    public async Task<Observation> ObserveAsync(WebUrl page, CancellationToken cancellationToken) =>
        (await LookAsync(page, obeyRobots: true, cancellationToken)).Seen;

    /// <summary>Looks at a page, also at one that robots.txt forbids. robots.txt is asked either way, for what it says to Googlebot.</summary>
    /// <param name="obeyRobots">False only for pages whose owner asks for the check.</param>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled; the deadline of a check is an observation.</exception>
    public Task<PageLook> LookAsync(WebUrl page, bool obeyRobots, CancellationToken cancellationToken) =>
        LookAsync(page, obeyRobots, NewCookies(), cancellationToken);

    /// <param name="cookies">Those of the check so far.</param>
    /// <inheritdoc cref="LookAsync(WebUrl, bool, CancellationToken)"/>
    internal async Task<PageLook> LookAsync(WebUrl page, bool obeyRobots, CheckCookies cookies, CancellationToken cancellationToken)
    {
        await using var visit = new PoliteVisit(pacer, robots, obeyRobots);
        var fetch = await fetcher.FetchAsync(page, new VisitRules { Before = visit.BeforeAsync, Cookies = cookies }, cancellationToken);
        return See(fetch, visit, obeyRobots, cancellationToken);
    }

    /// <summary>Asks for a page only if it has changed since an earlier look. It is read in full, too, when the site's word on that is worth nothing.</summary>
    /// <param name="known">The earlier look, with validators.</param>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<PageRecheck> RecheckAsync(WebUrl page, bool obeyRobots, PageSight known, CancellationToken cancellationToken) =>
        RecheckAsync(page, obeyRobots, known, NewCookies(), cancellationToken);

    /// <param name="cookies">Those of the check so far.</param>
    /// <inheritdoc cref="RecheckAsync(WebUrl, bool, PageSight, CancellationToken)"/>
    internal async Task<PageRecheck> RecheckAsync(
        WebUrl page, bool obeyRobots, PageSight known, CheckCookies cookies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        bool isDoubtful;
        ResponseHeaders headers;
        await using (var visit = new PoliteVisit(pacer, robots, obeyRobots))
        {
            var rules = new VisitRules
            {
                Before = visit.BeforeAsync,
                Cookies = cookies,
                Conditions = new VisitConditions(known.Validators!, known.Route),
            };
            var fetch = await fetcher.FetchAsync(page, rules, cancellationToken);

            // Whoever was not asked for changes only has given a full answer, be it the oddest.
            if (fetch is not FetchedResponse { IsConditional: true, Status: 304 or 412 } answer)
                return PageRecheck.Full(See(fetch, visit, obeyRobots, cancellationToken).After(known));
            var worth = NotModifiedJudge.Judge(known, answer, visit);
            if (worth == NotModified.Trusted)
                return PageRecheck.Unchanged(answer.StartedAt);
            (isDoubtful, headers) = (worth == NotModified.Doubtful, answer.Headers);
        }

        // The host's turn was given back: its pause lies between the two requests.
        var look = await LookAsync(page, obeyRobots, cookies, cancellationToken);
        return PageRecheck.Full(look.After(known, isDoubtful || (look.Sight is { } now && !NotModifiedJudge.Shows(headers, now))));
    }

    /// <summary>A jar for one check.</summary>
    internal CheckCookies NewCookies() => fetcher.NewCookies();

    /// <summary>Fetches in obedience to robots.txt and in the host's turn, for callers that need the answer itself.</summary>
    public async Task<FetchResult> FetchAsync(WebUrl page, CancellationToken cancellationToken)
    {
        await using var visit = new PoliteVisit(pacer, robots, obeysRobots: true);
        return await fetcher.FetchAsync(page, new VisitRules { Before = visit.BeforeAsync }, cancellationToken);
    }

    private PageLook See(FetchResult fetch, PoliteVisit visit, bool obeyRobots, CancellationToken cancellationToken)
    {
        var seen = Observer.Observe(fetch, fetcher.Clock, cancellationToken) with { DisallowedForGoogle = visit.DisallowedForGoogle };
        var look = visit.Objection is { } objection && !obeyRobots
            ? new PageLook(seen, Observer.Observe(StoppedAt(objection.Url, objection.Problem, fetch), cancellationToken))
            : new PageLook(seen, seen);
        return look with { Sight = PageSighting.Of(fetch, look) };
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
