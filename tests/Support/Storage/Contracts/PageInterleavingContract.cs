using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>Two units of work on one page, the second whole between any two calls of the first.</summary>
public abstract class PageInterleavingContract
{
    private readonly IStorageSource _source;

    private protected PageInterleavingContract(IStorageSource source) => _source = source;

    private static readonly ProjectId Project = new("prj_a");
    private static readonly LinkId Old = new("lnk_old");
    private static readonly LinkId New = new("lnk_new");
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private int _pages;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_watcher_that_comes_while_a_page_is_removed_keeps_it_or_brings_it_back()
    {
        var calls = await AtEveryCallAsync(
            isWatched: false,
            (storage, page) => storage.Pages.RemoveAsync(page, Token),
            (storage, page) => storage.Pages.WatchAsync(page.Url, Project, New, Noon.AddDays(1), Token),
            (storage, page) => AssertWatchedByNewAsync(storage, page));

        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task A_page_that_is_removed_while_somebody_begins_to_watch_it_is_there_in_the_end()
    {
        var calls = await AtEveryCallAsync(
            isWatched: false,
            (storage, page) => storage.Pages.WatchAsync(page.Url, Project, New, Noon.AddHours(-1), Token),
            (storage, page) => storage.Pages.RemoveAsync(page, Token),
            (storage, page) => AssertWatchedByNewAsync(storage, page));

        Assert.True(calls >= 3);
    }

    [Fact]
    public async Task A_check_now_that_comes_while_a_check_ends_is_not_overwritten()
    {
        var calls = await AtEveryCallAsync(
            isWatched: true,
            async (
                storage, page) => Assert.Equal(SaveOutcome.Conflict, await storage.Pages.MoveDueAsync(page, Noon.AddDays(1), Noon, Token)),
            (storage, page) => storage.Pages.WatchAsync(page.Url, Project, Old, Noon.AddHours(-1), Token),
            async (storage, page) => Assert.Equal(Noon.AddHours(-1), (await storage.Pages.GetAsync(page.Key, Token))!.DueAt),
            stopAfterFirst: true);

        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_check_that_ends_while_somebody_asks_for_a_check_now_does_not_undo_that()
    {
        var calls = await AtEveryCallAsync(
            isWatched: true,
            (storage, page) => storage.Pages.WatchAsync(page.Url, Project, New, Noon.AddHours(-1), Token),
            (storage, page) => storage.Pages.MoveDueAsync(page, Noon.AddDays(1), Noon, Token),
            async (storage, page) => Assert.Equal(Noon.AddHours(-1), (await storage.Pages.GetAsync(page.Key, Token))!.DueAt));

        Assert.True(calls >= 3);
    }

    [Fact]
    public async Task The_schedule_is_read_right_while_a_page_moves()
    {
        await AtEveryCallAsync(
            isWatched: true,
            async (storage, page) => await storage.Pages.ReadDueAsync(HostRowKeys.For(page.Url), Noon.AddDays(7), Token),
            (storage, page) => storage.Pages.MoveDueAsync(page, Noon.AddDays(1), Noon, Token),
            async (storage, page) => Assert.True(await PageRows.AssertScheduledOnceAsync(storage, page.Key)));
    }

    private static async Task AssertWatchedByNewAsync(TestStorage storage, WatchedPage page)
    {
        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, page.Key));
        Assert.Equal(New, Assert.Single(await storage.Pages.ReadWatchersAsync(page.Key, Token).ToListAsync()).LinkId);
    }

    private async Task<int> AtEveryCallAsync(
        bool isWatched,
        Func<TestStorage, WatchedPage, Task> first,
        Func<TestStorage, WatchedPage, Task> second,
        Func<TestStorage, WatchedPage, Task> verify,
        bool stopAfterFirst = false)
    {
        for (var call = 1; ; call++)
        {
            var storage = await _source.CreateAsync(Token);
            var page = await PageAsync(storage, isWatched);
            var hook = new InterleaveHook(call, () => second(storage, page));

            await first(storage.Through(hook), page);

            if (!hook.HasActed)
                return call - 1;
            await verify(storage, page);
            if (stopAfterFirst)
                return call;
        }
    }

    private async Task<WatchedPage> PageAsync(TestStorage storage, bool isWatched)
    {
        var url = StorageSamples.Url($"https://blog.example.net/{_pages++}");
        await storage.Pages.WatchAsync(url, Project, Old, Noon, Token);
        if (!isWatched)
            await storage.Pages.UnwatchAsync(PageRowKeys.For(url), Project, Old, Token);
        return (await storage.Pages.GetAsync(PageRowKeys.For(url), Token))!;
    }
}
