using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Checking;

/// <summary>
/// Goes before every request of one fetch: asks the robots.txt of the URL's origin, then waits for the host's turn. A turn is never held
/// while something else is waited for.
/// </summary>
internal sealed class PoliteVisit(HostPacer pacer, RobotsCache robots, bool obeysRobots) : IAsyncDisposable
{
    private const string Googlebot = "Googlebot";

    private HostTurn? _turn;
    private string? _host;

    /// <summary>The first URL that robots.txt keeps Googlebot out of; null when it may fetch all, as far as is known.</summary>
    public DisallowedUrl? DisallowedForGoogle { get; private set; }

    /// <summary>The first objection of a robots.txt to us, obeyed or not.</summary>
    public (WebUrl Url, FetchProblem Problem)? Objection { get; private set; }

    public async ValueTask<FetchProblem?> BeforeAsync(WebUrl url, CancellationToken cancellationToken)
    {
        try
        {
            return await EnterAsync(url, cancellationToken);
        }
        catch (HostBusyException busy)
        {
            return new FetchProblem(FetchFailure.HostBusy, busy.Message, busy.Wait);
        }
    }

    private async ValueTask<FetchProblem?> EnterAsync(WebUrl url, CancellationToken cancellationToken)
    {
        var answer = robots.Find(url);
        if (answer is null)
        {
            await LeaveHostAsync();
            answer = await robots.ReadAsync(url, cancellationToken);
        }

        var problem = answer.Rules is { } rules ? Judge(rules, url) : answer.Problem;
        if (problem is not null)
            Objection ??= (url, problem);
        if (problem is not null && obeysRobots)
            return problem;

        await EnterHostAsync(url.Host ?? string.Empty, cancellationToken);
        if (obeysRobots && answer.Rules is { } asked)
            _turn!.PauseAtLeast(RobotsCache.CrawlDelay(asked));
        return null;
    }

    public ValueTask DisposeAsync() => LeaveHostAsync();

    private FetchProblem? Judge(RobotsTxt rules, WebUrl url)
    {
        var google = rules.IsAllowed(Googlebot, url);
        if (!google.Allowed)
            DisallowedForGoogle ??= new DisallowedUrl(url, google);

        var us = rules.IsAllowed(FetchOptions.ProductToken, url);
        return us.Allowed ? null : new FetchProblem(
            FetchFailure.RobotsDisallowed,
            $"The robots.txt of {url.Host} asks us not to read {Named(url)} ({us.Place}), and we obey; ask the site's owner to allow "
                + $"{FetchOptions.ProductToken}.");
    }

    private static string Named(WebUrl url) => NetworkFailures.Shown(url.Path);

    private async ValueTask EnterHostAsync(string host, CancellationToken cancellationToken)
    {
        if (_turn is not null && _host == host)
            return;
        await LeaveHostAsync();
        _turn = await pacer.EnterAsync(host, cancellationToken);
        _host = host;
    }

    private async ValueTask LeaveHostAsync()
    {
        var turn = _turn;
        _turn = null;
        if (turn is not null)
            await turn.DisposeAsync();
    }
}
