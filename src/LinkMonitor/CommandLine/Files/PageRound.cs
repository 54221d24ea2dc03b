using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.CommandLine.Files;

/// <summary>Looks at many pages: each once, so many at a time in all and for each host, with a pause between requests to a host.</summary>
internal sealed class PageRound(PageFetcher fetcher, HostPacer pacer, int concurrency)
{
    /// <summary>Observes every page once and hands each observation on as it comes, several at a time.</summary>
    /// <param name="observed">Called with the page's place in <paramref name="pages"/>.</param>
    public async Task ObserveAsync(
        IReadOnlyList<WebUrl> pages, Action<int, Observation> observed, CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(concurrency);
        await Task.WhenAll(pages.Select((page, index) => ObservePageAsync(index, page, places, observed, cancellationToken)));
    }

    private async Task ObservePageAsync(
        int index, WebUrl page, SemaphoreSlim places, Action<int, Observation> observed, CancellationToken cancellationToken)
    {
        // The host's turn comes first: a page that waits for its host must not keep other hosts from the places there are.
        using var turn = await pacer.EnterAsync(page.Host ?? string.Empty, cancellationToken);
        await places.WaitAsync(cancellationToken);
        try
        {
            observed(index, Observer.Observe(await fetcher.FetchAsync(page, cancellationToken), cancellationToken));
        }
        finally
        {
            places.Release();
        }
    }
}
