using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class LinkCrashContract
{
    private readonly IStorageSource _source;

    private protected LinkCrashContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_crash_while_registering_leaves_the_link_whole_or_not_there()
    {
        var storage = await _source.CreateAsync(Token);

        var calls = await Crashes.AtEveryCallAsync(
            storage,
            () => Task.FromResult(StorageSamples.FullLink(ProjectId.New())),
            (died, link) => died.Links.RegisterAsync(link, Token),
            async link => Assert.InRange((await storage.RowsAsync(TableNames.Links, link.ProjectId.Value, Token)).Count, 0, 1),
            async link =>
            {
                var read = await storage.Links.GetAsync(link.ProjectId, link.Id, Token);
                Assert.Equivalent(link, read! with { ETag = null }, strict: true);
            });

        Assert.True(calls >= 1);
    }

    [Fact]
    public async Task A_crash_while_saving_a_check_leaves_all_rows_or_none()
    {
        var storage = await _source.CreateAsync(Token);

        var calls = await Crashes.AtEveryCallAsync(
            storage,
            async () => (await storage.Links.RegisterAsync(StorageSamples.Link(ProjectId.New()), Token)).Link,
            (died, link) => SaveLostAsync(died, link),
            async link => await AssertAllOrNoneAsync(storage, link, mayBeNone: true),
            async link => await AssertAllOrNoneAsync(storage, link, mayBeNone: false));

        Assert.True(calls >= 1);
    }

    [Fact]
    public async Task A_check_whose_answer_was_lost_is_saved()
    {
        var storage = await _source.CreateAsync(Token);
        var lossy = storage.Losing(out var lost);

        var registered = await lossy.Links.RegisterAsync(StorageSamples.Link(ProjectId.New()), Token);
        var saved = await lossy.Links.SaveCheckAsync(registered.Link, StorageSamples.Change(registered.Link, StorageSamples.Noon), Token);
        var late = await lossy.Links.SaveCheckAsync(
            registered.Link, StorageSamples.Change(registered.Link, StorageSamples.Noon.AddHours(1)), Token);

        Assert.True(registered.Created);
        Assert.Equal((SaveOutcome.Saved, SaveOutcome.Conflict), (saved, late));
        Assert.Single(await storage.Links.ReadOutboxAsync(registered.Link.ProjectId, Token).ToListAsync());
        Assert.Equal(3, lost());
    }

    [Fact]
    public async Task A_crash_while_purging_is_made_good_by_purging_again()
    {
        var storage = await _source.CreateAsync(Token);

        var calls = await Crashes.AtEveryCallAsync(
            storage,
            async () =>
            {
                var project = ProjectId.New();
                await LinkRows.AddAsync(
                    storage, Enumerable.Range(0, 150).Select(i => StorageSamples.Link(project, $"https://host{i}.example/")), Token);
                return project;
            },
            (died, project) => died.Links.PurgeAsync(project, Token),
            _ => Task.CompletedTask,
            async project => Assert.Empty(await storage.RowsAsync(TableNames.Links, project.Value, Token)));

        Assert.Equal(3, calls);
    }

    // As a worker does: reads again when it comes back.
    private static async Task SaveLostAsync(TestStorage storage, WatchedLink link)
    {
        var stored = await storage.Links.GetAsync(link.ProjectId, link.Id, Token);
        if (stored!.Status.State == LinkState.Lost)
            return;

        var lost = stored with { Status = stored.Status with { State = LinkState.Lost } };
        Assert.Equal(
            SaveOutcome.Saved, await storage.Links.SaveCheckAsync(lost, StorageSamples.Change(stored, StorageSamples.Noon), Token));
    }

    private static async Task AssertAllOrNoneAsync(TestStorage storage, WatchedLink link, bool mayBeNone)
    {
        var rows = await storage.RowsAsync(TableNames.Links, link.ProjectId.Value, Token);
        var isLost = rows.Single(row => row.RowKey == $"link:{link.Id}").GetString("state") == "lost";

        Assert.Equal(isLost ? 4 : 1, rows.Count);
        Assert.True(isLost || mayBeNone);
    }
}
