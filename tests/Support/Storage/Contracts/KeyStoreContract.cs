using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class KeyStoreContract
{
    private readonly IStorageSource _source;

    private protected KeyStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_found_by_its_public_part()
    {
        var storage = await _source.CreateAsync(Token);
        var keys = new[] { StorageSamples.Key("aaaaaaaaaaaa", new ProjectId("prj_a")), StorageSamples.Key("bbbbbbbbbbbb", null) };

        List<ApiKey> added = [];
        foreach (var key in keys)
            added.Add((await storage.Keys.AddAsync(key, Token))!);

        Assert.Equal(keys, added.Select(Fresh));
        Assert.Equal(added[0], await storage.Keys.FindAsync("aaaaaaaaaaaa", Token));
        Assert.Equal(added, (await storage.Keys.ListAsync(Token)).Items);
    }

    [Theory]
    [InlineData("cccccccccccc")]
    [InlineData("a/b?c")]
    [InlineData("")]
    public async Task A_key_that_is_not_there_is_null(string id)
    {
        var storage = await _source.CreateAsync(Token);

        Assert.Null(await storage.Keys.FindAsync(id, Token));
    }

    [Fact]
    public async Task A_key_with_a_taken_identity_is_refused()
    {
        var storage = await _source.CreateAsync(Token);
        var key = StorageSamples.Key("aaaaaaaaaaaa", null);
        var first = await storage.Keys.AddAsync(key, Token);

        Assert.Null(await storage.Keys.AddAsync(key with { Hash = "other" }, Token));
        Assert.Equal(first, await storage.Keys.FindAsync(key.Id, Token));
    }

    [Fact]
    public async Task Of_parallel_additions_of_one_identity_exactly_one_succeeds_even_when_answers_are_lost()
    {
        var storage = await _source.CreateAsync(Token);
        var key = StorageSamples.Key("aaaaaaaaaaaa", null);

        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(n =>
            storage.Losing(out var _).Keys.AddAsync(key, Token)));

        Assert.Single(added, one => one is not null);
    }

    [Fact]
    public async Task A_revoked_key_is_gone()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Keys.AddAsync(StorageSamples.Key("aaaaaaaaaaaa", null), Token);

        var first = await storage.Keys.DeleteAsync("aaaaaaaaaaaa", Token);
        var second = await storage.Keys.DeleteAsync("aaaaaaaaaaaa", Token);

        Assert.Equal((true, false), (first, second));
        Assert.Null(await storage.Keys.FindAsync("aaaaaaaaaaaa", Token));
    }

    [Fact]
    public async Task A_key_of_several_projects_opens_these_and_a_version_before_lists_reads_one_of_them()
    {
        var storage = await _source.CreateAsync(Token);
        var projects = ProjectSet.Of([new ProjectId("prj_b"), new ProjectId("prj_a")]);

        await storage.Keys.AddAsync(StorageSamples.Key("aaaaaaaaaaaa", null) with { Projects = projects }, Token);

        Assert.Equal(projects, (await storage.Keys.FindAsync("aaaaaaaaaaaa", Token))!.Projects);
        Assert.Equal("prj_a", Assert.Single(await storage.RowsAsync(TableNames.Keys, "keys", Token)).GetString("projectId"));
    }

    [Fact]
    public async Task A_key_is_changed_over_the_version_that_was_read_alone()
    {
        var storage = await _source.CreateAsync(Token);
        var read = (await storage.Keys.AddAsync(StorageSamples.Key("aaaaaaaaaaaa", null), Token))!;

        var first = await storage.Keys.SaveAsync(read with { Name = "first" }, null, Token);
        var second = await storage.Keys.SaveAsync(read with { Name = "second" }, null, Token);

        Assert.NotEqual(read.Version, first!.Version);
        Assert.Null(second);
        Assert.False(await storage.Keys.RevokeAsync(read, null, Token));
        Assert.Equal(first, await storage.Keys.FindAsync(read.Id, Token));
    }

    [Fact]
    public async Task Noting_a_use_is_no_new_version_and_brings_no_revoked_key_back()
    {
        var storage = await _source.CreateAsync(Token);
        var read = (await storage.Keys.AddAsync(StorageSamples.Key("aaaaaaaaaaaa", null), Token))!;
        var at = StorageSamples.Noon.AddDays(1);

        await storage.Keys.NoteUseAsync(read.Id, at, Token);
        await storage.Keys.NoteUseAsync("cccccccccccc", at, Token);

        var used = (await storage.Keys.FindAsync(read.Id, Token))!;
        Assert.Equal(read with { LastUsedAt = at, ETag = used.ETag }, used);
        Assert.Single((await storage.Keys.ListAsync(Token)).Items);
        Assert.Empty(storage.Aside.Notes);
    }

    [Fact]
    public async Task Of_two_keys_that_each_need_the_other_to_stand_one_stays()
    {
        var storage = await _source.CreateAsync(Token);
        var one = (await storage.Keys.AddAsync(StorageSamples.Key("aaaaaaaaaaaa", null), Token))!;
        var other = (await storage.Keys.AddAsync(StorageSamples.Key("bbbbbbbbbbbb", null), Token))!;

        var gone = await Task.WhenAll(storage.Keys.RevokeAsync(one, other, Token), storage.Keys.RevokeAsync(other, one, Token));

        Assert.Single(gone, true);
        Assert.Single((await storage.Keys.ListAsync(Token)).Items);
    }

    [Fact]
    public async Task A_change_that_needs_another_key_is_refused_when_that_is_gone()
    {
        var storage = await _source.CreateAsync(Token);
        var one = (await storage.Keys.AddAsync(StorageSamples.Key("aaaaaaaaaaaa", null), Token))!;
        var other = (await storage.Keys.AddAsync(StorageSamples.Key("bbbbbbbbbbbb", null), Token))!;
        var changed = (await storage.Keys.SaveAsync(one with { Name = "changed" }, other, Token))!;
        await storage.Keys.DeleteAsync(other.Id, Token);

        Assert.Null(await storage.Keys.SaveAsync(changed with { Name = "again" }, other, Token));
        Assert.Equal("changed", (await storage.Keys.FindAsync(one.Id, Token))!.Name);
    }

    [Fact]
    public async Task The_configured_key_is_signed_out_without_a_row_of_its_own_among_the_keys()
    {
        var storage = await _source.CreateAsync(Token);

        Assert.Null(await storage.Keys.FindConfiguredSignOutAsync(Token));
        await storage.Keys.SignConfiguredOutAsync("s1", StorageSamples.Noon, Token);

        Assert.Equal("s1", await storage.Keys.FindConfiguredSignOutAsync(Token));
        Assert.True((await storage.Keys.ListAsync(Token)).IsEmpty);
    }

    private static ApiKey Fresh(ApiKey key) => key with { Version = null, ETag = null };
}
