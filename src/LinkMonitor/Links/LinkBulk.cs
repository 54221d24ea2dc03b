using System.Collections.Concurrent;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Links;

/// <summary>Does one thing with many links. Each is done or not on its own: what was answered as done stays done, whatever comes of the others.</summary>
internal sealed class LinkBulk(ILinkStore links, LinkRegistry registry)
{
    private const int AtATime = 16;

    /// <param name="mayCheck">Counts a check of one page against the caller's limit.</param>
    public async Task<BulkResult> RunAsync(ProjectId project, BulkOrder order, Func<bool> mayCheck, CancellationToken cancellationToken)
    {
        var statuses = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var found = new ConcurrentBag<WatchedLink>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(order.Links, parallel, async (id, stop) =>
        {
            if (LinkIds.IsValid(id) && await links.GetAsync(project, new LinkId(id), stop) is { } link)
                found.Add(link);
            else
                statuses[id] = StatusCodes.Status404NotFound;
        });

        // Links of one page go one after the other: side by side they would only fight for the page's row. One check is for all of them.
        await Parallel.ForEachAsync(found.GroupBy(link => link.PageKey), parallel, async (page, stop) =>
        {
            var status = order.Action == BulkAction.Check ? await CheckAsync(page.First(), mayCheck, stop) : 0;
            foreach (var link in page)
                statuses[link.Id.Value] = order.Action == BulkAction.Check ? status : await DoAsync(link, order, stop);
        });
        return BulkResult.Of(order.Action, [.. order.Links.Select(id => new BulkItem(id, statuses[id]))]);
    }

    private async Task<int> CheckAsync(WatchedLink link, Func<bool> mayCheck, CancellationToken cancellationToken)
    {
        if (!mayCheck())
            return StatusCodes.Status429TooManyRequests;
        await registry.CheckNowAsync(link, cancellationToken);
        return StatusCodes.Status202Accepted;
    }

    private async Task<int> DoAsync(WatchedLink link, BulkOrder order, CancellationToken cancellationToken)
    {
        if (order.Action == BulkAction.Delete)
            return await registry.RemoveAsync(link, cancellationToken) ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
        var (muted, until) = (order.Action == BulkAction.Mute, order.MutedUntil);
        return await registry.EditAsync(link.ProjectId, link.Id, now => now with { Muted = muted, MutedUntil = until }, cancellationToken) is null
            ? StatusCodes.Status404NotFound
            : StatusCodes.Status200OK;
    }
}
