using LinkMonitor.Engine.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.LinkTypes;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>What links and alerts rely on in the store of types (<see cref="TableLinkTypeStore"/>).</summary>
public abstract class LinkTypeStoreContract
{
    private static readonly ProjectId Project = new("prj_a");

    private readonly IStorageSource _source;

    private protected LinkTypeStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_has_the_built_in_types_until_it_changes_one_or_makes_another()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Links.RegisterAsync(StorageSamples.Link(Project), Token);
        Assert.Equal(BuiltInTypes.All, (await storage.Types.ReadAsync(Project, Token)).All);

        var own = await storage.Types.SaveAsync(Project, StorageSamples.Type, Token);
        var forum = await storage.Types.SaveAsync(
            Project, BuiltInTypes.Find("forum")! with { Rel = Expected<RelQualifiers>.AsFirstSeen, ChangedAt = StorageSamples.Noon },
            Token);
        var types = await storage.Types.ReadAsync(Project, Token);

        Assert.Equal(BuiltInTypes.All.Select(type => type.Key).Append("newsletter"), types.All.Select(type => type.Key));
        Assert.Equivalent(own, types.Find("newsletter"), strict: true);
        Assert.Equivalent(forum, types.Find("forum"), strict: true);
        Assert.True(types.Find("forum")!.IsBuiltIn);
        Assert.Equal(BuiltInTypes.All, (await storage.Types.ReadAsync(new ProjectId("prj_b"), Token)).All);
    }

    [Fact]
    public async Task A_write_over_another_version_is_refused()
    {
        var types = (await _source.CreateAsync(Token)).Types;
        var first = await types.SaveAsync(Project, StorageSamples.Type, Token);
        Assert.Null(await types.SaveAsync(Project, StorageSamples.Type, Token));

        var second = await types.SaveAsync(Project, first! with { Name = "Second" }, Token);
        Assert.Null(await types.SaveAsync(Project, first! with { Name = "Third" }, Token));
        Assert.False(await types.DeleteAsync(Project, first!, Token));
        Assert.NotEqual(first!.Version, second!.Version);
        Assert.True(await types.DeleteAsync(Project, second, Token));
        Assert.Null((await types.ReadAsync(Project, Token)).Find("newsletter"));
    }
}
