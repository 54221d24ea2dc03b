using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class PageStoreContract
{
    private readonly IStorageSource _source;

    private protected PageStoreContract(IStorageSource source) => _source = source;

    private static readonly WebUrl Page = StorageSamples.Url("https://blog.example.net/post");
    private static readonly PageKey Key = PageRowKeys.For(Page);
    private static readonly HostKey Host = HostRowKeys.For(Page);
    private static readonly ProjectId Project = new("prj_a");
    private static readonly LinkId Link = new("lnk_a");
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_watched_page_is_known_due_and_has_its_watcher()
    {
        var storage = await _source.CreateAsync(Token);

        await storage.Pages.WatchAsync(Page, Project, Link, Noon, Token);

        var page = await storage.Pages.GetAsync(Key, Token);
        var watcher = Assert.Single(await storage.Pages.ReadWatchersAsync(Key, Token).ToListAsync());
        Assert.Equal((Page, Noon, null), (page!.Url, page.DueAt, page.LastCheckedAt));
        Assert.Equal((Project, Link), (watcher.ProjectId, watcher.LinkId));
        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, Key));
    }

    [Fact]
    public async Task What_is_kept_of_the_links_comes_with_the_watchers_and_goes_with_a_watch_or_the_page()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Pages.WatchAsync(Page, Project, Link, Noon, Token);
        await storage.Pages.WatchAsync(Page, Project, new LinkId("lnk_b"), Noon, Token);
        var kept = new KeptLinks(Noon, [new LinkCopy(Project, Link, "1", "{}")]);
        await KeepAsync(kept);

        var read = await storage.Pages.ReadLinksAsync(Key, Token);
        Assert.Equivalent(kept, read.Kept, strict: true);
        Assert.Equal(2, read.Watchers.Count);
        Assert.Equal(2, (await storage.Pages.ReadWatchersAsync(Key, Token).ToListAsync()).Count);

        await storage.Pages.UnwatchAsync(Key, Project, Link, Token);
        read = await storage.Pages.ReadLinksAsync(Key, Token);
        Assert.Null(read.Kept);
        Assert.Single(read.Watchers);

        // What takes too much room is not kept, and takes the place of what was.
        await KeepAsync(kept with { Links = [new LinkCopy(Project, Link, "1", StorageSamples.Noise(700_000))] });
        Assert.Empty((await storage.Pages.ReadLinksAsync(Key, Token)).Kept!.Links);

        await KeepAsync(kept);
        await storage.Pages.UnwatchAsync(Key, [new Watcher(Project, new LinkId("lnk_b"), Noon)], Token);
        Assert.NotNull((await storage.Pages.ReadLinksAsync(Key, Token)).Kept);
        Assert.Equal(SaveOutcome.Saved, await storage.Pages.RemoveAsync((await storage.Pages.GetAsync(Key, Token))!, Token));
        Assert.Null((await storage.Pages.ReadLinksAsync(Key, Token)).Kept);

        async Task KeepAsync(KeptLinks links) => Assert.Equal(
            SaveOutcome.Saved,
            await storage.Pages.MoveDueAsync(
                (await storage.Pages.GetAsync(Key, Token))! with { Kept = links }, Noon.AddDays(1), Noon, Token));
    }

    [Fact]
    public async Task New_links_are_kept_with_their_pages_and_what_a_check_has_kept_meanwhile_stays()
    {
        var storage = await _source.CreateAsync(Token);
        var first = new LinkCopy(Project, Link, "1", "{}");

        await storage.Pages.TryKeepAsync([(Key, [first])], Noon, Token);
        Assert.Equivalent(new KeptLinks(Noon, [first]), (await storage.Pages.ReadLinksAsync(Key, Token)).Kept, strict: true);

        await storage.Pages.TryKeepAsync([(Key, [first with { Version = "2" }])], Noon.AddDays(1), Token);
        await storage.Pages.TryKeepAsync([(Key, [])], Noon.AddDays(1), Token);
        Assert.Equal("1", Assert.Single((await storage.Pages.ReadLinksAsync(Key, Token)).Kept!.Links).Version);
    }

    [Fact]
    public async Task Watching_again_may_only_make_the_page_due_sooner()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Pages.WatchAsync(Page, Project, Link, Noon, Token);

        await storage.Pages.WatchAsync(Page, Project, Link, Noon.AddHours(1), Token);
        var later = (await storage.Pages.GetAsync(Key, Token))!.DueAt;
        await storage.Pages.WatchAsync(Page, new ProjectId("prj_b"), Link, Noon.AddHours(-1), Token);
        var sooner = (await storage.Pages.GetAsync(Key, Token))!.DueAt;

        Assert.Equal((Noon, Noon.AddHours(-1)), (later, sooner));
        Assert.Equal(2, (await storage.Pages.ReadWatchersAsync(Key, Token).ToListAsync()).Count);
        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, Key));
    }

    [Fact]
    public async Task Due_pages_come_longest_overdue_first_and_only_up_to_the_time()
    {
        var storage = await _source.CreateAsync(Token);
        var urls = Enumerable.Range(0, 40).Select(i => StorageSamples.Url($"https://blog.example.net/{i}")).ToList();
        for (var i = 0; i < urls.Count; i++)
            await storage.Pages.WatchAsync(urls[i], Project, Link, Noon.AddMinutes(i * 7 % 40), Token);

        var due = await storage.Pages.ReadDueAsync(Host, Noon.AddMinutes(29), Token);
        var none = await storage.Pages.ReadDueAsync(Host, Noon.AddTicks(-1), Token);

        Assert.Equal(Enumerable.Range(0, 30).Select(minute => Noon.AddMinutes(minute)), due.Select(page => page.DueAt));
        Assert.All(due, page => Assert.NotNull(page.PlaceVersion));
        Assert.Empty(none);
    }

    [Fact]
    public async Task What_there_is_to_ask_with_comes_back_as_it_was_and_outlives_a_lease()
    {
        var storage = await _source.CreateAsync(Token);
        var (lastFetch, place) = (StorageSamples.LastFetchAt(Noon), new WatcherPlace(Project, Link));
        var page = await WatchedAsync(storage) with { LastFetch = lastFetch, TargetsFrom = place };
        await storage.Pages.MoveDueAsync(page, Noon.AddDays(1), Noon, Token);

        await storage.Pages.MoveDueAsync((await storage.Pages.GetAsync(Key, Token))!, Noon.AddDays(2), null, Token);
        await storage.Pages.WatchAsync(Page, new ProjectId("prj_b"), Link, Noon, Token);

        var stored = (await storage.Pages.GetAsync(Key, Token))!;
        Assert.Equivalent(lastFetch, stored.LastFetch, strict: true);
        Assert.Equal((lastFetch.Validators, place), (stored.LastFetch?.Validators, stored.TargetsFrom));
    }

    [Fact]
    public async Task Moving_writes_over_the_version_that_was_read_only()
    {
        var storage = await _source.CreateAsync(Token);
        var page = await WatchedAsync(storage);

        var leased = await storage.Pages.MoveDueAsync(page, Noon.AddMinutes(10), null, Token);
        var late = await storage.Pages.MoveDueAsync(page, Noon.AddDays(1), Noon, Token);

        var stored = await storage.Pages.GetAsync(Key, Token);
        Assert.Equal((SaveOutcome.Saved, SaveOutcome.Conflict), (leased, late));
        Assert.Equal((Noon.AddMinutes(10), null), (stored!.DueAt, stored.LastCheckedAt));
        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, Key));
    }

    [Fact]
    public async Task A_finished_check_is_remembered_until_the_next()
    {
        var storage = await _source.CreateAsync(Token);
        var page = await WatchedAsync(storage);

        await storage.Pages.MoveDueAsync(page, Noon.AddDays(1), Noon, Token);
        await storage.Pages.MoveDueAsync((await storage.Pages.GetAsync(Key, Token))!, Noon.AddDays(2), null, Token);

        Assert.Equal(Noon, (await storage.Pages.GetAsync(Key, Token))!.LastCheckedAt);
    }

    [Fact]
    public async Task A_page_may_be_moved_to_where_it_is()
    {
        var storage = await _source.CreateAsync(Token);
        var page = await WatchedAsync(storage);

        var outcome = await storage.Pages.MoveDueAsync(page, page.DueAt, Noon, Token);

        Assert.Equal(SaveOutcome.Saved, outcome);
        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, Key));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_that_is_added_between_keeps_the_finishing_check_from_moving_the_page(bool isChecked)
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Pages.TryWatchNewAsync(Project, [(Page, Link)], Noon, Token);
        var before = (await storage.Pages.ReadLinksAsync(Key, Token)).Version;
        Assert.Null(before!.ETag);
        if (isChecked)
            before = await MoveAsync(before, SaveOutcome.Saved);

        await storage.Pages.WatchAsync(Page, Project, new LinkId("lnk_new"), Noon.AddDays(2), Token);
        var after = await MoveAsync(before, SaveOutcome.Conflict);
        Assert.NotEqual(before, after);

        var read = await storage.Pages.ReadLinksAsync(Key, Token);
        Assert.Equal((2, after), (read.Watchers.Count, read.Version));
        await MoveAsync(after, SaveOutcome.Saved);
        await MoveAsync(null, SaveOutcome.Saved);
        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, Key));

        async Task<WatchersVersion> MoveAsync(WatchersVersion? over, SaveOutcome expected)
        {
            var page = (await storage.Pages.GetAsync(Key, Token))! with { WatchersOver = over };
            Assert.Equal(expected, await storage.Pages.MoveDueAsync(page, Noon, Noon, null, Token));
            return await storage.Pages.GetWatchersVersionAsync(Key, Token);
        }
    }

    [Fact]
    public async Task What_says_that_a_link_was_added_keeps_no_page_where_it_is_when_it_cannot_be_read()
    {
        var storage = await _source.CreateAsync(Token);
        await WatchedAsync(storage);
        await storage.Tables.Open(TableNames.Pages).PutAsync(new(Key.Shard, PageRowKeys.Added(Key.PageId)) { ["v"] = 99 }, Token);

        var read = await storage.Pages.ReadLinksAsync(Key, Token);
        var page = (await storage.Pages.GetAsync(Key, Token))! with { WatchersOver = read.Version };

        Assert.Null(read.Version);
        Assert.Equal(SaveOutcome.Saved, await storage.Pages.MoveDueAsync(page, Noon.AddDays(1), Noon, null, Token));
        await storage.Pages.WatchAsync(Page, Project, new LinkId("lnk_new"), Noon, Token);
        Assert.NotNull((await storage.Pages.ReadLinksAsync(Key, Token)).Version?.ETag);
    }

    [Fact]
    public async Task A_check_now_that_comes_between_is_not_moved_away_by_the_finishing_check()
    {
        var storage = await _source.CreateAsync(Token);
        var checking = await WatchedAsync(storage);

        await storage.Pages.WatchAsync(Page, Project, Link, Noon.AddHours(-1), Token);
        var finished = await storage.Pages.MoveDueAsync(checking, Noon.AddDays(1), Noon, Token);

        Assert.Equal(SaveOutcome.Conflict, finished);
        Assert.Equal(Noon.AddHours(-1), (await storage.Pages.GetAsync(Key, Token))!.DueAt);
    }

    [Fact]
    public async Task A_page_that_nobody_watches_is_removed_whole()
    {
        var storage = await _source.CreateAsync(Token);
        var page = await WatchedAsync(storage);
        await storage.Pages.UnwatchAsync(Key, Project, Link, Token);
        await storage.Pages.UnwatchAsync(Key, Project, Link, Token);

        var first = await storage.Pages.RemoveAsync(page, Token);
        var second = await storage.Pages.RemoveAsync(page, Token);
        var moved = await storage.Pages.MoveDueAsync(page, Noon, null, Token);

        Assert.Equal((SaveOutcome.Saved, SaveOutcome.Missing, SaveOutcome.Missing), (first, second, moved));
        // The host keeps its place in the schedule; whoever reads finds nothing, and takes it out.
        Assert.All(
            await storage.RowsAsync(TableNames.Pages, null, Token), row => Assert.StartsWith("due:", row.RowKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_is_watched_after_all_stays_and_is_still_moved()
    {
        var storage = await _source.CreateAsync(Token);
        var page = await WatchedAsync(storage);

        var removed = await storage.Pages.RemoveAsync(page, Token);
        var moved = await storage.Pages.MoveDueAsync((await storage.Pages.GetAsync(Key, Token))!, Noon.AddDays(1), Noon, Token);

        Assert.Equal((SaveOutcome.Conflict, SaveOutcome.Saved), (removed, moved));
        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, Key));
    }

    [Fact]
    public async Task An_orphan_is_removed_unless_it_was_renewed()
    {
        var storage = await _source.CreateAsync(Token);
        await WatchedAsync(storage);
        var old = Assert.Single(await storage.Pages.ReadWatchersAsync(Key, Token).ToListAsync());
        await storage.Pages.WatchAsync(Page, Project, Link, Noon, Token);
        var renewed = Assert.Single(await storage.Pages.ReadWatchersAsync(Key, Token).ToListAsync());

        var first = await storage.Pages.RemoveOrphanAsync(Key, old, Token);
        var second = await storage.Pages.RemoveOrphanAsync(Key, renewed, Token);
        var third = await storage.Pages.RemoveOrphanAsync(Key, renewed, Token);

        Assert.Equal((false, true, false), (first, second, third));
    }

    [Fact]
    public async Task A_place_in_the_schedule_that_its_page_does_not_know_of_is_taken_out()
    {
        var storage = await _source.CreateAsync(Token);
        await WatchedAsync(storage);
        foreach (var stray in new[]
        {
            PageRowKeys.Due(Host, false, Noon.AddHours(-2), Key.PageId), PageRowKeys.Due(Host, true, Noon, "pg_gone"),
        })
            await storage.Tables.Open(TableNames.Pages).AddAsync(RowSchema.New(Key.Shard, stray), Token);

        var due = await storage.Pages.ReadDueAsync(Host, Noon, Token);

        Assert.Equal([Noon], due.Select(page => page.DueAt));
        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, Key));
        Assert.Single(
            await storage.RowsAsync(TableNames.Pages, Key.Shard, Token), row => row.RowKey.StartsWith("host:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_place_in_the_schedule_is_put_back_by_the_next_move()
    {
        var storage = await _source.CreateAsync(Token);
        var page = await WatchedAsync(storage);
        await storage.Tables.Open(TableNames.Pages)
            .DeleteAsync(Key.Shard, PageRowKeys.Due(Host, false, page.DueAt, Key.PageId), Azure.ETag.All, Token);

        var outcome = await storage.Pages.MoveDueAsync(page, Noon.AddDays(1), Noon, Token);

        Assert.Equal(SaveOutcome.Saved, outcome);
        Assert.True(await PageRows.AssertScheduledOnceAsync(storage, Key));
    }

    private static async Task<WatchedPage> WatchedAsync(TestStorage storage)
    {
        await storage.Pages.WatchAsync(Page, Project, Link, Noon, Token);
        return (await storage.Pages.GetAsync(Key, Token))!;
    }
}
