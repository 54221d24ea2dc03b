using LinkMonitor.Api;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Keys;

public sealed class KeyRegistryTests
{
    private static readonly ProjectId A = new("prj_a");
    private static readonly ProjectId B = new("prj_b");
    private static readonly KeyHolder Root = new(KeyRing.ConfiguredId, "root", ApiKeyScope.Admin, ProjectSet.All);
    private static readonly KeyHolder OwnerOfA = new("aaaaaaaaaaaa", "owner", ApiKeyScope.Admin, ProjectSet.Of([A]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_owner_of_some_projects_manages_the_keys_that_open_no_others()
    {
        var rig = await Rig.CreateAsync(null);
        var (ofA, ofBoth, ofAll) = (await rig.AddAsync([A]), await rig.AddAsync([A, B]), await rig.AddAsync(null));

        Assert.Equal([ofA], (await rig.Registry.ListAsync(OwnerOfA, Token)).Items.Select(key => key.Id));
        foreach (var other in new[] { ofBoth, ofAll, "no/key" })
        {
            Assert.Equal(
                KeyOutcome.NotFound,
                (await rig.Registry.ChangeAsync(OwnerOfA, other, IfMatch.Any, new KeyPatch("x", null, null), Token)).Outcome);
            Assert.Equal(KeyOutcome.NotFound, (await rig.Registry.RevokeAsync(OwnerOfA, other, IfMatch.Any, Token)).Outcome);
            Assert.False(await rig.Registry.SignOutEverywhereAsync(OwnerOfA, other, Token));
        }

        Assert.True(await rig.Registry.SignOutEverywhereAsync(OwnerOfA, ofA, Token));
        Assert.Equal(KeyOutcome.Done, (await rig.Registry.RevokeAsync(OwnerOfA, ofA, IfMatch.Any, Token)).Outcome);
    }

    [Fact]
    public async Task A_change_is_for_the_version_that_was_read()
    {
        var rig = await Rig.CreateAsync(null);
        var id = await rig.AddAsync([A]);
        var read = (await rig.Registry.FindAsync(Root, id, Token))!.Version!;
        var patch = new KeyPatch("changed", ApiKeyScope.Write, ProjectSet.Of([B]));

        var first = await rig.Registry.ChangeAsync(Root, id, IfMatch.Of(read), patch, Token);
        var second = await rig.Registry.ChangeAsync(Root, id, IfMatch.Of(read), patch, Token);

        Assert.Equal((KeyOutcome.Done, "changed", patch.Projects), (first.Outcome, first.Key!.Name, first.Key.Projects));
        Assert.Equal(KeyOutcome.Stale, second.Outcome);
    }

    [Fact]
    public async Task The_last_owner_of_all_projects_stays_unless_an_admin_key_is_configured()
    {
        var rig = await Rig.CreateAsync(null);
        var (first, second) = (await rig.AddAsync(null, ApiKeyScope.Admin), await rig.AddAsync(null, ApiKeyScope.Admin));
        await rig.AddAsync([A], ApiKeyScope.Admin);

        Assert.Equal(KeyOutcome.Done, (await rig.Registry.RevokeAsync(Root, first, IfMatch.Any, Token)).Outcome);
        Assert.Equal(KeyOutcome.LastOwner, (await rig.Registry.RevokeAsync(Root, second, IfMatch.Any, Token)).Outcome);
        foreach (var narrower in new[] { new KeyPatch(null, ApiKeyScope.Write, null), new KeyPatch(null, null, ProjectSet.Of([A])) })
            Assert.Equal(
                KeyOutcome.LastOwner, (await rig.Registry.ChangeAsync(Root, second, IfMatch.Any, narrower, Token)).Outcome);
        Assert.Equal(
            KeyOutcome.Done,
            (await rig.Registry.ChangeAsync(Root, second, IfMatch.Any, new KeyPatch("renamed", null, null), Token)).Outcome);
        Assert.Equal(
            KeyOutcome.Done, (await rig.With("a configured key of the tests").RevokeAsync(Root, second, IfMatch.Any, Token)).Outcome);
    }

    [Fact]
    public async Task Two_owners_who_revoke_each_other_at_once_leave_one()
    {
        var rig = await Rig.CreateAsync(null);
        var (first, second) = (await rig.AddAsync(null, ApiKeyScope.Admin), await rig.AddAsync(null, ApiKeyScope.Admin));

        var results = await Task.WhenAll(
            rig.Registry.RevokeAsync(Root, first, IfMatch.Any, Token), rig.Registry.RevokeAsync(Root, second, IfMatch.Any, Token));

        Assert.Equal([KeyOutcome.Done, KeyOutcome.LastOwner], results.Select(result => result.Outcome).Order());
        Assert.Single((await rig.Registry.ListAsync(Root, Token)).Items);
    }

    [Fact]
    public async Task A_project_that_is_gone_is_taken_from_every_key_and_its_own_keys_are_revoked()
    {
        var rig = await Rig.CreateAsync(null);
        var (ofA, ofBoth, ofAll) = (await rig.AddAsync([A]), await rig.AddAsync([A, B]), await rig.AddAsync(null));

        await rig.Registry.ForgetAsync(A, Token);

        Assert.Null(await rig.Registry.FindAsync(Root, ofA, Token));
        Assert.Equal(ProjectSet.Of([B]), (await rig.Registry.FindAsync(Root, ofBoth, Token))!.Projects);
        Assert.True((await rig.Registry.FindAsync(Root, ofAll, Token))!.Projects.IsAll);
    }

    [Fact]
    public async Task The_configured_key_is_managed_by_owners_of_all_projects()
    {
        var rig = await Rig.CreateAsync("a configured key of the tests");

        Assert.True(await rig.Registry.ManagesAsync(Root, KeyRing.ConfiguredId, Token));
        Assert.False(await rig.Registry.ManagesAsync(OwnerOfA, KeyRing.ConfiguredId, Token));
        Assert.True(await rig.Registry.SignOutEverywhereAsync(Root, KeyRing.ConfiguredId, Token));
    }

    private sealed record Rig(IKeyStore Keys, KeyRing Ring, KeyRegistry Registry)
    {
        public static async Task<Rig> CreateAsync(string? configured)
        {
            var keys = (await MemoryStorage.Source.CreateAsync(Token)).Keys;
            var ring = NewRing(keys, configured);
            return new Rig(keys, ring, new KeyRegistry(keys, ring));
        }

        public KeyRegistry With(string configured) => new(Keys, NewRing(Keys, configured));

        public async Task<string> AddAsync(ProjectId[]? projects, ApiKeyScope scope = ApiKeyScope.Read) =>
            (await Ring.IssueAsync("key", scope, projects is null ? ProjectSet.All : ProjectSet.Of(projects), null, Token)).Key.Id;

        private static KeyRing NewRing(IKeyStore keys, string? configured) =>
            new(keys, Options.Create(new ApiKeyOptions { AdminKey = configured }), new ManualTimeProvider(StorageSamples.Noon));
    }
}
