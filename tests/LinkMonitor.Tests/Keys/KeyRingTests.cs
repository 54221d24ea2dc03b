using LinkMonitor.Keys;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Keys;

public sealed class KeyRingTests
{
    private const string Configured = "a configured key of the tests";
    private readonly ManualTimeProvider _clock = new(StorageSamples.Noon);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_recognised_for_a_request_without_a_stamp_and_for_a_session_with_one()
    {
        var (ring, _) = await RingAsync(null);
        var (key, secret) = await ring.IssueAsync("Anna", ApiKeyScope.Write, ProjectSet.All, new Author("x", "X"), Token);

        var caller = await ring.RecogniseAsync(secret.Text, Token);
        var person = await ring.SignInAsync(secret.Text, Token);

        Assert.Equal(new KeyHolder(key.Id, "Anna", ApiKeyScope.Write, ProjectSet.All), caller);
        Assert.NotNull(person!.Stamp);
        Assert.Equal(person, await ring.FindHolderAsync(key.Id, Token));
        Assert.DoesNotContain(key.Hash, person.Stamp, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_sessions_and_leaves_the_key()
    {
        var (ring, _) = await RingAsync(null);
        var (key, secret) = await ring.IssueAsync("Anna", ApiKeyScope.Read, ProjectSet.All, null, Token);
        var before = await ring.FindHolderAsync(key.Id, Token);

        Assert.True(await ring.SignOutEverywhereAsync(key.Id, Token));

        Assert.NotEqual(before!.Stamp, (await ring.FindHolderAsync(key.Id, Token))!.Stamp);
        Assert.NotNull(await ring.RecogniseAsync(secret.Text, Token));
        Assert.False(await ring.SignOutEverywhereAsync("cccccccccccc", Token));
        Assert.False(await ring.SignOutEverywhereAsync("no/key", Token));
    }

    [Fact]
    public async Task A_revoked_key_has_no_holder()
    {
        var (ring, keys) = await RingAsync(null);
        var (key, secret) = await ring.IssueAsync("Anna", ApiKeyScope.Read, ProjectSet.All, null, Token);

        await keys.DeleteAsync(key.Id, Token);

        Assert.Null(await ring.FindHolderAsync(key.Id, Token));
        Assert.Null(await ring.SignInAsync(secret.Text, Token));
    }

    [Fact]
    public async Task The_configured_key_signs_in_signs_out_and_ends_with_its_setting()
    {
        var (ring, keys) = await RingAsync(Configured);
        var first = await ring.SignInAsync(Configured, Token);

        Assert.Equal((KeyRing.ConfiguredId, KeyRole.Owner, true), (first!.Id, first.Role, first.Projects.IsAll));
        Assert.True(await ring.SignOutEverywhereAsync(KeyRing.ConfiguredId, Token));
        var second = await ring.FindHolderAsync(KeyRing.ConfiguredId, Token);
        var another = await Ring(keys, "another key for the tests only").FindHolderAsync(KeyRing.ConfiguredId, Token);

        Assert.Equal(3, new[] { first.Stamp, second!.Stamp, another!.Stamp }.Distinct().Count());
        Assert.Null(await Ring(keys, null).FindHolderAsync(KeyRing.ConfiguredId, Token));
        Assert.False(await Ring(keys, null).SignOutEverywhereAsync(KeyRing.ConfiguredId, Token));
    }

    [Fact]
    public async Task A_use_is_noted_once_an_hour()
    {
        var (ring, keys) = await RingAsync(null);
        var (key, secret) = await ring.IssueAsync("Anna", ApiKeyScope.Read, ProjectSet.All, null, Token);
        List<DateTimeOffset?> noted = [];
        foreach (var minutes in new[] { 0, 59, 2 })
        {
            _clock.Advance(TimeSpan.FromMinutes(minutes));
            await ring.RecogniseAsync(secret.Text, Token);
            noted.Add((await keys.FindAsync(key.Id, Token))!.LastUsedAt);
        }

        Assert.Equal([StorageSamples.Noon, StorageSamples.Noon, StorageSamples.Noon.AddMinutes(61)], noted);
    }

    [Fact]
    public async Task An_owner_of_some_projects_is_not_the_first_who_may_do_everything()
    {
        var (ring, _) = await RingAsync(null);
        await ring.IssueAsync("Of one", ApiKeyScope.Admin, ProjectSet.Of([new("prj_a")]), null, Token);

        Assert.NotNull(await ring.IssueFirstAsync(Token));
        Assert.Null(await ring.IssueFirstAsync(Token));
    }

    private async Task<(KeyRing Ring, IKeyStore Keys)> RingAsync(string? configured)
    {
        var keys = (await MemoryStorage.Source.CreateAsync(Token)).Keys;
        return (Ring(keys, configured), keys);
    }

    private KeyRing Ring(IKeyStore keys, string? configured) =>
        new(keys, Options.Create(new ApiKeyOptions { AdminKey = configured }), _clock);
}
