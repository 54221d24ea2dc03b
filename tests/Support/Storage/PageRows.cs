using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage;

/// <summary>Looks at the raw rows of the <c>Pages</c> table.</summary>
internal static class PageRows
{
    /// <summary>
    /// A page that is there has exactly one place in the schedule, the one its row names; one that is not there has none.
    /// </summary>
    /// <returns>Whether the page is there.</returns>
    public static async Task<bool> AssertScheduledOnceAsync(TestStorage storage, PageKey key)
    {
        var rows = await storage.RowsAsync(TableNames.Pages, key.Shard, TestContext.Current.CancellationToken);
        var page = rows.SingleOrDefault(row => row.RowKey == $"page:{key.PageId}");
        var due = rows.Select(row => row.RowKey).Where(rowKey =>
            rowKey.StartsWith("due:", StringComparison.Ordinal) && rowKey.EndsWith(key.PageId, StringComparison.Ordinal));

        Assert.Equal(page is null ? [] : [page.GetString("dueKey")!], due);
        return page is not null;
    }
}
