using System.Collections.Concurrent;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Links;

/// <summary>
/// Registers many links of a project. Those on pages that nobody watches go in transactions: their pages and watches shard by shard, then
/// the links; all others go one by one through <see cref="LinkRegistry"/>. As there the watch comes first, and as there it is safe to
/// repeat after a crash at any point: a page that is there by then sends its links the other way.
/// </summary>
internal sealed class ManyLinks(LinkRegistry registry, ILinkStore links, IPageStore pages, TimeProvider time)
{
    private const int AtATime = 16;

    // A watch whose link is missing is forgotten after an hour: one so old may be on its way out, and is written anew.
    private static readonly TimeSpan Fresh = LinkUpdate.OrphanAge / 2;

    /// <param name="drafts">Different links; each leaves one that is known as it is (<see cref="LinkDraft.LeavesKnown"/>).</param>
    /// <returns>The links as they are stored, in no useful order.</returns>
    public async Task<IReadOnlyCollection<WatchedLink>> RegisterAsync(
        Project project, IReadOnlyCollection<LinkDraft> drafts, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        var (registered, fresh, rest) = (new ConcurrentBag<WatchedLink>(), new ConcurrentBag<NewLink>(), new ConcurrentBag<LinkDraft>());
        var now = time.GetUtcNow();
        var found = drafts.Select(draft => new NewLink(draft, LinkRegistry.NewLink(
            project, LinkIdFactory.For(draft.Page, draft.Target, draft.Match), draft, now)));
        var shards = found.GroupBy(one => one.Link.PageKey.Shard).SelectMany(shard => shard.Chunk(IPageStore.MostNewWatches));
        await Parallel.ForEachAsync(shards, parallel, async (part, token) =>
        {
            // Terms must fit and have a place in their own schedule.
            var isWatched = Array.TrueForAll(part, one => one.Draft.Parts.Terms is null) && await pages.TryWatchNewAsync(
                project.Id, [.. part.Select(one => (one.Draft.Page, one.Link.Id))], now, token);
            Share(part, isWatched, fresh.Add, rest.Add);
        });

        await Parallel.ForEachAsync(fresh.Chunk(ILinkStore.MostNewLinks), parallel, async (part, token) =>
        {
            var isStored = await links.TryRegisterAsync([.. part.Select(one => one.Link)], token);
            Share(part, isStored, one => registered.Add(one.Link), rest.Add);
        });

        // Somebody who deleted the same link meanwhile may have taken the watch away before our link was there.
        await Parallel.ForEachAsync(registered.ToArray(), parallel, async (link, token) =>
        {
            if (time.GetUtcNow() - now > Fresh || !await pages.IsWatchedByAsync(link.PageKey, link.ProjectId, link.Id, token))
                await pages.WatchAsync(link.Page, link.ProjectId, link.Id, now, token);
        });

        // Links of one page are registered one after the other: side by side they would only fight for the page's row.
        await Parallel.ForEachAsync(rest.GroupBy(draft => PageRowKeys.For(draft.Page)), parallel, async (page, token) =>
        {
            foreach (var draft in page)
                registered.Add((await registry.RegisterAsync(project, draft, token)).Link);
        });
        return registered;
    }

    // What was not done together is done one by one.
    private static void Share(NewLink[] part, bool isDone, Action<NewLink> done, Action<LinkDraft> left)
    {
        foreach (var one in part)
        {
            if (isDone)
                done(one);
            else
                left(one.Draft);
        }
    }

    private sealed record NewLink(LinkDraft Draft, WatchedLink Link);
}
