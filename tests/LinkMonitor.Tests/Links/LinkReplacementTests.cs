using LinkMonitor.Cases;
using LinkMonitor.Links;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Links;

/// <summary>
/// A link with another page keeps its past with the former one, can be undone, and its open case goes along (<see cref="CaseFollowing"/>).
/// </summary>
public sealed class LinkReplacementTests
{
    private static readonly ProjectId Id = new("prj_a");
    private static readonly Author Anna = new("aaaaaaaaaaaa", "Anna");
    private static readonly Author Ben = new("bbbbbbbbbbbb", "Ben");

    private readonly ManualTimeProvider _clock = new(StorageSamples.Noon);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_names_the_other_and_the_open_case_goes_along()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var (link, one) = await AddAsync(storage);

        var (successor, undo) = await ReplaceAsync(storage, link);

        Assert.Equal((link.Id, one.Id), (successor.Replaces, successor.CaseId));
        Assert.Null(await storage.Links.GetAsync(Id, link.Id, Token));
        var former = (await storage.Formers.FindAsync(Id, link.Id, Token))!;
        Assert.Equal((Anna, successor.Id, undo), (former.By, former.ReplacedBy, former.UndoId));
        var followed = (await storage.Cases.GetAsync(Id, one.Id, Token))!;
        Assert.Equal((successor.Id, successor.Page, true), (followed.LinkId, followed.Page, followed.IsOpen));
        var last = (await storage.Cases.ReadEntriesAsync(Id, one.Id, Token)).Items[^1];
        Assert.Equal((CaseEntryKind.Followed, Anna, successor.Page.Href), (last.Kind, last.By, last.Text));
    }

    [Fact]
    public async Task A_case_that_is_closed_stays_with_the_former()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var (link, one) = await AddAsync(storage);
        var closed = CaseRules.Edit(one, new CasePatch { Status = CaseStatus.WrittenOff }, Anna, StorageSamples.Noon);
        await storage.Cases.SaveAsync(closed, Token);

        var (successor, _) = await ReplaceAsync(storage, link);

        Assert.Null(successor.CaseId);
        Assert.Equal(link.Id, (await storage.Cases.GetAsync(Id, one.Id, Token))!.LinkId);
    }

    [Fact]
    public async Task It_is_undone_with_its_state_and_its_case()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var (link, one) = await AddAsync(storage);
        var (successor, undo) = await ReplaceAsync(storage, link);

        var undone = (await LinkActs.Of(storage, _clock).Bulk.UndoAsync(Id, undo, Ben, Token))!;

        Assert.Equal((1, 0, link.Id.Value), (undone.Done.Count, undone.Left.Count, undone.About));
        var back = (await storage.Links.GetAsync(Id, link.Id, Token))!;
        Assert.Equal((link.Status.Since, link.Status.State, one.Id), (back.Status.Since, back.Status.State, back.CaseId));
        Assert.Null(await storage.Links.GetAsync(Id, successor.Id, Token));
        Assert.Equal(link.Id, (await storage.Formers.FindAsync(Id, successor.Id, Token))!.ReplacedBy);
        Assert.Equal(link.Id, (await storage.Cases.GetAsync(Id, one.Id, Token))!.LinkId);
    }

    [Fact]
    public async Task It_is_not_undone_once_somebody_has_changed_the_successor_though_checks_may()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var (link, _) = await AddAsync(storage);
        var (successor, undo) = await ReplaceAsync(storage, link);
        var now = (await storage.Links.GetAsync(Id, successor.Id, Token))!;
        var seen = now with { Status = StorageSamples.FullLink(Id).Status };
        Assert.Equal(LinkContent.OfPeople(now), LinkContent.OfPeople(seen));
        await storage.Links.SaveAsync(now with { Note = "Written since." }, Token);

        var undone = (await LinkActs.Of(storage, _clock).Bulk.UndoAsync(Id, undo, Ben, Token))!;

        Assert.Equal((0, 1), (undone.Done.Count, undone.Left.Count));
        Assert.StartsWith("Nothing was undone. 1 link stays as now", undone.Words, StringComparison.Ordinal);
        Assert.Null(await storage.Links.GetAsync(Id, link.Id, Token));
        Assert.NotNull(await storage.Links.GetAsync(Id, successor.Id, Token));
    }

    [Fact]
    public async Task Stopped_before_or_after_any_call_the_replacement_and_its_undoing_can_be_repeated()
    {
        for (var call = 1; ; call++)
        {
            var hook = new CrashHook();
            foreach (var afterCall in new[] { false, true })
            {
                var storage = await MemoryStorage.Source.CreateAsync(Token);
                var (link, one) = await AddAsync(storage);
                hook.Arm(call, afterCall);
                await Record.ExceptionAsync(() => ReplaceAsync(storage.Through(hook), link));
                if (await storage.Links.GetAsync(Id, link.Id, Token) is { } left)
                    await ReplaceAsync(storage, left);
                var act = (await storage.Undo.ListAsync(Id, Token)).Items.First(act => act.Successor is not null);
                await Record.ExceptionAsync(() => LinkActs.Of(storage.Through(hook), _clock).Bulk.UndoAsync(Id, act.Id, Ben, Token));
                foreach (var known in (await storage.Undo.ListAsync(Id, Token)).Items)
                    await LinkActs.Of(storage, _clock).Bulk.UndoAsync(Id, known.Id, Ben, Token);

                Assert.Equal(link.Status.Since, (await storage.Links.GetAsync(Id, link.Id, Token))!.Status.Since);
                Assert.Null(await storage.Links.GetAsync(Id, act.Successor!.Value, Token));
                Assert.Equal(link.Id, (await storage.Cases.GetAsync(Id, one.Id, Token))!.LinkId);
            }

            if (!hook.HasStopped)
                return;
        }
    }

    private async Task<(WatchedLink Link, string UndoId)> ReplaceAsync(TestStorage storage, WatchedLink link)
    {
        var page = StorageSamples.Url("https://blog.example.net/moved");
        return (await LinkActs.Of(storage, _clock).Replacement.ReplaceAsync(
            link, link, (page, link.Expectation.Target, link.Expectation.Match), Anna, Token))!.Value;
    }

    private static async Task<(WatchedLink Link, LinkCase Case)> AddAsync(TestStorage storage)
    {
        var full = StorageSamples.FullLink(Id) with { Replaces = null };
        var one = CaseRules.Open(full, Anna, StorageSamples.Noon);
        await storage.Pages.WatchAsync(full.Page, Id, full.Id, StorageSamples.Noon, Token);
        await storage.Links.RegisterAsync(full with { CaseId = one.Case.Id }, Token);
        await storage.Cases.SaveAsync(one, Token);
        return ((await storage.Links.GetAsync(Id, full.Id, Token))!, (await storage.Cases.GetAsync(Id, one.Case.Id, Token))!);
    }
}
