using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class PageRaceContract
{
    private readonly IStorageSource _source;

    private protected PageRaceContract(IStorageSource source) => _source = source;

    private static readonly WebUrl Page = StorageSamples.Url("https://blog.example.net/post");
    private static readonly PageKey Key = PageRowKeys.For(Page);
    private static readonly ProjectId Project = new("prj_a");
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hundreds_may_begin_to_watch_one_page_at_once()
    {
        var storage = await _source.CreateAsync(Token);

        await Task.WhenAll(Enumerable.Range(0, 300).Select(i =>
            storage.Pages.WatchAsync(Page, Project, LinkOf(i), Noon.AddMinutes(i * 37 % 300), Token)));

        Assert.Equal(300, (await storage.Pages.ReadWatchersAsync(Key, Token).ToListAsync()).Count);
        Assert.Equal(Noon, (await storage.Pages.GetAsync(Key, Token))!.DueAt);
        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, Key));
    }

    [Fact]
    public async Task Hundreds_may_begin_to_watch_pages_of_one_host_at_once()
    {
        var storage = await _source.CreateAsync(Token);
        var urls = Enumerable.Range(0, 200).Select(i => StorageSamples.Url($"https://blog.example.net/{i}")).ToList();

        await Task.WhenAll(urls.Select((url, i) => storage.Pages.WatchAsync(url, Project, LinkOf(i), Noon, Token)));

        var due = await storage.Pages.ReadDueAsync(HostRowKeys.For(Page), Noon, Token);
        Assert.Equal(200, due.Count);
        Assert.Equal(801, (await storage.RowsAsync(TableNames.Pages, Key.Shard, Token)).Count);
    }

    [Fact]
    public async Task Watching_and_moving_at_once_keeps_one_place_in_the_schedule()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Pages.WatchAsync(Page, Project, LinkOf(0), Noon, Token);

        await Task.WhenAll(Enumerable.Range(1, 60).Select(i => i % 2 == 0
            ? storage.Pages.WatchAsync(Page, Project, LinkOf(i), Noon.AddMinutes(-i), Token)
            : MoveAsync(storage, Noon.AddDays(i))));

        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, Key));
        Assert.Equal(31, (await storage.Pages.ReadWatchersAsync(Key, Token).ToListAsync()).Count);
    }

    [Fact]
    public async Task Of_parallel_moves_over_one_version_exactly_one_is_saved()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Pages.WatchAsync(Page, Project, LinkOf(0), Noon, Token);
        var page = (await storage.Pages.GetAsync(Key, Token))!;

        var outcomes = await Task.WhenAll(
            Enumerable.Range(1, 20).Select(i => storage.Pages.MoveDueAsync(page, Noon.AddMinutes(i), null, Token)));

        Assert.Single(outcomes, SaveOutcome.Saved);
        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, Key));
    }

    [Fact]
    public async Task A_page_is_never_removed_under_a_new_watcher()
    {
        var storage = await _source.CreateAsync(Token);
        for (var round = 0; round < 40; round++)
        {
            var url = StorageSamples.Url($"https://blog.example.net/{round}");
            var key = PageRowKeys.For(url);
            await storage.Pages.WatchAsync(url, Project, LinkOf(0), Noon, Token);
            await storage.Pages.UnwatchAsync(key, Project, LinkOf(0), Token);
            var page = (await storage.Pages.GetAsync(key, Token))!;

            await Task.WhenAll(
                storage.Pages.RemoveAsync(page, Token),
                storage.Pages.WatchAsync(url, Project, LinkOf(1), Noon, Token),
                storage.Pages.RemoveAsync(page, Token));

            Assert.True(await PageRows.AssertScheduledOnceAsync(storage, key));
            Assert.Single(await storage.Pages.ReadWatchersAsync(key, Token).ToListAsync());
        }
    }

    private static LinkId LinkOf(int i) => new($"lnk_{i}");

    private static async Task MoveAsync(TestStorage storage, DateTimeOffset dueAt)
    {
        var page = await storage.Pages.GetAsync(Key, Token);
        await storage.Pages.MoveDueAsync(page!, dueAt, Noon, Token);
    }
}
