using LinkMonitor.Api;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Keys;

public sealed class KeyRequestReaderTests
{
    private static readonly KeyHolder Root = new("configured", "root", ApiKeyScope.Admin, ProjectSet.All);
    private readonly FieldErrors _errors = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_request_does_not_name_stays()
    {
        var (reader, _) = await ReaderAsync();

        var patch = await reader.ReadAsync(new KeyRequest { Name = " Anna " }, setsProjects: false, Root, _errors, Token);

        Assert.False(_errors.Any);
        Assert.Equal(new KeyPatch("Anna", null, null), patch);
        Assert.Equal("Anna", patch.Apply(StorageSamples.Key("aaaaaaaaaaaa", null)).Name);
    }

    [Fact]
    public async Task Projects_are_named_one_by_one_or_all_are_meant()
    {
        var (reader, project) = await ReaderAsync();

        var all = await reader.ReadAsync(new KeyRequest(), setsProjects: true, Root, _errors, Token);
        var one = await reader.ReadAsync(new KeyRequest { ProjectId = project.Value }, setsProjects: true, Root, _errors, Token);
        var list = await reader.ReadAsync(
            new KeyRequest { ProjectIds = [project.Value, project.Value] }, setsProjects: true, Root, _errors, Token);

        Assert.False(_errors.Any);
        Assert.True(all.Projects!.IsAll);
        Assert.Equal((ProjectSet.Of([project]), ProjectSet.Of([project])), (one.Projects, list.Projects));
    }

    [Theory]
    [InlineData("prj_none")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_project_that_there_is_not_is_refused(string? id)
    {
        var (reader, _) = await ReaderAsync();

        await reader.ReadAsync(new KeyRequest { ProjectIds = [id!] }, setsProjects: true, Root, _errors, Token);

        Assert.Equal("projectIds[0]", Assert.Single(_errors.ToDictionary()).Key);
    }

    [Fact]
    public async Task A_key_is_for_a_hundred_projects_at_most()
    {
        var (reader, project) = await ReaderAsync();
        var many = Enumerable.Repeat(project.Value, ProjectSet.MaxProjects + 1).ToArray();

        await reader.ReadAsync(new KeyRequest { ProjectIds = many }, setsProjects: true, Root, _errors, Token);

        Assert.Equal("projectIds", Assert.Single(_errors.ToDictionary()).Key);
    }

    [Fact]
    public async Task Nobody_gives_a_key_that_opens_more_than_their_own()
    {
        var (reader, project) = await ReaderAsync();
        var other = new KeyHolder("aaaaaaaaaaaa", "owner", ApiKeyScope.Admin, ProjectSet.Of([ProjectId.New()]));

        await reader.ReadAsync(new KeyRequest { ProjectId = project.Value }, setsProjects: true, other, _errors, Token);
        var all = new FieldErrors();
        await reader.ReadAsync(new KeyRequest(), setsProjects: true, other, all, Token);

        Assert.Equal([$"There is no project '{project}'."], Assert.Single(_errors.ToDictionary()).Value);
        Assert.Equal("projectIds", Assert.Single(all.ToDictionary()).Key);
    }

    private static async Task<(KeyRequestReader Reader, ProjectId Project)> ReaderAsync()
    {
        var projects = (await MemoryStorage.Source.CreateAsync(Token)).Projects;
        var project = await projects.AddAsync(StorageSamples.Project(ProjectId.New()), Token);
        return (new KeyRequestReader(projects), project.Id);
    }
}
