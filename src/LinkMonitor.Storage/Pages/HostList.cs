using Azure;
using Azure.Data.Tables;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Pages;

/// <summary>Reads the list of a host's pages against the pages it speaks of.</summary>
internal sealed class HostList(RowTable table, HostLimits limits, TimeProvider time)
{
    private const string SetAside = "setAside";

    // The host's own, and its robots.txt by http and https; a host with more takes a second request.
    private const int OtherRows = 3;

    /// <summary>The host's row and its first pages, in one query.</summary>
    public async Task<HostPages> ReadAsync(HostKey host, int count, CancellationToken cancellationToken)
    {
        HostState? state = null;
        List<DuePage> first = [];
        List<RobotsRecord> robots = [];
        var query = new RowQuery(HostRowKeys.HostAndPages(host)) { PerPage = count + OtherRows };
        await foreach (var row in table.ReadAnyAsync(query, row => Read(host, row), cancellationToken))
        {
            if (row is HostState known)
                state = limits.Mend(known, time.GetUtcNow());
            else if (row is RobotsRecord record)
                robots.Add(record);
            else if (row is DuePage due)
                first.Add(due);
            if (first.Count == count)
                break;
        }

        return new HostPages(state, first, robots);
    }

    /// <summary>
    /// The page of a place. A place that its page does not know of (there should never be one) is taken out in passing, in the version that
    /// was read, so that a page moved meanwhile loses nothing; then, and when the page is gone, null.
    /// </summary>
    /// <exception cref="UnreadableRowException">The page's row cannot be read.</exception>
    public async Task<WatchedPage?> FindAsync(DuePage due, CancellationToken cancellationToken)
    {
        if (due.Page is { } there)
            return there;
        var page = await table.FindAsync(
            due.Key.Shard, PageRowKeys.Page(due.Key.PageId), row => PageRow.Read(row, due.Key), cancellationToken);
        if (page?.Place == due.RowKey)
            return page;

        // A page that was set aside knows of the place that it had before.
        if (due.IsSetAside && page is not null && !await table.IsThereAsync(due.Key.Shard, page.Place!, cancellationToken))
            return page with { Place = due.RowKey, DueAt = due.DueAt };
        await table.DeleteAsync(due.Key.Shard, due.RowKey, new ETag(due.ETag), cancellationToken);
        return null;
    }

    /// <summary>Moves a place to a later time without its page, whose row cannot be read.</summary>
    public Task<bool> SetAsideAsync(HostKey host, DuePage due, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var later = RowSchema.New(host.Shard, PageRowKeys.Due(host, isUrgent: false, until, due.Key.PageId));
        later[SetAside] = true;
        TableTransactionAction[] actions =
        [
            Transactions.Delete(host.Shard, due.RowKey, new ETag(due.ETag)),
            Transactions.Put(later),
            HostRow.Schedule(host, until, time.GetUtcNow()),
        ];
        return table.SubmitAsync(actions, cancellationToken);
    }

    // What the host itself and its robots.txt say is worth minutes or a day; a page's place is its key, whatever the row holds.
    private static object? Read(HostKey host, TableEntity row)
    {
        if (row.RowKey == HostRowKeys.Host(host))
            return HostRow.Read(row, host);
        return row.RowKey.StartsWith(HostRowKeys.RobotsOf(host), StringComparison.Ordinal)
            ? RobotsRow.Read(row)
            : ReadPlace(host.Shard, row);
    }

    private static DuePage ReadPlace(string shard, TableEntity row)
    {
        var (isUrgent, dueAt, pageId) = PageRowKeys.ReadDue(row.RowKey);
        return new DuePage(new PageKey(shard, pageId), isUrgent, dueAt, row.RowKey, row[SetAside] is true, row.Version())
        {
            Page = PageRow.FindInPlace(row, pageId),
        };
    }
}

/// <summary>A place in the list of a host's pages.</summary>
/// <param name="Key">The page.</param>
/// <param name="IsUrgent">Whether it comes before the others.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="RowKey">The row that says so.</param>
/// <param name="IsSetAside">The page's row could not be read when its turn came; the place stands for another try.</param>
/// <param name="ETag">The version that was read.</param>
public sealed record DuePage(PageKey Key, bool IsUrgent, DateTimeOffset DueAt, string RowKey, bool IsSetAside, string ETag)
{
    /// <summary>The page, as its place has it; null when its own row must be read.</summary>
    internal WatchedPage? Page { get; init; }

    /// <summary>Whether the page may be checked.</summary>
    public bool IsDue(DateTimeOffset now) => IsUrgent || DueAt <= now;
}

/// <summary>A host's state and the first of its pages, read together.</summary>
/// <param name="State">Null when nobody is at the host.</param>
/// <param name="First">The pages that come first, due or not: the urgent ones, then the longest overdue.</param>
/// <param name="Robots">What is known of its robots.txt files.</param>
public sealed record HostPages(HostState? State, IReadOnlyList<DuePage> First, IReadOnlyList<RobotsRecord> Robots);
