using LinkMonitor.Dashboard;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Dashboard;

public sealed class StoredThingTests
{
    private static readonly ProjectId Project = new("prj_aaaaaaaaaaaaaaaa");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_row_has_words_and_what_is_a_projects_is_known_as_that()
    {
        var account = new MemoryAccount(new ManualTimeProvider(StorageSamples.Noon));
        var storage = new MemoryStorage(account);
        await new TableSetup(storage.Tables).CreateAsync(Token);
        await EveryRow.WriteAsync(storage, Project, Token);

        foreach (var (table, row) in TableNames.All.SelectMany(table => account.ReadAll(table, null).Select(row => (table, row))))
        {
            var thing = StoredThing.Of(new SetAsideName(table, row.PartitionKey, row.RowKey));

            Assert.False(thing.Kind.StartsWith("row of", StringComparison.Ordinal), $"{table} {row.PartitionKey} {row.RowKey}");
            if (row.PartitionKey == Project.Value || row.RowKey.Contains(Project.Value, StringComparison.Ordinal))
                Assert.Equal(Project, thing.Project);
            if (thing.Path is { } path && table != TableNames.Keys)
                Assert.StartsWith($"/app/p/prj_", path, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_key_is_shown_among_people() =>
        Assert.Equal("/app/people", StoredThing.Of(new SetAsideName("Keys", "keys", "abc")).Path);

    [Theory]
    [InlineData("Links", "prj_aaaaaaaaaaaaaaaa", "link:lnk_a", "link", "links/lnk_a")]
    [InlineData("Links", "prj_aaaaaaaaaaaaaaaa", "history:lnk_a:1:chg_b", "entry of a link's timeline", "links/lnk_a")]
    [InlineData("Links", "prj_aaaaaaaaaaaaaaaa", "undo-link:und_a:lnk_b", "link as it was before an act", "links/lnk_b")]
    [InlineData("Links", "prj_aaaaaaaaaaaaaaaa", "link:a/b", "link", "links/a%2Fb")]
    [InlineData("Projects", "projects", "prj_aaaaaaaaaaaaaaaa", "project", "")]
    [InlineData("Imports", "open", "prj_aaaaaaaaaaaaaaaa:imp_a", "note of an import under way", "imports/imp_a")]
    [InlineData("Alerts", "prj_aaaaaaaaaaaaaaaa", "closed:1", "alert that was sent", "alerts")]
    [InlineData("Links", "prj_aaaaaaaaaaaaaaaa", "news:1", "row of the table Links", null)]
    [InlineData("clock", "", "plan prj_aaaaaaaaaaaaaaaa", "time from a wrong clock", null)]
    [InlineData("check-failed", "07", "abc", "work that is tried again", null)]
    public void A_thing_has_words_and_a_page(string area, string partition, string key, string words, string? path)
    {
        var thing = StoredThing.Of(new SetAsideName(area, partition, key));

        Assert.Equal((words, path is null ? null : $"/app/p/{Project}/{path}".TrimEnd('/')), (thing.Kind, thing.Path));
    }
}
