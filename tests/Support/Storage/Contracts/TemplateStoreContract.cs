using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Outreach;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>What the letters rely on in the store of templates.</summary>
public abstract class TemplateStoreContract
{
    private static readonly ProjectId Project = new("prj_a");

    private readonly IStorageSource _source;

    private protected TemplateStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_are_kept_until_they_are_put_anew_or_deleted()
    {
        var templates = (await _source.CreateAsync(Token)).Templates;
        await templates.PutAsync(Project, new OutreachTemplate("hidden", "first", "body"), Token);
        await templates.PutAsync(Project, new OutreachTemplate("hidden", "It's \"second\" 🔗", "line\n\nline"), Token);

        Assert.Equal(
            new OutreachTemplate("hidden", "It's \"second\" 🔗", "line\n\nline"), await templates.GetAsync(Project, "hidden", Token));
        Assert.True(await templates.DeleteAsync(Project, "hidden", Token));
        Assert.False(await templates.DeleteAsync(Project, "hidden", Token));
        Assert.Null(await templates.GetAsync(Project, "hidden", Token));
    }

    [Fact]
    public async Task Only_the_templates_of_the_project_are_listed()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Links.RegisterAsync(StorageSamples.Link(Project), Token);
        await storage.Templates.PutAsync(Project, new OutreachTemplate("noindex", "s", "b"), Token);
        await storage.Templates.PutAsync(Project, new OutreachTemplate("hidden", "s", "b"), Token);
        await storage.Templates.PutAsync(new ProjectId("prj_b"), new OutreachTemplate("hidden", "s", "b"), Token);

        var listed = await storage.Templates.ListAsync(Project, Token).ToListAsync();

        Assert.Equal(["hidden", "noindex"], listed.Select(row => row.Item!.Name));
    }
}
