using LinkMonitor.Keys;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Keys;

public sealed class SignInLinksTests
{
    private const string Configured = "a configured key of the tests";
    private readonly ManualTimeProvider _clock = new(StorageSamples.Noon);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_says_whom_it_would_sign_in_and_signs_in_once()
    {
        var rig = await RigAsync();
        var link = (await rig.Links.IssueAsync(rig.KeyId, SignInLinks.Lifetime, Token))!;

        Assert.Equal("Anna", (await rig.Links.FindAsync(link.Token, Token))!.Name);
        Assert.Null((await rig.Storage.Keys.FindAsync(rig.KeyId, Token))!.LastUsedAt);
        var signedIn = await rig.Links.RedeemAsync(link.Token, Token);

        Assert.Equal(await rig.Ring.FindHolderAsync(rig.KeyId, Token), signedIn);
        Assert.Null(await rig.Links.FindAsync(link.Token, Token));
        Assert.Null(await rig.Links.RedeemAsync(link.Token, Token));
    }

    [Fact]
    public async Task Of_many_who_use_a_link_at_once_one_is_signed_in()
    {
        var rig = await RigAsync();
        var link = (await rig.Links.IssueAsync(rig.KeyId, SignInLinks.Lifetime, Token))!;

        var holders = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => rig.Links.RedeemAsync(link.Token, Token)));

        Assert.Single(holders, holder => holder is not null);
    }

    [Fact]
    public async Task A_link_ends_with_its_time_with_the_key_and_with_the_sessions()
    {
        var rig = await RigAsync();
        var signedOut = (await rig.Links.IssueAsync(rig.KeyId, SignInLinks.Lifetime, Token))!;
        await rig.Ring.SignOutEverywhereAsync(rig.KeyId, Token);
        Assert.Null(await rig.Links.RedeemAsync(signedOut.Token, Token));

        var late = (await rig.Links.IssueAsync(rig.KeyId, SignInLinks.Lifetime, Token))!;
        _clock.Advance(SignInLinks.Lifetime);
        Assert.Null(await rig.Links.RedeemAsync(late.Token, Token));

        var revoked = (await rig.Links.IssueAsync(rig.KeyId, SignInLinks.Lifetime, Token))!;
        await rig.Storage.Keys.DeleteAsync(rig.KeyId, Token);
        Assert.Null(await rig.Links.RedeemAsync(revoked.Token, Token));
        Assert.Null(await rig.Links.IssueAsync(rig.KeyId, SignInLinks.Lifetime, Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("../../../../../../../../../../../../../../../")]
    public async Task A_text_that_is_no_token_is_told_from_nothing(string token)
    {
        var rig = await RigAsync();

        Assert.Null(await rig.Links.FindAsync(token, Token));
        Assert.Null(await rig.Links.RedeemAsync(token, Token));
    }

    [Fact]
    public async Task The_token_itself_is_stored_nowhere()
    {
        var rig = await RigAsync();
        var link = (await rig.Links.IssueAsync(rig.KeyId, SignInLinks.Lifetime, Token))!;

        Assert.DoesNotContain(
            await rig.Storage.RowsAsync(LinkMonitor.Storage.Tables.TableNames.Keys, null, Token),
            row => row.Any(column => column.Value?.ToString()!.Contains(link.Token, StringComparison.Ordinal) == true));
        Assert.DoesNotContain(link.Token, link.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "/sign-in/")]
    [InlineData("https://links.example.org/app/", "https://links.example.org/app/sign-in/")]
    public async Task The_address_is_below_the_public_one_or_a_path_alone(string? publicUrl, string begin)
    {
        var rig = await RigAsync(publicUrl: publicUrl);

        var link = (await rig.Links.IssueAsync(rig.KeyId, SignInLinks.Lifetime, Token))!;

        Assert.Equal(begin + link.Token, link.Address.OriginalString);
    }

    [Fact]
    public async Task Whoever_starts_the_service_is_the_configured_key_or_the_oldest_owner_of_all()
    {
        var rig = await RigAsync();
        Assert.Null(await rig.Links.IssueForStartAsync(Token));
        var (first, _) = await rig.Ring.IssueAsync("first", ApiKeyScope.Admin, ProjectSet.All, null, Token);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await rig.Ring.IssueAsync("second", ApiKeyScope.Admin, ProjectSet.All, null, Token);
        var configured = await RigAsync(Configured);

        var link = (await rig.Links.IssueForStartAsync(Token))!;
        var other = (await configured.Links.IssueForStartAsync(Token))!;

        Assert.Equal(first.Id, (await rig.Links.RedeemAsync(link.Token, Token))!.Id);
        Assert.Equal(KeyRing.ConfiguredId, (await configured.Links.RedeemAsync(other.Token, Token))!.Id);
    }

    [Fact]
    public async Task Links_that_have_ended_are_removed()
    {
        var rig = await RigAsync();
        await rig.Links.IssueAsync(rig.KeyId, TimeSpan.FromMinutes(1), Token);
        var lasting = (await rig.Links.IssueAsync(rig.KeyId, TimeSpan.FromHours(1), Token))!;

        await rig.Storage.SignIns.PurgeAsync(_clock.GetUtcNow().AddMinutes(1), Token);

        Assert.Single(await rig.Storage.RowsAsync(LinkMonitor.Storage.Tables.TableNames.Keys, "sign-in", Token));
        Assert.NotNull(await rig.Links.RedeemAsync(lasting.Token, Token));
    }

    private async Task<Rig> RigAsync(string? configured = null, string? publicUrl = null)
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var ring = new KeyRing(storage.Keys, Options.Create(new ApiKeyOptions { AdminKey = configured }), _clock);
        var sharing = Options.Create(new SharingOptions { PublicUrl = publicUrl is null ? null : new Uri(publicUrl) });
        var addresses = new PublicAddresses(storage.SigningKeys, sharing, new ServiceCollection().BuildServiceProvider(), _clock);
        var (key, _) = await ring.IssueAsync("Anna", ApiKeyScope.Write, ProjectSet.All, null, Token);
        return new Rig(storage, ring, new SignInLinks(storage.SignIns, ring, addresses, _clock), key.Id);
    }

    private sealed record Rig(TestStorage Storage, KeyRing Ring, SignInLinks Links, string KeyId);
}
