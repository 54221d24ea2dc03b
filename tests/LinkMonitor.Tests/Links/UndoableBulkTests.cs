using LinkMonitor.Cases;
using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Links;

public sealed class UndoableBulkTests
{
    private static readonly ProjectId Id = new("prj_a");

    private static readonly Author Anna = new("aaaaaaaaaaaa", "Anna");

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

        var (result, undo) = await bulk.RunAsync(Id, Order(action, before), Anna, () => true, Token);
        Assert.Equal(3, result.Done);
        Assert.NotEqual(before.Select(Known), (await LinksAsync(storage)).Select(Known));
        _clock.Advance(Undoable.Window - TimeSpan.FromTicks(1));

        Assert.Equal((3, 0), Counts(await bulk.UndoAsync(Id, undo!, Anna, Token)));
        Assert.Equal(before.Select(Known), (await LinksAsync(storage)).Select(Known));
        Assert.Null(await bulk.UndoAsync(Id, undo!, Anna, Token));
        Assert.DoesNotContain(
            await storage.RowsAsync(TableNames.Links, Id.Value, Token), row => row.RowKey.StartsWith("undo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_type_that_was_set_is_taken_back_with_what_it_expects_and_nothing_else()
    {
        var storage = await StoredAsync();
        var before = await LinksAsync(storage);
        var bulk = Bulk(storage);

        var (_, undo) = await bulk.RunAsync(Id, Order(BulkAction.SetType, before) with { Type = "guest-post" }, Anna, () => true, Token);
        var set = await LinksAsync(storage);
        Assert.All(set, link => Assert.Equal(("guest-post", true), (link.Type, link.Status.ExpectationChanged)));
        await storage.Links.SaveAsync(set[0] with { Note = "meanwhile" }, Token);
        await LinkActs.Of(storage, _clock).Registry.EditAsync(Id, set[2].Id, link => link with { Type = "forum" }, Token);
        Assert.Equal((2, 1), Counts(await bulk.UndoAsync(Id, undo!, Anna, Token)));

        var after = await LinksAsync(storage);
        Assert.Equal([before[0].Type, before[1].Type, "forum"], after.Select(link => link.Type));
        Assert.All(
            before.Zip(after).Take(2).Where(pair => pair.First.Type is null),
            pair => Assert.Equal(pair.First.Expectation, pair.Second.Expectation));
        Assert.Equal("meanwhile", after[0].Note);
    }

    [Fact]
    public async Task After_ten_minutes_and_in_another_project_there_is_no_way_back_and_the_next_act_forgets_it()
    {
        var storage = await StoredAsync();
        var links = await LinksAsync(storage);
        var bulk = Bulk(storage);
        var (_, undo) = await bulk.RunAsync(Id, Order(BulkAction.Mute, links), Anna, () => true, Token);

        Assert.Null(await bulk.UndoAsync(new ProjectId("prj_b"), undo!, Anna, Token));
        Assert.Null(await bulk.UndoAsync(Id, "und_none", Anna, Token));
        _clock.Advance(Undoable.Window);
        Assert.Null(await bulk.UndoAsync(Id, undo!, Anna, Token));
        await bulk.RunAsync(Id, Order(BulkAction.Mute, links), Anna, () => true, Token);

        Assert.Null(await storage.Undo.FindAsync(Id, undo!, Token));
    }

    [Fact]
    public async Task One_link_alone_is_acted_on_when_it_is_there()
    {
        var storage = await StoredAsync();
        var link = (await LinksAsync(storage))[0];
        var bulk = Bulk(storage);

        Assert.Null(await bulk.RunOneAsync(Id, BulkAction.Mute, "lnk_none", Anna, Token));
        Assert.Null(await bulk.RunOneAsync(new ProjectId("prj_b"), BulkAction.Mute, link.Id.Value, Anna, Token));
        var undo = await bulk.RunOneAsync(Id, BulkAction.Delete, link.Id.Value, Anna, Token);

        Assert.Equal(2, (await LinksAsync(storage)).Count);
        Assert.Equal((1, 0), Counts(await bulk.UndoAsync(Id, undo!.UndoId!, Anna, Token)));
        Assert.Equal(3, (await LinksAsync(storage)).Count);
    }

    [Fact]
    public async Task What_somebody_has_written_since_is_left_and_told()
    {
        var storage = await StoredAsync();
        var before = await LinksAsync(storage);
        var bulk = Bulk(storage);
        var (_, muting) = await bulk.RunAsync(Id, Order(BulkAction.Mute, before), Anna, () => true, Token);
        var since = before[0].Id;
        await LinkActs.Of(storage, _clock).Registry.EditAsync(
            Id, since, link => link with { MutedUntil = StorageSamples.Noon.AddDays(3) }, Token);

        var unmuted = (await bulk.UndoAsync(Id, muting!, Anna, Token))!;

        Assert.Equal((2, 1), Counts(unmuted));
        Assert.Equal(since, Assert.Single(unmuted.Left).Id);
        Assert.Contains($"because somebody has written it since: {before[0].Page}.", unmuted.Words, StringComparison.Ordinal);
        Assert.Equal(StorageSamples.Noon.AddDays(3), (await storage.Links.GetAsync(Id, since, Token))!.MutedUntil);

        var (_, deleting) = await bulk.RunAsync(Id, Order(BulkAction.Delete, before), Anna, () => true, Token);
        var anew = StorageSamples.Link(Id, "https://b.example/") with { CreatedAt = StorageSamples.Noon.AddMinutes(1), Note = "Anew." };
        await storage.Links.RegisterAsync(anew, Token);

        var back = (await bulk.UndoAsync(Id, deleting!, Anna, Token))!;

        Assert.Equal((2, 1), Counts(back));
        Assert.Equal("Anew.", (await storage.Links.GetAsync(Id, anew.Id, Token))!.Note);
        Assert.StartsWith("Undone: 2 links are as before. 1 link stays as now", back.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_act_again_writes_nothing_and_leaves_the_first_one_to_be_undone()
    {
        var storage = await StoredAsync();
        var bulk = Bulk(storage);
        await bulk.RunAsync(Id, Order(BulkAction.Unmute, await LinksAsync(storage)), Anna, () => true, Token);
        var before = await LinksAsync(storage);
        var (_, first) = await bulk.RunAsync(Id, Order(BulkAction.Mute, before), Anna, () => true, Token);
        var muted = await LinksAsync(storage);

        var (same, none) = await bulk.RunAsync(Id, Order(BulkAction.Mute, before), Anna, () => true, Token);

        Assert.Equal((3, (string?)null), (same.Done, none));
        Assert.Equal(muted.Select(link => link.ETag), (await LinksAsync(storage)).Select(link => link.ETag));
        Assert.Equal((3, 0), Counts(await bulk.UndoAsync(Id, first!, Anna, Token)));
        Assert.All(await LinksAsync(storage), link => Assert.False(link.Muted));
    }

    [Fact]
    public async Task What_somebody_has_said_of_a_link_since_is_not_undone_with_the_first_act()
    {
        var storage = await StoredAsync();
        var bulk = Bulk(storage);
        await bulk.RunAsync(Id, Order(BulkAction.Unmute, await LinksAsync(storage)), Anna, () => true, Token);
        var before = await LinksAsync(storage);
        Author ben = new("bbbbbbbbbbbb", "Ben");
        var (_, first) = await bulk.RunAsync(Id, Order(BulkAction.Mute, before), Anna, () => true, Token);

        // The same again, once with an unmuting between, and once for the link alone.
        await bulk.RunAsync(Id, Order(BulkAction.Unmute, before[1..2]), ben, () => true, Token);
        var (_, again) = await bulk.RunAsync(Id, Order(BulkAction.Mute, before[1..2]), ben, () => true, Token);
        var until = (await storage.Links.GetAsync(Id, before[2].Id, Token))!.MutedUntil;
        var parts = new LinkParts { Types = ProjectTypes.BuiltIn, Muted = true, MutedUntil = until };
        var patched = await LinkActs.Of(storage, _clock).Registry.EditAsync(Id, before[2].Id, parts.ApplyTo, Token);
        var undone = (await bulk.UndoAsync(Id, first!, Anna, Token))!;

        Assert.True(LinkAspect.Mute.AreSame(patched!.Value.Was, patched.Value.Link));
        Assert.Equal((1, 2), Counts(undone));
        Assert.Equal([false, true, true], (await LinksAsync(storage)).Select(link => link.Muted));
        Assert.Equal((1, 0), Counts(await bulk.UndoAsync(Id, again!, ben, Token)));
        Assert.False((await storage.Links.GetAsync(Id, before[1].Id, Token))!.Muted);
    }

    [Fact]
    public async Task An_act_that_changes_nothing_cannot_be_undone_and_one_of_a_single_link_names_it()
    {
        var storage = await StoredAsync();
        var link = (await LinksAsync(storage)).First(one => !one.Muted);
        var bulk = Bulk(storage);

        var nothing = await bulk.RunOneAsync(Id, BulkAction.Unmute, link.Id.Value, Anna, Token);
        Assert.Equal((1, null, null), (nothing!.Done, nothing.UndoId, nothing.Note()));
        Assert.Empty((await storage.Undo.ListAsync(Id, Token)).Items);
        await bulk.RunAsync(Id, Order(BulkAction.Mute, [link]), Anna, () => true, Token);

        Assert.Equal($"Muted the link on {link.Page}", Assert.Single((await storage.Undo.ListAsync(Id, Token)).Items).What);
    }

    [Fact]
    public async Task Who_deleted_a_link_stays_known()
    {
        var storage = await StoredAsync();
        var link = (await LinksAsync(storage))[0];

        var undo = (await Bulk(storage).RunOneAsync(Id, BulkAction.Delete, link.Id.Value, Anna, Token))!.UndoId!;

        Assert.Equal(
            new FormerLink(
                Id, link.Id, link.Page.Href, link.Expectation.Target.Href, StorageSamples.Noon, Anna, null, link.Replaces, undo),
            await storage.Formers.FindAsync(Id, link.Id, Token));
        Assert.Equal(Anna, Assert.Single((await storage.Undo.ListAsync(Id, Token)).Items).By);
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
                await Stopping(() => Bulk(storage.Through(hook)).RunAsync(Id, order, Anna, () => true, Token));
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
                await Stopping(() => Bulk(through).UndoAsync(Id, row.RowKey["undo:".Length..], Anna, Token));
        }
    }

    private static async Task Stopping(Func<Task> act)
    {
        if (await Record.ExceptionAsync(act) is { } e and not StoppedException and not AggregateException)
            Assert.Fail($"It died of something else: {e}");
    }

    private UndoableBulk Bulk(TestStorage storage) => LinkActs.Of(storage, _clock).Bulk;

    private static (int Done, int Left) Counts(UndoOutcome? outcome) => (outcome!.Done.Count, outcome.Left.Count);

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

/// <summary>All that acts on links, over one storage.</summary>
internal sealed record LinkActs(LinkRegistry Registry, LinkReplacement Replacement, UndoableBulk Bulk, ManyLinks Many)
{
    public static LinkActs Of(TestStorage storage, TimeProvider clock)
    {
        var terms = new TermSchedule(storage.AlertPlans, storage.Alerts, clock);
        var registry = new LinkRegistry(storage.Links, storage.Formers, storage.Pages, null!, terms, clock);
        var replacement = new LinkReplacement(
            storage.Links, storage.Pages, storage.Undo, terms, registry, new CaseFollowing(storage.Cases, clock), clock);
        var bulk = new UndoableBulk(
            new LinkBulk(storage.Links, registry, storage.Types), storage.Links, storage.Pages, storage.Undo, registry, replacement,
            storage.Types, clock);
        return new LinkActs(
            registry, replacement, bulk, new ManyLinks(registry, storage.Links, storage.LinkFacts, storage.Pages, terms, clock));
    }
}
