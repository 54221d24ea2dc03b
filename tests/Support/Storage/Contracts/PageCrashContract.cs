using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class PageCrashContract
{
    private readonly IStorageSource _source;

    private protected PageCrashContract(IStorageSource source) => _source = source;

    private static readonly ProjectId Project = new("prj_a");
    private static readonly LinkId First = new("lnk_first");
    private static readonly LinkId Second = new("lnk_second");
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private int _pages;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_crash_while_watching_a_new_page_is_made_good_by_watching_again()
    {
        var storage = await _source.CreateAsync(Token);

        var calls = await Crashes.AtEveryCallAsync(
            storage,
            () => Task.FromResult(NewUrl()),
            (died, url) => died.Pages.WatchAsync(url, Project, First, Noon, Token),
            url => PageRows.AssertScheduledOnceAsync(storage, PageRowKeys.For(url)),
            url => AssertWatchedAsync(storage, url, Noon, First));

        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task A_crash_while_watching_a_known_page_is_made_good_by_watching_again()
    {
        var storage = await _source.CreateAsync(Token);

        var calls = await Crashes.AtEveryCallAsync(
            storage,
            () => WatchedAsync(storage),
            (died, page) => died.Pages.WatchAsync(page.Url, Project, Second, Noon.AddHours(-1), Token),
            async page => Assert.True(await PageRows.AssertScheduledOnceAsync(storage, page.Key)),
            page => AssertWatchedAsync(storage, page.Url, Noon.AddHours(-1), First, Second));

        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task A_crash_while_moving_leaves_one_place_in_the_schedule()
    {
        var storage = await _source.CreateAsync(Token);

        var calls = await Crashes.AtEveryCallAsync(
            storage,
            () => WatchedAsync(storage),
            (died, page) => MoveAsync(died, page.Key),
            async page => Assert.True(await PageRows.AssertScheduledOnceAsync(storage, page.Key)),
            page => AssertWatchedAsync(storage, page.Url, Noon.AddDays(1), First));

        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_crash_while_removing_leaves_a_page_that_can_be_watched_or_removed()
    {
        var storage = await _source.CreateAsync(Token);

        var calls = await Crashes.AtEveryCallAsync(
            storage,
            async () =>
            {
                var page = await WatchedAsync(storage);
                await storage.Pages.UnwatchAsync(page.Key, Project, First, Token);
                return page;
            },
            (died, page) => RemoveAsync(died, page.Key),
            page => PageRows.AssertScheduledOnceAsync(storage, page.Key),
            async page =>
            {
                Assert.False(await PageRows.AssertScheduledOnceAsync(storage, page.Key));
                await storage.Pages.WatchAsync(page.Url, Project, Second, Noon, Token);
                await AssertWatchedAsync(storage, page.Url, Noon, Second);
            });

        Assert.Equal(4, calls);
    }

    [Fact]
    public async Task Lost_answers_change_no_outcome()
    {
        var storage = await _source.CreateAsync(Token);
        var lossy = storage.Losing(out var lost);
        var url = NewUrl();
        var key = PageRowKeys.For(url);

        await lossy.Pages.WatchAsync(url, Project, First, Noon, Token);
        await lossy.Pages.WatchAsync(url, Project, Second, Noon.AddHours(-1), Token);
        var moved = await lossy.Pages.MoveDueAsync((await storage.Pages.GetAsync(key, Token))!, Noon.AddDays(1), Noon, Token);
        await AssertWatchedAsync(storage, url, Noon.AddDays(1), First, Second);
        await lossy.Pages.UnwatchAsync(key, Project, First, Token);
        await lossy.Pages.UnwatchAsync(key, Project, Second, Token);
        var removed = await lossy.Pages.RemoveAsync((await storage.Pages.GetAsync(key, Token))!, Token);

        Assert.Equal((SaveOutcome.Saved, SaveOutcome.Saved), (moved, removed));
        Assert.False(await PageRows.AssertScheduledOnceAsync(storage, key));
        Assert.True(lost() >= 7);
    }

    private WebUrl NewUrl() => StorageSamples.Url($"https://blog.example.net/{_pages++}");

    private async Task<WatchedPage> WatchedAsync(TestStorage storage)
    {
        var url = NewUrl();
        await storage.Pages.WatchAsync(url, Project, First, Noon, Token);
        return (await storage.Pages.GetAsync(PageRowKeys.For(url), Token))!;
    }

    // As workers do: they read again when they come back.
    private static async Task MoveAsync(TestStorage storage, PageKey key)
    {
        var page = await storage.Pages.GetAsync(key, Token);
        Assert.Equal(SaveOutcome.Saved, await storage.Pages.MoveDueAsync(page!, Noon.AddDays(1), Noon, Token));
    }

    private static async Task RemoveAsync(TestStorage storage, PageKey key)
    {
        if (await storage.Pages.GetAsync(key, Token) is { } page)
            Assert.Equal(SaveOutcome.Saved, await storage.Pages.RemoveAsync(page, Token));
    }

    private static async Task AssertWatchedAsync(TestStorage storage, WebUrl url, DateTimeOffset dueAt, params LinkId[] links)
    {
        var key = PageRowKeys.For(url);
        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, key));
        Assert.Equal(dueAt, (await storage.Pages.GetAsync(key, Token))!.DueAt);
        Assert.Equal(links, (await storage.Pages.ReadWatchersAsync(key, Token).ToListAsync()).Select(watcher => watcher.LinkId));
    }
}
