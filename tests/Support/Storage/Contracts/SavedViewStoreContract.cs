using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>What views rely on in the store of them.</summary>
public abstract class SavedViewStoreContract
{
    private static readonly ProjectId Project = new("prj_a");

    private readonly IStorageSource _source;

    private protected SavedViewStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_view_is_kept_as_it_was_saved_until_it_is_deleted()
    {
        var views = (await _source.CreateAsync(Token)).Views;
        var view = StorageSamples.View(Project, "It's \"lost\" 🔗");

        var added = await views.AddAsync(view, Token);
        var saved = (await views.SaveAsync(added with { Name = "Gone", IsShared = false }, Token))!;

        Assert.True(SavedViewIds.IsValid(added.Id));
        Assert.Equal(view, added with { Version = null, ETag = null });
        Assert.NotEqual(added.Version, saved.Version);
        Assert.Equal(saved, await views.FindAsync(Project, view.Id, Token));
        Assert.True(await views.DeleteAsync(saved, Token));
        Assert.Null(await views.FindAsync(Project, view.Id, Token));
        Assert.Empty((await views.ListAsync(Project, Token)).Items);
    }

    [Fact]
    public async Task Nobody_overwrites_what_they_have_not_seen()
    {
        var views = (await _source.CreateAsync(Token)).Views;
        var read = await views.AddAsync(StorageSamples.View(Project, "Lost"), Token);
        await views.SaveAsync(read with { Name = "Other" }, Token);

        Assert.Null(await views.SaveAsync(read with { Name = "Mine" }, Token));
        Assert.False(await views.DeleteAsync(read, Token));
        Assert.Equal("Other", Assert.Single((await views.ListAsync(Project, Token)).Items).Name);
    }

    [Fact]
    public async Task Views_are_of_their_project_and_go_with_it()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Links.RegisterAsync(StorageSamples.Link(Project), Token);
        await storage.Views.AddAsync(StorageSamples.View(Project, "One"), Token);
        await storage.Views.AddAsync(StorageSamples.View(new ProjectId("prj_b"), "Two"), Token);

        Assert.Equal("One", Assert.Single((await storage.Views.ListAsync(Project, Token)).Items).Name);
        while (!await storage.Links.PurgeAsync(Project, Token))
            Token.ThrowIfCancellationRequested();
        Assert.Empty((await storage.Views.ListAsync(Project, Token)).Items);
        Assert.Single((await storage.Views.ListAsync(new ProjectId("prj_b"), Token)).Items);
    }
}
