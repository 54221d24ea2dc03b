using System.Text.RegularExpressions;
using Azure.Data.Tables;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Storage;

/// <summary>
/// Compares docs/tables with what is written. A page has a heading <c>## `row key`</c> per kind of row, and under it a table whose first
/// cells are the columns.
/// </summary>
public sealed partial class TableDocumentationTests(AzuriteFixture azurite)
{
    private static readonly string[] SystemColumns = ["PartitionKey", "RowKey", "Timestamp", "odata.etag", "odata.metadata", "odata.type"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_table_has_a_page_and_every_page_a_table() =>
        Assert.Equal(
            TableNames.All.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal),
            Directory.GetFiles(DocsFolder, "*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Documented_columns_are_the_written_ones()
    {
        var storage = await AzuriteAccount.CreateAsync(azurite, Token);
        await EveryRow.WriteAsync(storage, new ProjectId("prj_a"), Token);

        foreach (var table in TableNames.All)
        {
            var documented = Documented(table);
            var written = Written(await storage.RowsAsync(table, null, Token));

            Assert.Equal(written.Keys.Order(StringComparer.Ordinal), documented.Keys.Order(StringComparer.Ordinal));
            foreach (var (kind, columns) in written)
                Assert.Equal(columns, documented[kind]);
        }
    }

    private static string DocsFolder => Path.Combine(RepositoryRoot.Path, "docs", "tables");

    private static Dictionary<string, List<string>> Written(List<TableEntity> rows) => rows
        .GroupBy(EveryRow.KindOf, StringComparer.Ordinal)
        .ToDictionary(
            kind => kind.Key,
            kind => kind.SelectMany(row => row.Keys).Except(SystemColumns).Distinct().Order(StringComparer.Ordinal).ToList(),
            StringComparer.Ordinal);

    private static Dictionary<string, List<string>> Documented(string table)
    {
        var kinds = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? columns = null;
        foreach (var line in File.ReadLines(Path.Combine(DocsFolder, table.ToLowerInvariant() + ".md")))
        {
            if (Heading().Match(line) is { Success: true } heading)
                kinds[EveryRow.Kind(heading.Groups["key"].Value)] = columns = [];
            else if (Column().Match(line) is { Success: true } column)
                columns!.Add(column.Groups["name"].Value);
        }

        foreach (var list in kinds.Values)
            list.Sort(StringComparer.Ordinal);
        return kinds;
    }

    [GeneratedRegex(@"^## `(?<key>[^`]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|", RegexOptions.NonBacktracking)]
    private static partial Regex Column();
}
