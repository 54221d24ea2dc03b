using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class DataKeyStoreContract
{
    private readonly IStorageSource _source;

    private protected DataKeyStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_are_listed_as_they_were_written_and_one_written_again_replaces_itself()
    {
        var storage = await _source.CreateAsync(Token);
        var first = new DataKey("key-1", "<key id=\"1\">日本 &amp; “quotes”</key>");
        var second = new DataKey("revocation-2026", "<revocation />");

        await storage.DataKeys.PutAsync(first with { Xml = "<old />" }, Token);
        await storage.DataKeys.PutAsync(first, Token);
        await storage.DataKeys.PutAsync(second, Token);

        Assert.Equal([first, second], (await storage.DataKeys.ListAsync(Token)).Items);
    }

    [Fact]
    public async Task The_longest_key_fits_and_api_keys_are_not_among_them()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Keys.AddAsync(StorageSamples.Key("aaaaaaaaaaaa", null), Token);
        var longest = new DataKey(new string('k', 100), $"<k>{new string('x', 29_993)}</k>");

        await storage.DataKeys.PutAsync(longest, Token);

        Assert.Equal(longest, Assert.Single((await storage.DataKeys.ListAsync(Token)).Items));
        Assert.Single((await storage.Keys.ListAsync(Token)).Items);
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_is_left_out_and_told()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.DataKeys.PutAsync(new DataKey("key-1", "<key />"), Token);
        await storage.Tables.Open(TableNames.Keys).PutAsync(new("data", "key-0") { ["v"] = 99 }, Token);

        Assert.Equal("key-1", Assert.Single((await storage.DataKeys.ListAsync(Token)).Items).Name);
        Assert.NotEmpty(storage.Aside.Notes);
    }
}
