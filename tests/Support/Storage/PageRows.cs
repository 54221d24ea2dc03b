using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage;

/// <summary>Reads the raw rows of the <c>Pages</c> table.</summary>
internal static class PageRows
{
    /// <summary>
    /// A page that is there has exactly one place in its host's list, the one its row names, and its host a place in the schedule; one that
    /// is not there has none in the list.
    /// </summary>
    /// <returns>Whether the page is there.</returns>
    public static async Task<bool> AssertScheduledOnceAsync(TestStorage storage, PageKey key)
    {
        var rows = await storage.RowsAsync(TableNames.Pages, key.Shard, TestContext.Current.CancellationToken);
        var page = rows.SingleOrDefault(row => row.RowKey == $"page:{key.PageId}");
        var due = rows.Select(row => row.RowKey).Where(rowKey =>
            rowKey.StartsWith("host:", StringComparison.Ordinal) && rowKey.EndsWith(key.PageId, StringComparison.Ordinal)).ToList();
        var scheduled = rows.Where(row => row.RowKey.StartsWith("due:", StringComparison.Ordinal)).Select(
            row => HostRowKeys.Find(key.Shard, row.RowKey)!).ToList();

        Assert.Equal(page is null ? [] : [page.GetString("dueKey")!], due);
        if (page is not null)
        {
            // At the latest a minute after the page is due.
            var dueAt = PageRowKeys.ReadDue(due[0]).DueAt;
            Assert.Contains(
                scheduled, entry => due[0].Contains(entry.Host.HostId, StringComparison.Ordinal) && entry.At < dueAt.AddMinutes(1));
        }

        return page is not null;
    }
}
