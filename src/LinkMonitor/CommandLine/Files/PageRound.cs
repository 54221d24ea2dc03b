using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.CommandLine.Files;

/// <summary>Looks at many pages, each once, and at what belongs to them, as many at a time as the observer's pacer lets through.</summary>
internal sealed class PageRound(RelatedPages pages, bool obeyRobots)
{
    /// <summary>Observes every page once and hands each observation on as it comes, several at a time.</summary>
    /// <param name="observed">Called with the page's place in <paramref name="urls"/>.</param>
    public Task ObserveAsync(IReadOnlyList<WebUrl> urls, Func<int, Observation, Task> observed, CancellationToken cancellationToken) =>
        Task.WhenAll(urls.Select((url, index) => ObservePageAsync(index, url, observed, cancellationToken)));

    private async Task ObservePageAsync(int index, WebUrl url, Func<int, Observation, Task> observed, CancellationToken cancellationToken) =>
        await observed(index, (await pages.LookAsync(url, obeyRobots, cancellationToken)).Seen);
}
