using System.Collections.Concurrent;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>A page with as many links as a test wants, without a request for each.</summary>
internal static class ManyOnAPage
{
    /// <summary>Registers links on one page straight in storage, each with a target of its own.</summary>
    public static async Task<IReadOnlyCollection<LinkId>> RegisterAsync(
        Product product, ProjectId project, WebUrl page, int count, CancellationToken cancellationToken)
    {
        var (store, pages) = (product.Get<ILinkStore>(), product.Get<IPageStore>());
        var now = product.Clock.GetUtcNow();
        ConcurrentBag<LinkId> ids = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), cancellationToken, async (number, token) =>
        {
            var target = StorageSamples.Url($"http://127.0.0.1:9/{number}");
            var link = StorageSamples.Link(project, page.Href, target.Href);
            await pages.WatchAsync(page, project, link.Id, now, token);
            await store.RegisterAsync(link, token);
            ids.Add(link.Id);
        });
        return ids;
    }
}
