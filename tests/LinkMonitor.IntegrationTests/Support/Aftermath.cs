using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>What is stored when all work is done, whoever died on the way.</summary>
internal static class Aftermath
{
    /// <summary>
    /// Nothing waits to be reported, no alert is open, no run holds a host, nothing failed or was set aside, and every page has its place
    /// in the list of its host, the one that its row names.
    /// </summary>
    public static async Task AssertAllDoneAsync(this Product product, int pages, CancellationToken cancellationToken)
    {
        Assert.Empty(await KeysAsync(product, TableNames.Links, "outbox:", cancellationToken));
        Assert.Empty(await KeysAsync(product, TableNames.Alerts, "open:", cancellationToken));
        Assert.DoesNotContain(
            await product.RowsAsync(TableNames.Failures, cancellationToken), row => row.PartitionKey is not "watchdog");

        var rows = await product.RowsAsync(TableNames.Pages, cancellationToken);
        Assert.DoesNotContain(rows, row => row.GetString("run") is not null);
        var places = rows.Select(row => row.RowKey)
            .Where(key => key.StartsWith("host:", StringComparison.Ordinal) && key.Contains(":pg_", StringComparison.Ordinal));
        var named = rows.Where(row => row.RowKey.StartsWith("page:", StringComparison.Ordinal)).Select(row => row.GetString("dueKey")!)
            .ToList();
        Assert.Equal(pages, named.Count);
        Assert.Equal(named.Order(StringComparer.Ordinal), places.Order(StringComparer.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(
        Product product, string table, string prefix, CancellationToken cancellationToken) =>
        [
            .. (await product.RowsAsync(table, cancellationToken)).Select(row => row.RowKey)
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal)),
        ];
}
