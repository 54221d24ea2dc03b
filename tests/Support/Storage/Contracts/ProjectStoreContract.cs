using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class ProjectStoreContract
{
    private readonly IStorageSource _source;

    private protected ProjectStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_is_read_back_whole()
    {
        var storage = await _source.CreateAsync(Token);
        var project = StorageSamples.Project(ProjectId.New());

        var added = await storage.Projects.AddAsync(project, Token);

        var read = await storage.Projects.GetAsync(project.Id, Token);
        Assert.Equal(added.ETag, read!.ETag);
        Assert.Equivalent(project, read with { ETag = null }, strict: true);
    }

    [Fact]
    public async Task An_identity_is_given_once()
    {
        var storage = await _source.CreateAsync(Token);
        var project = await storage.Projects.AddAsync(StorageSamples.Project(ProjectId.New()), Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => storage.Projects.AddAsync(project with { Name = "second" }, Token));

        Assert.Equal(project.Name, (await storage.Projects.GetAsync(project.Id, Token))!.Name);
    }

    [Theory]
    [InlineData("prj_none")]
    [InlineData("../x?y#z")]
    [InlineData("")]
    public async Task A_project_that_is_not_there_is_null(string id)
    {
        var storage = await _source.CreateAsync(Token);

        Assert.Null(await storage.Projects.GetAsync(new ProjectId(id), Token));
    }

    [Fact]
    public async Task Projects_come_in_order_of_identity()
    {
        var storage = await _source.CreateAsync(Token);
        var ids = new[] { "prj_c", "prj_a", "prj_b" };
        foreach (var id in ids)
            await storage.Projects.AddAsync(StorageSamples.Project(new ProjectId(id)), Token);

        var first = await storage.Projects.ListAsync(2, null, Token);
        var rest = await storage.Projects.ListAsync(2, first.Cursor, Token);

        Assert.Equal(["prj_a", "prj_b"], first.Items.Select(project => project.Id.Value));
        Assert.Equal(["prj_c"], rest.Items.Select(project => project.Id.Value));
        Assert.Null(rest.Cursor);
        Assert.Equal(["prj_a", "prj_b"], (await storage.Projects.ReadIdsAsync(null, 2, Token)).Select(id => id.Value));
        Assert.Equal(["prj_b", "prj_c"], (await storage.Projects.ReadIdsAsync(new ProjectId("prj_a"), 5, Token)).Select(id => id.Value));
        Assert.Empty(await storage.Projects.ReadIdsAsync(new ProjectId("prj_c"), 5, Token));
    }

    [Fact]
    public async Task Saving_writes_over_the_version_that_was_read_only()
    {
        var storage = await _source.CreateAsync(Token);
        var project = await storage.Projects.AddAsync(StorageSamples.Project(ProjectId.New()), Token);

        var saved = await storage.Projects.SaveAsync(project with { Name = "new" }, Token);
        var late = await storage.Projects.SaveAsync(project with { Name = "late" }, Token);
        await storage.Projects.DeleteAsync(project.Id, StorageSamples.Noon, Token);
        await storage.Projects.DeleteAsync(project.Id, StorageSamples.Noon, Token);
        var missing = await storage.Projects.SaveAsync(project, Token);

        Assert.Equal((SaveOutcome.Saved, SaveOutcome.Conflict, SaveOutcome.Missing), (saved, late, missing));
    }

    [Fact]
    public async Task A_deleted_project_is_noted_until_nothing_is_left_of_it()
    {
        var storage = await _source.CreateAsync(Token);
        var project = await storage.Projects.AddAsync(StorageSamples.Project(ProjectId.New()), Token);

        await storage.Projects.DeleteAsync(project.Id, StorageSamples.Noon, Token);
        var noted = Assert.Single(await storage.Projects.ReadDeletedAsync(Token).ToListAsync(Token));
        await storage.Projects.DeleteAsync(project.Id, StorageSamples.Noon.AddHours(1), Token);
        await storage.Projects.ForgetDeletedAsync(noted, Token);
        var renewed = Assert.Single(await storage.Projects.ReadDeletedAsync(Token).ToListAsync(Token));
        await storage.Projects.ForgetDeletedAsync(renewed, Token);

        Assert.Equal((project.Id, StorageSamples.Noon), (noted.Id, noted.DeletedAt));
        Assert.Equal((project.Id, StorageSamples.Noon.AddHours(1)), (renewed.Id, renewed.DeletedAt));
        Assert.Null(await storage.Projects.GetAsync(project.Id, Token));
        Assert.Empty(await storage.RowsAsync(TableNames.Projects, null, Token));
    }

    [Fact]
    public async Task Lost_answers_change_no_outcome()
    {
        var storage = await _source.CreateAsync(Token);
        var lossy = storage.Losing(out _);

        var project = await lossy.Projects.AddAsync(StorageSamples.Project(ProjectId.New()), Token);
        var saved = await lossy.Projects.SaveAsync(
            project with { Confirmation = new ConfirmationPolicy { FirstRecheck = TimeSpan.FromMinutes(1) } }, Token);

        Assert.Equal(SaveOutcome.Saved, saved);
        Assert.Equal(TimeSpan.FromMinutes(1), (await storage.Projects.GetAsync(project.Id, Token))!.Confirmation.FirstRecheck);
    }
}
