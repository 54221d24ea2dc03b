using LinkMonitor.Storage.Ids;

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

        foreach (var key in keys)
            Assert.True(await storage.Keys.AddAsync(key, Token));

        Assert.Equal(keys[0], await storage.Keys.FindAsync("aaaaaaaaaaaa", Token));
        Assert.Equal(keys, (await storage.Keys.ListAsync(Token)).Items);
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
        await storage.Keys.AddAsync(key, Token);

        var added = await storage.Keys.AddAsync(key with { Hash = "other" }, Token);

        Assert.False(added);
        Assert.Equal(key, await storage.Keys.FindAsync(key.Id, Token));
    }

    [Fact]
    public async Task Of_parallel_additions_of_one_identity_exactly_one_succeeds_even_when_answers_are_lost()
    {
        var storage = await _source.CreateAsync(Token);
        var key = StorageSamples.Key("aaaaaaaaaaaa", null);

        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(n =>
            storage.Losing(out var _).Keys.AddAsync(key, Token)));

        Assert.Single(added, true);
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
}
