using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>What exports rely on in the store of their addresses.</summary>
public abstract class ExportAddressStoreContract
{
    private static readonly ProjectId Project = new("prj_a");

    private readonly IStorageSource _source;

    private protected ExportAddressStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_is_kept_as_it_was_made_until_it_is_revoked()
    {
        var addresses = (await _source.CreateAsync(Token)).Addresses;
        var made = StorageSamples.Address(Project) with { View = null, OpenedAt = null };

        await addresses.AddAsync(made, Token);
        var read = (await addresses.FindAsync(Project, made.Id, Token))!;
        await addresses.NoteOpenedAsync(read, StorageSamples.Noon, Token);

        Assert.True(ExportSecrets.IsId(read.Id));
        Assert.Equal(made, read with { ETag = null });
        Assert.Equal(
            made with { OpenedAt = StorageSamples.Noon },
            Assert.Single((await addresses.ListAsync(Project, Token)).Items) with { ETag = null });
        Assert.Null(await addresses.FindAsync(new ProjectId("prj_b"), made.Id, Token));
        Assert.True(await addresses.DeleteAsync(Project, made.Id, Token));
        Assert.False(await addresses.DeleteAsync(Project, made.Id, Token));
    }

    [Fact]
    public async Task One_that_was_revoked_while_it_was_opened_stays_revoked()
    {
        var addresses = (await _source.CreateAsync(Token)).Addresses;
        await addresses.AddAsync(StorageSamples.Address(Project), Token);
        var read = Assert.Single((await addresses.ListAsync(Project, Token)).Items);
        await addresses.NoteOpenedAsync(read, StorageSamples.Noon.AddHours(1), Token);

        await addresses.NoteOpenedAsync(read, StorageSamples.Noon.AddHours(2), Token);
        Assert.Equal(StorageSamples.Noon.AddHours(1), Assert.Single((await addresses.ListAsync(Project, Token)).Items).OpenedAt);
        await addresses.DeleteAsync(Project, read.Id, Token);
        await addresses.NoteOpenedAsync(read, StorageSamples.Noon.AddHours(3), Token);
        Assert.Empty((await addresses.ListAsync(Project, Token)).Items);
    }

    [Fact]
    public void A_secret_is_not_found_from_what_is_stored()
    {
        var secret = ExportSecrets.New();

        Assert.Equal(ExportSecrets.IdOf(secret), ExportSecrets.IdOf(secret));
        Assert.DoesNotContain(secret, ExportSecrets.IdOf(secret), StringComparison.Ordinal);
        Assert.NotEqual(secret, ExportSecrets.New());
        Assert.False(ExportSecrets.IsId(secret));
    }
}
