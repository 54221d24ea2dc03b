using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Storage.Rows;

/// <summary>What cannot be read is left out, said and kept; never taken for absence, and never in the way of the rest.</summary>
public sealed class RowTableTests : IAsyncLifetime
{
    private static readonly ProjectId Project = new("prj_a");

    private TestStorage _storage = null!;
    private List<WatchedLink> _links = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await MemoryStorage.Source.CreateAsync(Stop);
        _links = [.. Enumerable.Range(0, 3).Select(i => StorageSamples.FullLink(Project) with { Id = new LinkId($"lnk_{i}") })];
        foreach (var link in _links)
            await _storage.Links.RegisterAsync(link, Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(RowDamage.All), MemberType = typeof(RowDamage))]
    public async Task A_damaged_row_is_left_out_of_a_range_and_noted_with_what_to_do(string damage)
    {
        await DamageAsync(damage);

        var read = await _storage.Links.ListAsync(Project, LinkFilter.None, 10, null, Stop);

        Assert.Equal(["lnk_0", "lnk_2"], read.Items.Select(link => link.Id.Value));
        var note = Assert.Single(_storage.Aside.Notes);
        Assert.Equal(new SetAsideName(TableNames.Links, Project.Value, "link:lnk_1"), note.Name);
        Assert.Contains(
            damage == RowDamage.LaterVersion ? "Update the program" : "Repair or delete", note.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(RowDamage.All), MemberType = typeof(RowDamage))]
    public async Task A_damaged_row_that_is_needed_is_an_error_and_not_absent(string damage)
    {
        await DamageAsync(damage);

        await Assert.ThrowsAsync<UnreadableRowException>(() => _storage.Links.GetAsync(Project, _links[1].Id, Stop));
        await Assert.ThrowsAsync<UnreadableRowException>(() => _storage.Links.RegisterAsync(_links[1], Stop));
        Assert.Single(_storage.Aside.Notes);
    }

    [Theory]
    [MemberData(nameof(RowDamage.All), MemberType = typeof(RowDamage))]
    public async Task It_stays_as_it_is_and_is_read_again_once_it_is_mended(string damage)
    {
        var whole = Assert.Single(await _storage.RowsAsync(TableNames.Links, Project.Value, Stop), row => row.RowKey == "link:lnk_1");
        await DamageAsync(damage);
        await _storage.Links.ListAsync(Project, LinkFilter.None, 10, null, Stop);
        await _storage.Tables.Open(TableNames.Links).PutAsync(whole, Stop);

        var read = await _storage.Links.ListAsync(Project, LinkFilter.None, 10, null, Stop);

        Assert.Equal(3, read.Items.Count);
        Assert.Empty(_storage.Aside.Notes);
    }

    [Fact]
    public async Task Deleting_a_project_leaves_no_row_that_cannot_be_read()
    {
        await DamageAsync(RowDamage.LaterVersion);

        await _storage.Links.PurgeAsync(Project, Stop);

        Assert.Empty(await _storage.RowsAsync(TableNames.Links, Project.Value, Stop));
    }

    private async Task DamageAsync(string damage)
    {
        var row = Assert.Single(await _storage.RowsAsync(TableNames.Links, Project.Value, Stop), row => row.RowKey == "link:lnk_1");
        await _storage.Tables.Open(TableNames.Links).PutAsync(RowDamage.Of(row, damage)!, Stop);
    }
}
