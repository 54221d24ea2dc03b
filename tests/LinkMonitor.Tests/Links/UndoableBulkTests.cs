using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Links;

public sealed class UndoableBulkTests
{
    private static readonly ProjectId Id = new("prj_a");

    private readonly ManualTimeProvider _clock = new(StorageSamples.Noon);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BulkAction.Mute)]
    [InlineData(BulkAction.Unmute)]
    [InlineData(BulkAction.Delete)]
    public async Task What_was_done_with_links_is_undone_once(BulkAction action)
    {
        var storage = await StoredAsync();
        var before = await LinksAsync(storage);
        var bulk = Bulk(storage);

        var (result, undo) = await bulk.RunAsync(Id, Order(action, before), "key", () => true, Token);
        Assert.Equal(3, result.Done);
        Assert.NotEqual(before.Select(Known), (await LinksAsync(storage)).Select(Known));
        _clock.Advance(UndoableBulk.Window - TimeSpan.FromTicks(1));

        Assert.Equal(3, await bulk.UndoAsync(Id, undo!, Token));
        Assert.Equal(before.Select(Known), (await LinksAsync(storage)).Select(Known));
        Assert.Null(await bulk.UndoAsync(Id, undo!, Token));
        Assert.DoesNotContain(
            await storage.RowsAsync(TableNames.Links, Id.Value, Token), row => row.RowKey.StartsWith("undo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_type_that_was_set_is_taken_back_with_what_it_expects_and_nothing_else()
    {
        var storage = await StoredAsync();
        var before = await LinksAsync(storage);
        var bulk = Bulk(storage);

        var (_, undo) = await bulk.RunAsync(Id, Order(BulkAction.SetType, before) with { Type = "guest-post" }, "key", () => true, Token);
        var set = await LinksAsync(storage);
        Assert.All(set, link => Assert.Equal(("guest-post", true), (link.Type, link.Status.ExpectationChanged)));
        await storage.Links.SaveAsync(set[0] with { Note = "meanwhile" }, Token);
        Assert.Equal(3, await bulk.UndoAsync(Id, undo!, Token));

        var after = await LinksAsync(storage);
        Assert.Equal(before.Select(link => link.Type), after.Select(link => link.Type));
        Assert.All(
            before.Zip(after).Where(pair => pair.First.Type is null),
            pair => Assert.Equal(pair.First.Expectation, pair.Second.Expectation));
        Assert.Equal("meanwhile", after[0].Note);
    }

    [Fact]
    public async Task After_ten_minutes_and_in_another_project_there_is_no_way_back_and_the_next_act_forgets_it()
    {
        var storage = await StoredAsync();
        var links = await LinksAsync(storage);
        var bulk = Bulk(storage);
        var (_, undo) = await bulk.RunAsync(Id, Order(BulkAction.Mute, links), "key", () => true, Token);

        Assert.Null(await bulk.UndoAsync(new ProjectId("prj_b"), undo!, Token));
        Assert.Null(await bulk.UndoAsync(Id, "und_none", Token));
        _clock.Advance(UndoableBulk.Window);
        Assert.Null(await bulk.UndoAsync(Id, undo!, Token));
        await bulk.RunAsync(Id, Order(BulkAction.Mute, links), "key", () => true, Token);

        Assert.Null(await storage.Undo.FindAsync(Id, undo!, Token));
    }

    [Fact]
    public async Task One_link_alone_is_acted_on_when_it_is_there()
    {
        var storage = await StoredAsync();
        var link = (await LinksAsync(storage))[0];
        var bulk = Bulk(storage);

        Assert.Null(await bulk.RunOneAsync(Id, BulkAction.Mute, "lnk_none", "key", Token));
        Assert.Null(await bulk.RunOneAsync(new ProjectId("prj_b"), BulkAction.Mute, link.Id.Value, "key", Token));
        var undo = await bulk.RunOneAsync(Id, BulkAction.Delete, link.Id.Value, "key", Token);

        Assert.Equal(2, (await LinksAsync(storage)).Count);
        Assert.Equal(1, await bulk.UndoAsync(Id, undo!, Token));
        Assert.Equal(3, (await LinksAsync(storage)).Count);
    }

    [Fact]
    public async Task Stopped_before_or_after_any_call_of_an_act_or_of_its_undoing_both_can_be_repeated()
    {
        for (var call = 1; ; call++)
        {
            var hook = new CrashHook();
            foreach (var afterCall in new[] { false, true })
            {
                var storage = await StoredAsync();
                var before = await LinksAsync(storage);
                var order = Order(BulkAction.Delete, before);
                hook.Arm(call, afterCall);
                await Stopping(() => Bulk(storage.Through(hook)).RunAsync(Id, order, "key", () => true, Token));
                await UndoAllAsync(storage, storage.Through(hook));
                await UndoAllAsync(storage, storage);

                Assert.Equal(before.Select(Known), (await LinksAsync(storage)).Select(Known));
            }

            if (!hook.HasStopped)
                return;
        }
    }

    // Whatever acts are known, as somebody would who sees that one was not finished.
    private async Task UndoAllAsync(TestStorage storage, TestStorage through)
    {
        foreach (var row in await storage.RowsAsync(TableNames.Links, Id.Value, Token))
        {
            if (row.RowKey.StartsWith("undo:", StringComparison.Ordinal))
                await Stopping(() => Bulk(through).UndoAsync(Id, row.RowKey["undo:".Length..], Token));
        }
    }

    private static async Task Stopping(Func<Task> act)
    {
        if (await Record.ExceptionAsync(act) is { } e and not StoppedException and not AggregateException)
            Assert.Fail($"It died of something else: {e}");
    }

    private UndoableBulk Bulk(TestStorage storage)
    {
        var registry = new LinkRegistry(
            storage.Links, storage.Pages, null!, new TermSchedule(storage.AlertPlans, storage.Alerts, _clock), _clock);
        return new UndoableBulk(
            new LinkBulk(storage.Links, registry, storage.Types),
            storage.Links,
            storage.Pages,
            storage.Undo,
            registry,
            storage.Types,
            _clock);
    }

    private static BulkOrder Order(BulkAction action, IEnumerable<WatchedLink> links) =>
        new(action, [.. links.Select(link => link.Id.Value)], null);

    private static async Task<TestStorage> StoredAsync()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        WatchedLink[] links =
        [
            StorageSamples.FullLink(Id), StorageSamples.Link(Id, "https://a.example/") with { Muted = true },
            StorageSamples.Link(Id, "https://b.example/"),
        ];
        foreach (var link in links)
        {
            await storage.Pages.WatchAsync(link.Page, Id, link.Id, StorageSamples.Noon, Token);
            await storage.Links.RegisterAsync(link, Token);
        }

        return storage;
    }

    private static async Task<List<WatchedLink>> LinksAsync(TestStorage storage)
    {
        List<WatchedLink> links = [];
        await foreach (var link in storage.Links.ReadAllAsync(Id, LinkFilter.None, Token))
            links.Add(link);
        return links;
    }

    private static (LinkId, bool, DateTimeOffset?, string?, DateTimeOffset) Known(WatchedLink link) =>
        (link.Id, link.Muted, link.MutedUntil, link.Note, link.Status.Since);
}
