using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class UndoStoreContract
{
    private static readonly ProjectId Id = new("prj_a");
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private readonly IStorageSource _source;

    private protected UndoStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_is_kept_as_it_was_though_it_changes_and_goes()
    {
        var storage = await _source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.FullLink(Id), Token)).Link;
        var act = Act();

        await storage.Undo.BeginAsync(act, Token);
        await storage.Undo.KeepAsync(act, link.Id, Token);
        await storage.Links.SaveAsync(link with { Note = "Another." }, Token);
        await storage.Undo.KeepAsync(act, link.Id, Token);

        var kept = Assert.Single(await ReadAsync(storage, act));
        Assert.Equal((link.Id, link.Note), (kept.Id, kept.Note));
        Assert.Equal(link.Status.LastEvidence?.Snippet, kept.Status.LastEvidence?.Snippet);
        Assert.Equal(act, await storage.Undo.FindAsync(Id, act.Id, Token));
    }

    [Fact]
    public async Task A_link_that_is_not_there_and_an_act_that_is_not_there_are_nothing()
    {
        var storage = await _source.CreateAsync(Token);
        var act = Act();
        await storage.Undo.BeginAsync(act, Token);

        await storage.Undo.KeepAsync(act, StorageSamples.Link(Id).Id, Token);

        Assert.Empty(await ReadAsync(storage, act));
        Assert.Null(await storage.Undo.FindAsync(Id, UndoIds.New(), Token));
        Assert.Null(await storage.Undo.FindAsync(new ProjectId("prj_b"), act.Id, Token));
    }

    [Fact]
    public async Task Forgetting_takes_the_act_and_its_links_and_no_other()
    {
        var storage = await _source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(Id), Token)).Link;
        Undoable[] acts = [Act(), Act()];
        foreach (var act in acts)
        {
            await storage.Undo.BeginAsync(act, Token);
            await storage.Undo.KeepAsync(act, link.Id, Token);
        }

        Assert.True(await storage.Undo.ForgetAsync(acts[0], Token));
        Assert.True(await storage.Undo.ForgetAsync(acts[0], Token));

        Assert.Null(await storage.Undo.FindAsync(Id, acts[0].Id, Token));
        Assert.Empty(await ReadAsync(storage, acts[0]));
        Assert.Single(await ReadAsync(storage, acts[1]));
        Assert.NotNull(await storage.Links.GetAsync(Id, link.Id, Token));
    }

    [Fact]
    public async Task The_acts_of_a_project_are_listed_the_newest_first_with_all_that_is_known_of_them()
    {
        var storage = await _source.CreateAsync(Token);
        var (old, young) = (Act() with { Until = Noon }, Act() with { Until = Noon.AddTicks(1) });
        young = young with { Act = "replace", Successor = new LinkId("lnk_b"), Made = "00ff" };
        await storage.Undo.BeginAsync(old, Token);
        await storage.Undo.BeginAsync(young, Token);

        Assert.Equal([young, old], (await storage.Undo.ListAsync(Id, Token)).Items);
        Assert.Empty((await storage.Undo.ListAsync(new ProjectId("prj_b"), Token)).Items);
    }

    [Fact]
    public async Task What_is_left_of_a_link_is_kept_beside_the_others()
    {
        var storage = await _source.CreateAsync(Token);
        var by = Act().By;
        var link = new FormerLink(Id, new LinkId("lnk_a"), "https://a.example/", "https://b.example/", Noon, by, null, null, null);
        var replaced = link with { ReplacedBy = new LinkId("lnk_b"), Replaces = new LinkId("lnk_c"), UndoId = UndoIds.New() };

        await storage.Formers.PutAsync(link, Token);
        Assert.Equal(link, await storage.Formers.FindAsync(Id, link.Id, Token));
        await storage.Formers.PutAsync(replaced, Token);

        Assert.Equal(replaced, await storage.Formers.FindAsync(Id, link.Id, Token));
        Assert.Null(await storage.Formers.FindAsync(new ProjectId("prj_b"), link.Id, Token));
    }

    [Fact]
    public async Task Former_answers_are_read_the_newest_first_and_as_many_as_are_wanted()
    {
        var storage = await _source.CreateAsync(Token);
        var (link, by) = (new LinkId("lnk_a"), Act().By);
        var answer = StorageSamples.FullLink(Id).Answer!;
        FormerAnswer[] kept =
            [
                new(answer, Noon.AddDays(2), by, true), new(answer with { Proof = null }, Noon.AddDays(1), by, false),
                new(answer, Noon, by, false),
            ];
        foreach (var one in kept.Reverse().Append(kept[0]))
            await storage.Answers.PutAsync(Id, link, one, Token);
        await storage.Answers.PutAsync(Id, new LinkId("lnk_b"), kept[0], Token);

        Assert.Equivalent(kept, (await storage.Answers.ListAsync(Id, link, 10, Token)).Items, strict: true);
        Assert.Equivalent(kept[..2], (await storage.Answers.ListAsync(Id, link, 2, Token)).Items, strict: true);
        await storage.Answers.RemoveAsync(Id, link, kept[1], Token);
        Assert.Equal(2, (await storage.Answers.ListAsync(Id, link, 10, Token)).Count);
    }

    [Fact]
    public async Task Kept_links_are_no_links_of_any_list()
    {
        var storage = await _source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(Id), Token)).Link;
        var act = Act();
        await storage.Undo.BeginAsync(act, Token);
        await storage.Undo.KeepAsync(act, link.Id, Token);

        List<LinkId> listed = [];
        await foreach (var one in storage.Links.ReadAllAsync(Id, LinkFilter.None, Token))
            listed.Add(one.Id);

        Assert.Equal(link.Id, Assert.Single(listed));
        Assert.Equal(
            2,
            (await storage.RowsAsync(TableNames.Links, Id.Value, Token)).Count(
                row => row.RowKey.StartsWith("undo", StringComparison.Ordinal)));
    }

    private static Undoable Act() => StorageSamples.Act(Id, UndoIds.New(), Noon.AddMinutes(10));

    private static async Task<List<WatchedLink>> ReadAsync(TestStorage storage, Undoable act)
    {
        List<WatchedLink> links = [];
        await foreach (var link in storage.Undo.ReadAsync(act, Token))
            links.Add(link.Item!);
        return links;
    }
}
