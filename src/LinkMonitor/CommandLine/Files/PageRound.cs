using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.CommandLine.Files;

/// <summary>Looks at many pages, each once, as many at a time as the observer's pacer lets through.</summary>
internal sealed class PageRound(PageObserver observer, bool obeyRobots)
{
    /// <summary>Observes every page once and hands each observation on as it comes, several at a time.</summary>
    /// <param name="observed">Called with the page's place in <paramref name="pages"/>.</param>
    public Task ObserveAsync(IReadOnlyList<WebUrl> pages, Action<int, Observation> observed, CancellationToken cancellationToken) =>
        Task.WhenAll(pages.Select((page, index) => ObservePageAsync(index, page, observed, cancellationToken)));

    private async Task ObservePageAsync(int index, WebUrl page, Action<int, Observation> observed, CancellationToken cancellationToken) =>
        observed(index, (await observer.LookAsync(page, obeyRobots, cancellationToken)).Seen);
}
