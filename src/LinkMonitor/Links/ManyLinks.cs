using System.Collections.Concurrent;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Links;

/// <summary>
/// Registers many links of a project. Those on pages that nobody watches go in transactions: their pages and watches host by host, then
/// the checks of their terms, then the links. Of the others each is read once: one that is known gets what a tool says of it, in
/// transactions, too, and only when that is news; a new one on a watched page goes through <see cref="LinkRegistry"/>. As there the watch
/// comes first, and as there it is safe to repeat after a crash at any point: a page that is there by then sends its links the other way.
/// </summary>
internal sealed class ManyLinks(
    LinkRegistry registry, ILinkStore links, ILinkFactStore reads, IPageStore pages, TermSchedule terms, TimeProvider time)
{
    private const int AtATime = 16;

    // What is kept of a page's links is compressed, and a transaction takes 4 MiB.
    private const int PagesKeptAtATime = 25;

    /// <param name="drafts">
    /// At most 1,000 different links; each leaves one that is known as it is (<see cref="LinkDraft.LeavesKnown"/>).
    /// </param>
    /// <returns>The links as they are stored, in no useful order, without those whose rows cannot be read.</returns>
    public async Task<IReadOnlyCollection<WatchedLink>> RegisterAsync(
        Project project, IReadOnlyCollection<LinkDraft> drafts, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        var registered = new ConcurrentBag<WatchedLink>();
        var rest = new ConcurrentBag<LinkDraft>(drafts.Where(draft => !draft.HasFittingTerms));
        var now = time.GetUtcNow();
        var parts = Parts(project, drafts, now);
        var refused = await AddAsync(project, parts, registered, rest, now, parallel);
        var left = await LookAsync(project, refused, registered, rest, parallel);
        foreach (var one in (await AddAsync(project, left, registered, rest, now, parallel)).SelectMany(part => part))
            rest.Add(one.Draft);

        // Links of one page are registered one after the other: side by side they would only fight for the page's row.
        await Parallel.ForEachAsync(rest.GroupBy(draft => PageRowKeys.For(draft.Page)), parallel, async (page, token) =>
        {
            foreach (var draft in page)
            {
                if (await LinkRegistry.IfReadableAsync(registry.RegisterAsync(project, draft, token)) is { } done)
                    registered.Add(done.Link);
            }
        });
        return registered;
    }

    /// <summary>
    /// Registers those whose pages nobody watches yet, in transactions, and leaves the others as they are, as well as those with terms that
    /// do not fit.
    /// </summary>
    /// <param name="drafts">At most 1,000 different links.</param>
    /// <returns>The new ones as they are stored; of the others nothing is said.</returns>
    public async Task<IReadOnlyDictionary<LinkId, WatchedLink>> RegisterNewAsync(
        Project project, IReadOnlyCollection<LinkDraft> drafts, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        var now = time.GetUtcNow();
        var added = new ConcurrentBag<WatchedLink>();
        await AddAsync(project, Parts(project, drafts, now), added, [], now, parallel);
        return added.ToDictionary(link => link.Id);
    }

    /// <summary>As many as one transaction takes, the links of a page together; none with terms that do not fit.</summary>
    private static List<NewLink[]> Parts(Project project, IEnumerable<LinkDraft> drafts, DateTimeOffset now)
    {
        var pages = drafts.Where(draft => draft.HasFittingTerms)
            .Select(draft => new NewLink(draft, LinkRegistry.NewLink(project, draft.Id, draft, now)))
            .GroupBy(one => one.Link.PageKey)
            .SelectMany(page => page.Chunk(IPageStore.MostNewRows - IPageStore.RowsOfPage));
        var parts = new List<NewLink[]>();
        foreach (var shard in pages.GroupBy(page => page[0].Link.PageKey.Shard))
        {
            var (part, rows) = (new List<NewLink>(), 0);
            foreach (var page in shard)
            {
                if (rows + IPageStore.RowsOfPage + page.Length > IPageStore.MostNewRows)
                {
                    parts.Add([.. part]);
                    (part, rows) = ([], 0);
                }

                part.AddRange(page);
                rows += IPageStore.RowsOfPage + page.Length;
            }

            parts.Add([.. part]);
        }

        return parts;
    }

    /// <summary>Adds links with their pages in transactions.</summary>
    /// <param name="rest">Gets links whose pages are watched now and that are there, or were not stored.</param>
    /// <returns>The parts that were refused, because one of their pages is there.</returns>
    private async Task<IReadOnlyCollection<NewLink[]>> AddAsync(
        Project project, IEnumerable<NewLink[]> parts, ConcurrentBag<WatchedLink> registered, ConcurrentBag<LinkDraft> rest,
        DateTimeOffset now, ParallelOptions parallel)
    {
        var (refused, fresh, added) = (new ConcurrentBag<NewLink[]>(), new ConcurrentBag<NewLink>(), new ConcurrentBag<WatchedLink>());
        await Parallel.ForEachAsync(parts, parallel, async (part, token) =>
        {
            var isWatched = await pages.TryWatchNewAsync(
                project.Id, [.. part.Select(one => (one.Draft.Page, one.Link.Id))], now, token);
            if (!isWatched)
                refused.Add(part);
            foreach (var one in isWatched ? part : [])
                fresh.Add(one);
        });

        await Parallel.ForEachAsync(fresh.Chunk(ILinkStore.MostNewLinks), parallel, async (part, token) =>
        {
            await terms.LookSoonAsync(
                project.Id, [.. part.Where(one => one.Link.Terms?.End is not null).Select(one => one.Link.Id)], token);
            var stored = await links.TryRegisterAsync([.. part.Select(one => one.Link)], token);
            foreach (var one in stored is null ? part : [])
                rest.Add(one.Draft);
            foreach (var link in stored ?? [])
                added.Add(link);
        });

        // So the first checks of the pages need not read them.
        var kept = LinkKeeping.ByPage(added).GroupBy(one => one.Page.Shard).SelectMany(shard => shard.Chunk(PagesKeptAtATime));
        await Parallel.ForEachAsync(kept, parallel, async (part, token) => await pages.TryKeepAsync(part, now, token));

        await Parallel.ForEachAsync(added.GroupBy(link => link.PageKey), parallel, async (page, token) =>
        {
            WatchedLink[] all = [.. page];
            await registry.WatchAgainAsync(all, now, token);
            Array.ForEach(all, registered.Add);
        });
        return refused;
    }

    /// <summary>Reads which links are known, and notes what a tool says of them.</summary>
    /// <param name="rest">Gets links that are to be registered one by one.</param>
    /// <returns>New links that stood beside known ones: without these their pages may be new, too.</returns>
    private async Task<IReadOnlyCollection<NewLink[]>> LookAsync(
        Project project, IReadOnlyCollection<NewLink[]> parts, ConcurrentBag<WatchedLink> registered, ConcurrentBag<LinkDraft> rest,
        ParallelOptions parallel)
    {
        // In a project that has not many more links they come in one range, else one by one.
        var ids = parts.SelectMany(part => part).Select(one => one.Link.Id).OrderBy(id => id.Value, StringComparer.Ordinal);
        var found = (await reads.GetAsync(project.Id, [.. ids], areNeighbours: true, parallel.CancellationToken))
            .Where(link => link.IsThere).ToDictionary(link => link.Id, link => link.Link);
        var (left, news) = (new List<NewLink[]>(), new List<(WatchedLink Link, VendorNote Note)>());
        foreach (var part in parts)
        {
            NewLink[] unknown = [.. part.Where(one => !found.ContainsKey(one.Link.Id))];
            if (unknown.Length == part.Length)
                Array.ForEach(unknown, one => rest.Add(one.Draft));
            else if (unknown.Length > 0)
                left.Add(unknown);
            foreach (var (draft, id) in part.Select(one => (one.Draft, one.Link.Id)))
            {
                // A row that is there and cannot be read is a known link, too.
                if (found.GetValueOrDefault(id) is not { } known)
                    continue;

                // One of our own, from a step that was killed: its watch may be missing.
                if (known.ImportId is { } import && import == draft.ImportId)
                    rest.Add(draft);
                else if (draft.VendorNote is { } note && known.WithNote(note) != known)
                    news.Add((known, note));
                else
                    registered.Add(known);
            }
        }

        await Parallel.ForEachAsync(news.Chunk(ILinkStore.MostNewLinks), parallel, async (part, token) =>
        {
            var isNoted = await links.TryNoteAsync([.. part.Select(one => one.Link.WithNote(one.Note))], token);
            foreach (var (link, note) in part)
                registered.Add(isNoted ? link : await registry.NoteAsync(link, note, token) ?? link);
        });
        return left;
    }

    private sealed record NewLink(LinkDraft Draft, WatchedLink Link);
}
