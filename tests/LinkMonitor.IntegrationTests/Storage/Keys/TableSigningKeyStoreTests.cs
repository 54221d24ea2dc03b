using Azure.Core;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.IntegrationTests.Storage.Keys;

public sealed class TableSigningKeyStoreTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_asks_first_makes_the_key_and_all_get_the_same()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);

        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => new TableSigningKeyStore(storage.Connection).GetAsync(Token)));

        Assert.Single(keys.Select(key => Convert.ToHexString(key.Secret.Span)).Distinct());
        Assert.All(keys, key => Assert.Equal((1, 32), (key.Version, key.Secret.Length)));
        Assert.Equal(keys[0].Secret.ToArray(), (await new TableSigningKeyStore(storage.Connection).GetAsync(Token)).Secret.ToArray());
    }

    [Fact]
    public async Task A_lost_answer_makes_no_second_key()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);
        var lossy = storage.With(new LostAnswerPolicy(), HttpPipelinePosition.PerRetry);

        var key = await new TableSigningKeyStore(lossy.Connection).GetAsync(Token);

        Assert.Equal(key.Secret.ToArray(), (await new TableSigningKeyStore(storage.Connection).GetAsync(Token)).Secret.ToArray());
        Assert.Single(await storage.RowsAsync("Keys", "signing", Token));
    }

    [Fact]
    public async Task API_keys_do_not_list_it()
    {
        var storage = await TestStorage.CreateAsync(azurite, Token);
        await new TableSigningKeyStore(storage.Connection).GetAsync(Token);

        Assert.Empty(await storage.Keys.ListAsync(Token).ToListAsync());
    }
}
