using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Pages;

/// <inheritdoc cref="IPageStore"/>
internal sealed class TablePageStore(StoreTables tables, HostLimits limits, TimeProvider time) : IPageStore
{
    private readonly RowTable _table = tables.Open(TableNames.Pages);
    private readonly HostList _list = new(tables.Open(TableNames.Pages), limits, time);

    // The watch is written before the page is read, and whoever removes a page marks it before the watches are read: so either we see the
    // mark (or the hole) and put the page back, or they see our watch and leave the page. A check that has read the watches before ours
    // was among them finds when it moves the page that one was added. No two registrations ever wait for each other.
    public async Task WatchAsync(WebUrl page, ProjectId projectId, LinkId linkId, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        var key = PageRowKeys.For(page);
        var watch = WatchRow.Write(key, projectId, linkId, time.GetUtcNow());
        List<TableTransactionAction> actions =
            [Transactions.Put(watch), Transactions.Put(RowSchema.New(key.Shard, PageRowKeys.Added(key.PageId)))];
        await Contention.RunAsync($"Page {key.PageId}", () => _table.SubmitAsync(actions, cancellationToken), cancellationToken);
        await Contention.RunAsync(
            $"Page {key.PageId}",
            () => TryMakeDueAsync(key, page, dueAt, settled => settled.Has(projectId, linkId), cancellationToken),
            cancellationToken);
    }

    // A page that is added in the same transaction as its watch was not there: nobody can have been about to remove it.
    public Task<bool> TryWatchNewAsync(
        ProjectId projectId, IReadOnlyList<(WebUrl Page, LinkId LinkId)> links, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var pages = links.Select(link => new WatchedPage { Key = PageRowKeys.For(link.Page), Url = link.Page, DueAt = dueAt })
            .DistinctBy(page => page.Key).ToList();
        var rows = pages.Select(page => (Page: page, Row: PageRow.Write(page, now))).ToList();
        List<TableTransactionAction> actions =
        [
            .. rows.Select(one => Transactions.Add(one.Row)),
            .. rows.Select(one => Transactions.Put(PageRow.WriteDue(one.Page, one.Row))),
            .. pages.Select(Scheduled).DistinctBy(RowKeyOf),
            .. links.Select(link => Transactions.Put(WatchRow.Write(PageRowKeys.For(link.Page), projectId, link.LinkId, now))),
        ];
        return _table.SubmitAsync(actions, cancellationToken);
    }

    // Added, not put: what a check has kept meanwhile is newer.
    public async Task TryKeepAsync(
        IReadOnlyList<(PageKey Page, IReadOnlyList<LinkCopy> Links)> links, DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<TableTransactionAction> actions =
        [
            .. links.Where(page => page.Links.Count > 0).Select(page => KeptRow.Write(page.Page, new KeptLinks(at, page.Links)))
                .OfType<TableEntity>().Select(Transactions.Add),
        ];
        if (actions.Count > 0)
            await _table.SubmitAsync(actions, cancellationToken);
    }

    public Task UnsettleAsync(PageKey page, CancellationToken cancellationToken) => Contention.TryAsync(
        async () => await GetAsync(page, cancellationToken) is not { Settled: not null } settled
            || await TryMoveAsync(settled, settled with { Settled = null }, null, cancellationToken),
        cancellationToken);

    public Task<bool> IsWatchedByAsync(PageKey page, ProjectId projectId, LinkId linkId, CancellationToken cancellationToken) =>
        _table.IsThereAsync(page.Shard, PageRowKeys.Watch(page.PageId, projectId, linkId), cancellationToken);

    // What is kept of the links holds a copy of the one that goes; most pages that were checked have such a row.
    public Task UnwatchAsync(PageKey page, ProjectId projectId, LinkId linkId, CancellationToken cancellationToken) =>
        _table.DeleteRowsAsync(
            page.Shard, [PageRowKeys.Watch(page.PageId, projectId, linkId), PageRowKeys.Kept(page.PageId)], cancellationToken);

    public Task UnwatchAsync(PageKey page, IReadOnlyCollection<Watcher> watchers, CancellationToken cancellationToken) =>
        _table.DeleteRowsAsync(
            page.Shard, [.. watchers.Select(watcher => PageRowKeys.Watch(page.PageId, watcher.ProjectId, watcher.LinkId))],
            cancellationToken);

    public Task<bool> RemoveOrphanAsync(PageKey page, Watcher watcher, CancellationToken cancellationToken) =>
        _table.DeleteAsync(
            page.Shard, PageRowKeys.Watch(page.PageId, watcher.ProjectId, watcher.LinkId), RowColumns.ToETag(watcher.ETag),
            cancellationToken);

    public async Task<WatchedPage?> GetAsync(PageKey page, CancellationToken cancellationToken) =>
        await _table.FindAsync(page.Shard, PageRowKeys.Page(page.PageId), row => PageRow.Read(row, page), cancellationToken);

    public async IAsyncEnumerable<Watcher> ReadWatchersAsync(PageKey page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.ReadAsync(new RowQuery(PageRowKeys.Watchers(page)), WatchRow.Read, cancellationToken))
        {
            if ((row.Item ?? PageRowKeys.ReadWatch(row.Key)) is { } watcher)
                yield return watcher;
        }
    }

    public async Task<WatchersRead> ReadLinksAsync(PageKey page, CancellationToken cancellationToken)
    {
        var watchers = new List<Watcher>();
        KeptLinks? kept = null;
        WatchersVersion? version = new(null);
        var query = new RowQuery(PageRowKeys.KeptAndWatchers(page));
        await foreach (var row in _table.ReadAsync(query, row => LinksRow.Read(row, page), cancellationToken))
        {
            if (row.Key == PageRowKeys.Kept(page.PageId))
                kept = row.Item?.Kept;
            else if (row.Key == PageRowKeys.Added(page.PageId))
                version = row.Item?.Version;
            else if ((row.Item?.Watcher ?? PageRowKeys.ReadWatch(row.Key)) is { } watcher)
                watchers.Add(watcher);
        }

        return new WatchersRead(watchers, kept) { Version = version };
    }

    public async Task<WatchersVersion> GetWatchersVersionAsync(PageKey page, CancellationToken cancellationToken) =>
        await _table.FindAnyAsync(
            page.Shard, PageRowKeys.Added(page.PageId), row => new WatchersVersion(row.Version()), cancellationToken)
        ?? new WatchersVersion(null);

    public Task<HostPages> ReadHostAsync(HostKey host, int count, CancellationToken cancellationToken) =>
        _list.ReadAsync(host, count, cancellationToken);

    public Task<WatchedPage?> FindAsync(DuePage due, CancellationToken cancellationToken) => _list.FindAsync(due, cancellationToken);

    public Task<bool> SetAsideAsync(HostKey host, DuePage due, DateTimeOffset until, CancellationToken cancellationToken) =>
        _list.SetAsideAsync(host, due, until, cancellationToken);

    public async IAsyncEnumerable<WatchedPage> ReadWrittenAfterAsync(
        string shard, DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new RowQuery(PageRowKeys.AllPages(shard)) { Conditions = [PageRow.WrittenAfter(at)] };
        await foreach (var row in _table.ReadAsync(query, PageRow.Read, cancellationToken))
        {
            if (row.Item is { } page)
                yield return page;
        }
    }

    public async Task<SaveOutcome> MoveDueAsync(
        WatchedPage page, DateTimeOffset dueAt, DateTimeOffset? checkedAt, HostStep? hostStep, CancellationToken cancellationToken)
    {
        var moved = page with { DueAt = dueAt, LastCheckedAt = checkedAt ?? page.LastCheckedAt };
        if (await TryMoveAsync(page, moved, hostStep, cancellationToken))
            return SaveOutcome.Saved;

        return await IsThereAsync(page.Key, cancellationToken) ? SaveOutcome.Conflict : SaveOutcome.Missing;
    }

    public async Task TakeOverAsync(ScheduleEntry earlier, CancellationToken cancellationToken)
    {
        var key = new PageKey(earlier.Host.Shard, earlier.EarlierPageId!);
        var page = await GetAsync(key, cancellationToken);
        if (page?.Place == earlier.RowKey)
            await TryMoveAsync(page, page, null, cancellationToken);
        else
            await _table.DeleteAsync(key.Shard, earlier.RowKey, ETag.All, cancellationToken);
    }

    public async Task<SaveOutcome> RemoveAsync(WatchedPage page, CancellationToken cancellationToken)
    {
        if (page.ETag is null)
        {
            if (await GetAsync(page.Key, cancellationToken) is not { } whole)
                return SaveOutcome.Missing;
            if (whole.Place != page.Place)
                return SaveOutcome.Conflict;
            page = whole;
        }

        var mark = PageRow.Write(page, time.GetUtcNow(), isRemoving: true);
        if (await _table.ReplaceAsync(mark, RowColumns.ToETag(page.ETag), cancellationToken) is not { } version)
            return await IsThereAsync(page.Key, cancellationToken) ? SaveOutcome.Conflict : SaveOutcome.Missing;

        List<TableTransactionAction> actions =
        [
            Transactions.Delete(page.Key.Shard, PageRowKeys.Page(page.Key.PageId), version),
            Transactions.Delete(page.Key.Shard, page.Place!, ETag.All),
        ];
        await foreach (var key in _table.ReadKeysAsync(PageRowKeys.KeptAndWatchers(page.Key), cancellationToken, perPage: 3))
        {
            if (PageRowKeys.ReadWatch(key) is not null)
                return SaveOutcome.Conflict;
            actions.Add(Transactions.Delete(page.Key.Shard, key, ETag.All));
        }

        return await _table.SubmitWithoutMissingAsync(actions, cancellationToken) || !await IsThereAsync(page.Key, cancellationToken)
            ? SaveOutcome.Saved
            : SaveOutcome.Conflict;
    }

    private Task<bool> IsThereAsync(PageKey page, CancellationToken cancellationToken) =>
        _table.IsThereAsync(page.Shard, PageRowKeys.Page(page.PageId), cancellationToken);

    /// <summary>False when somebody else wrote the page in between.</summary>
    /// <param name="has">Whether the settled links of a page have the new one among them.</param>
    private async Task<bool> TryMakeDueAsync(
        PageKey key, WebUrl url, DateTimeOffset dueAt, Func<SettledLinks, bool> has, CancellationToken cancellationToken)
    {
        var stored = await _table.FindAsync(
            key.Shard, PageRowKeys.Page(key.PageId), row => new StoredPage(PageRow.Read(row, key), PageRow.IsRemoving(row)),
            cancellationToken);
        if (stored is null)
        {
            var added = new WatchedPage { Key = key, Url = url, DueAt = dueAt };
            var row = PageRow.Write(added, time.GetUtcNow());
            return await _table.SubmitAsync(
                [Transactions.Add(row), Transactions.Put(PageRow.WriteDue(added, row)), Scheduled(added)], cancellationToken);
        }

        var page = stored.Page;
        var isUnsettled = page.Settled is { } settled && !has(settled);
        if (page.DueAt <= dueAt && !stored.IsRemoving && !isUnsettled)
            return true;

        var moved = page with { DueAt = dueAt < page.DueAt ? dueAt : page.DueAt, Settled = isUnsettled ? null : page.Settled };
        return await TryMoveAsync(page, moved, null, cancellationToken);
    }

    private Task<bool> TryMoveAsync(WatchedPage page, WatchedPage moved, HostStep? hostStep, CancellationToken cancellationToken)
    {
        // A page that came with its place is written under the version of that.
        var row = PageRow.Write(moved, time.GetUtcNow());
        var place = PageRow.WriteDue(moved, row);
        var version = page.PlaceVersion is { } known ? RowColumns.ToETag(known) : ETag.All;
        var isMoved = place.RowKey != page.Place;
        List<TableTransactionAction> actions =
        [
            page.PlaceVersion is null ? Transactions.Replace(row, RowColumns.ToETag(page.ETag)) : Transactions.Put(row),
            isMoved || page.PlaceVersion is null ? Transactions.Put(place) : Transactions.Replace(place, version),
            Scheduled(moved),
        ];

        // One transaction must not name a row twice, so a page that stays where it is keeps its row.
        if (isMoved)
            actions.Add(Transactions.Delete(page.Key.Shard, page.Place!, version));
        if (moved.Kept is { } kept)
            actions.Add(Transactions.Put(KeptRow.Write(page.Key, kept) ?? KeptRow.Write(page.Key, kept with { Links = [] })!));
        if (moved.WatchersOver is { } watchers)
        {
            var added = RowSchema.New(page.Key.Shard, PageRowKeys.Added(page.Key.PageId));
            actions.Add(watchers.ETag is { } read ? Transactions.Replace(added, new ETag(read)) : Transactions.Add(added));
        }

        if (hostStep is not null)
            actions.AddRange(HostRow.Actions(hostStep, time.GetUtcNow()).ExceptBy(actions.Select(RowKeyOf), RowKeyOf));
        return _table.SubmitWithoutMissingAsync(actions, cancellationToken);
    }

    private static string RowKeyOf(TableTransactionAction action) => action.Entity.RowKey;

    private TableTransactionAction Scheduled(WatchedPage page) =>
        HostRow.Schedule(HostRowKeys.For(page.Url), page.DueAt, time.GetUtcNow());

    private sealed record StoredPage(WatchedPage Page, bool IsRemoving);

    private sealed record LinksRow(Watcher? Watcher, KeptLinks? Kept, WatchersVersion? Version)
    {
        public static LinksRow Read(TableEntity row, PageKey page) =>
            row.RowKey == PageRowKeys.Added(page.PageId) ? new LinksRow(null, null, new WatchersVersion(row.Version()))
            : row.RowKey == PageRowKeys.Kept(page.PageId) ? new LinksRow(null, KeptRow.Read(row), null)
            : new LinksRow(WatchRow.Read(row), null, null);
    }
}
