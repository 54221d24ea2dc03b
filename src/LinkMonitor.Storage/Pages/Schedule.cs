using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Pages;

/// <summary>Reads the schedule of a shard against the pages it speaks of.</summary>
internal sealed class Schedule(ITable table)
{
    // The pages' rows are read this many at a time: a range over them would read the whole shard.
    private const int ReadsAtOnce = 16;

    /// <summary>
    /// The due pages in order. A place in the schedule that its page does not know of (there should never be one) is taken out
    /// in passing, in the version that was read, so that a page moved meanwhile loses nothing.
    /// </summary>
    public async IAsyncEnumerable<WatchedPage> ReadDueAsync(
        string shard, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pending = new Queue<Task<WatchedPage?>>(ReadsAtOnce);
        await foreach (var due in table.ReadAsync(PageKeys.DueUntil(shard, until), cancellationToken))
        {
            pending.Enqueue(ReadPageAsync(shard, due, cancellationToken));
            if (pending.Count == ReadsAtOnce && await pending.Dequeue() is { } page)
                yield return page;
        }

        while (pending.TryDequeue(out var last))
            if (await last is { } page)
                yield return page;
    }

    private async Task<WatchedPage?> ReadPageAsync(string shard, TableEntity due, CancellationToken cancellationToken)
    {
        var pageId = PageKeys.PageIdOfDue(due.RowKey);
        var row = await table.FindAsync(shard, PageKeys.Page(pageId), cancellationToken);
        var page = row is null ? null : PageRow.Read(row, new PageKey(shard, pageId));
        if (page is not null && PageKeys.Due(page.DueAt, pageId) == due.RowKey)
            return page;

        await table.DeleteAsync(shard, due.RowKey, due.ETag, cancellationToken);
        return null;
    }
}
