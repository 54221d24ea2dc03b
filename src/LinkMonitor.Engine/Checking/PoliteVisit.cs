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

/// <summary>
/// Reads one page per core at a time, in this process: more would only share the cores, and hold the memory of all at once. A large page,
/// whose tree may take a hundred times its length, is read alone. Those that wait hold their bodies and nothing else, so the memory for
/// bodies in flight bounds how many there are.
/// </summary>
internal static class ReadingTurns
{
    /// <summary>In bytes; a page beyond it is read alone.</summary>
    public const int Large = 1024 * 1024;

    private static readonly SemaphoreSlim Turns = new(Most);
    private static readonly SemaphoreSlim Alone = new(1);

    /// <summary>How many pages are read at a time.</summary>
    public static int Most => Environment.ProcessorCount;

    /// <param name="length">How long the page is, in bytes.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before the turn came.</exception>
    public static Task<T> RunAsync<T>(Func<T> read, int length, CancellationToken cancellationToken) =>
        length > Large ? RunAloneAsync(read, cancellationToken) : RunOneAsync(read, cancellationToken);

    private static async Task<T> RunOneAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        await Turns.WaitAsync(cancellationToken);
        try
        {
            return read();
        }
        finally
        {
            Turns.Release();
        }
    }

    // Who takes all turns takes them one by one, and is the only one who does.
    private static async Task<T> RunAloneAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        await Alone.WaitAsync(cancellationToken);
        var taken = 0;
        try
        {
            for (; taken < Most; taken++)
                await Turns.WaitAsync(cancellationToken);
            return read();
        }
        finally
        {
            // What is left of it is garbage of hundreds of megabytes, which the next one should not come on top of.
            if (taken == Most)
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            if (taken > 0)
                Turns.Release(taken);
            Alone.Release();
        }
    }
}
