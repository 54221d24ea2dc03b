using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Checking;

/// <summary>Looks at one page once: waits for its host's turn, fetches, and says what was seen.</summary>
/// <remarks>Thread-safe. Everything the web does comes back as an <see cref="Observation"/>.</remarks>
public sealed class PageObserver(PageFetcher fetcher, HostPacer pacer)
{
    /// <exception cref="OperationCanceledException">The caller's token was cancelled; the deadline of a check is an observation.</exception>
    public async Task<Observation> ObserveAsync(WebUrl page, CancellationToken cancellationToken) =>
        Observer.Observe(await FetchAsync(page, cancellationToken), cancellationToken);

    /// <summary>Fetches in the host's turn, for callers that need the answer itself.</summary>
    public async Task<FetchResult> FetchAsync(WebUrl page, CancellationToken cancellationToken)
    {
        using var turn = await pacer.EnterAsync(page.Host ?? string.Empty, cancellationToken);
        return await fetcher.FetchAsync(page, cancellationToken);
    }
}
