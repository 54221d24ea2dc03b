using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>What <see cref="ILinkFactStore"/> promises; <see cref="TableLinkFactStore"/> keeps it.</summary>
public abstract class LinkFactsContract
{
    private readonly IStorageSource _source;
    private readonly ProjectId _project = ProjectId.New();

    private protected LinkFactsContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Facts_from_few_columns_are_those_of_the_whole_link()
    {
        var storage = await _source.CreateAsync(Token);
        var full = StorageSamples.FullLink(_project);
        var plain = StorageSamples.Link(_project, "https://other.example.net/a") with { Tags = [], Note = "" };
        await LinkRows.AddAsync(storage, [full, plain], Token);
        await LinkRows.AddAsync(storage, [StorageSamples.Link(ProjectId.New())], Token);

        var read = await ReadAsync(storage, null);

        Assert.Equal(new[] { full.Id, plain.Id }.OrderBy(id => id.Value, StringComparer.Ordinal), read.Select(one => one.Id));
        AssertSame(LinkFacts.Of(full), read.Single(one => one.Id == full.Id).Facts!);
        AssertSame(LinkFacts.Of(plain), read.Single(one => one.Id == plain.Id).Facts!);
        Assert.All(read, one => Assert.NotEqual(0, one.Facts!.WrittenAt));
    }

    [Fact]
    public async Task Rows_of_an_earlier_version_are_read_whole()
    {
        var storage = await _source.CreateAsync(Token);
        var full = StorageSamples.FullLink(_project);
        await LinkRows.AddAsync(storage, [full, StorageSamples.Link(_project, "https://other.example.net/a")], Token);
        await EditAsync(storage, full.Id, row =>
        {
            foreach (var column in new[] { "look", "foundRel", "foundAnchor" })
                row.Remove(column);
        });

        var read = await ReadAsync(storage, null);

        Assert.Equal(2, read.Count);
        AssertSame(LinkFacts.Of(full), read.Single(one => one.Id == full.Id).Facts!);
    }

    [Fact]
    public async Task A_damaged_row_is_told_and_noted_and_stops_no_other()
    {
        var storage = await _source.CreateAsync(Token);
        var full = StorageSamples.FullLink(_project);
        await LinkRows.AddAsync(storage, [full, StorageSamples.Link(_project, "https://other.example.net/a")], Token);
        await EditAsync(storage, full.Id, row => row["expectation"] = "{");

        var read = await ReadAsync(storage, null);
        var one = Assert.Single(await storage.LinkFacts.GetAsync(_project, [full.Id], true, Token));

        Assert.Null(read.Single(row => row.Id == full.Id).Facts);
        Assert.NotNull(read.Single(row => row.Id != full.Id).Facts);
        Assert.True(one is { Link: null, Facts: null, IsThere: true });
        Assert.Single(storage.Aside.Notes);
    }

    [Fact]
    public async Task A_row_whose_evidence_is_damaged_stays_noted_when_lists_can_read_it()
    {
        var storage = await _source.CreateAsync(Token);
        var full = StorageSamples.FullLink(_project);
        await LinkRows.AddAsync(storage, [full], Token);
        await EditAsync(storage, full.Id, row => row["lastEvidence"] = "{");
        await storage.LinkFacts.GetAsync(_project, [full.Id], true, Token);

        Assert.NotNull(Assert.Single(await ReadAsync(storage, null)).Facts);
        Assert.Single(storage.Aside.Notes);
    }

    [Fact]
    public async Task Only_what_was_written_after_a_time_is_read_then()
    {
        var storage = await _source.CreateAsync(Token);
        await LinkRows.AddAsync(storage, Links(3), Token);
        var before = new DateTimeOffset((await ReadAsync(storage, null)).Max(one => one.Facts!.WrittenAt), TimeSpan.Zero);
        var link = (await storage.Links.GetAsync(_project, Links(3)[1].Id, Token))!;
        await storage.Links.SaveAsync(link with { Note = "x" }, Token);

        var read = await ReadAsync(storage, before);

        Assert.Equal(link.Id, Assert.Single(read).Id);
        Assert.True(read[0].Facts!.HasNote);
        Assert.Equal(3, (await ReadAsync(storage, before.AddMinutes(-1))).Count);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(150)]
    public async Task Links_come_whole_in_the_order_that_is_asked_for(int count)
    {
        var storage = await _source.CreateAsync(Token);
        var links = Links(count).OrderBy(link => link.Id.Value, StringComparer.Ordinal).ToList();
        await LinkRows.AddAsync(storage, links, Token);
        await storage.Links.DeleteAsync(_project, links[1].Id, Token);
        List<LinkId> even = [.. links.Select(link => link.Id).Where((_, at) => at % 3 != 2)];

        foreach (var ids in new[] { even, [.. Enumerable.Reverse(even)] })
        {
            var read = await storage.LinkFacts.GetAsync(_project, ids, true, Token);

            Assert.Equal(ids, read.Select(one => one.Id));
            Assert.All(read, one => Assert.Equal(one.Id != links[1].Id, one.IsThere));
            Assert.All(read.Where(one => one.IsThere), one => Assert.Equal(one.Id, one.Link!.Id));
        }
    }

    [Fact]
    public async Task Every_write_of_a_link_is_told_also_one_that_failed()
    {
        var storage = await _source.CreateAsync(Token);
        List<string> told = [];
        storage.LinkWrites.Written += (project, link) => told.Add($"{project == _project} {link}");
        storage.LinkWrites.Purged += project => told.Add($"purged {project == _project}");
        var link = StorageSamples.Link(_project);

        var stored = (await storage.Links.RegisterAsync(link, Token)).Link;
        await storage.Links.SaveAsync(stored, Token);
        await storage.Links.SaveCheckAsync(stored, null, Token);
        await storage.Links.DeleteAsync(_project, link.Id, Token);
        await storage.Links.PurgeAsync(_project, Token);

        Assert.Equal([.. Enumerable.Repeat($"True {link.Id}", 4), "purged True"], told);
    }

    private List<WatchedLink> Links(int count) =>
        [.. Enumerable.Range(0, count).Select(number => StorageSamples.Link(_project, $"https://blog.example.net/{number}"))];

    private async Task<List<FactsRead>> ReadAsync(TestStorage storage, DateTimeOffset? after) =>
        [.. (await storage.LinkFacts.ReadAsync(_project, after, Token).ToListAsync(Token)).SelectMany(part => part)];

    private async Task EditAsync(TestStorage storage, LinkId id, Action<TableEntity> edit)
    {
        var table = storage.Tables.Open(TableNames.Links);
        var row = (await table.GetAsync(_project.Value, LinkKeys.Link(id), Token))!;
        edit(row);
        await table.PutAsync(row, Token);
    }

    private static void AssertSame(LinkFacts expected, LinkFacts actual)
    {
        foreach (var property in typeof(LinkFacts).GetProperties().Where(one => one.Name != nameof(LinkFacts.WrittenAt)))
            Assert.Equal(property.GetValue(expected), property.GetValue(actual));
    }
}
