namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class SigningKeyStoreContract
{
    private readonly IStorageSource _source;

    private protected SigningKeyStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_asks_first_makes_the_key_and_all_get_the_same()
    {
        var storage = await _source.CreateAsync(Token);

        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => storage.SigningKeys.GetAsync(Token)));

        Assert.Single(keys.Select(key => Convert.ToHexString(key.Secret.Span)).Distinct());
        Assert.All(keys, key => Assert.Equal((1, 32), (key.Version, key.Secret.Length)));
        Assert.Equal(keys[0].Secret.ToArray(), (await storage.SigningKeys.GetAsync(Token)).Secret.ToArray());
    }

    [Fact]
    public async Task A_lost_answer_makes_no_second_key()
    {
        var storage = await _source.CreateAsync(Token);
        var lossy = storage.Losing(out _);

        var key = await lossy.SigningKeys.GetAsync(Token);

        Assert.Equal(key.Secret.ToArray(), (await storage.SigningKeys.GetAsync(Token)).Secret.ToArray());
        Assert.Single(await storage.RowsAsync("Keys", "signing", Token));
    }

    [Fact]
    public async Task API_keys_do_not_list_it()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.SigningKeys.GetAsync(Token);

        Assert.Empty((await storage.Keys.ListAsync(Token)).Items);
    }
}
