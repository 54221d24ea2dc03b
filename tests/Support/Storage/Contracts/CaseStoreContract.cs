using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>What whoever works on cases relies on (<c>TableCaseStore</c>, <c>CaseFiltering</c>, <c>CaseIds</c>).</summary>
public abstract class CaseStoreContract
{
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private readonly IStorageSource _source;

    private protected CaseStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_comes_back_as_it_was_written_with_its_timeline_in_order()
    {
        var storage = await _source.CreateAsync(Token);
        var one = StorageSamples.Case(StorageSamples.Link(ProjectId.New()), Noon);

        await storage.Cases.SaveAsync(new CaseStep(one, [StorageSamples.Entry(1), StorageSamples.Entry(2)]), Token);
        var read = await storage.Cases.GetAsync(one.ProjectId, one.Id, Token);

        Assert.Equivalent(one, read! with { ETag = null }, strict: true);
        Assert.Equivalent(
            new[] { StorageSamples.Entry(1), StorageSamples.Entry(2) },
            (await storage.Cases.ReadEntriesAsync(one.ProjectId, one.Id, Token)).Items, strict: true);
    }

    [Fact]
    public async Task A_kept_case_is_the_one_that_is_stored_while_it_has_its_version()
    {
        var storage = await _source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.FullLink(ProjectId.New()), Token)).Link;
        var opened = StorageSamples.Case(link, Noon);
        var judged = new JudgedWrite(
            link with { CaseId = opened.Id }, StorageSamples.Change(link, Noon), new CaseStep(opened, [StorageSamples.Entry(1)]));
        var saved = Assert.Single(await storage.Links.SaveAllAsync(link.ProjectId, [judged], Token))!.Value;
        var written = judged.Link with { ETag = saved.Version };

        var kept = LinkKeeping.Keep(written, opened with { ETag = saved.CaseVersion })!;

        Assert.Equivalent(await storage.Cases.GetAsync(link.ProjectId, opened.Id, Token), LinkKeeping.FindCase(kept), strict: true);
        Assert.Null(LinkKeeping.FindCase(kept with { Case = kept.Case! with { Row = "{}" } }));
        Assert.Null(LinkKeeping.Keep(written, opened)!.Case);
        Assert.Null(LinkKeeping.Keep(written with { CaseId = null }, opened with { ETag = saved.CaseVersion })!.Case);
    }

    [Fact]
    public async Task Cases_are_found_by_their_ids_wherever_they_are_among_others()
    {
        var storage = await _source.CreateAsync(Token);
        var project = ProjectId.New();
        List<LinkCase> all =
        [
            .. Enumerable.Range(0, 30).Select(
                number => StorageSamples.Case(
                    StorageSamples.Link(project, "https://blog.example.net/post", $"https://example.com/{number}"),
                    Noon.AddDays(number / 10))),
        ];
        foreach (var one in all)
            await storage.Cases.SaveAsync(new CaseStep(one, []), Token);

        await AssertFoundAsync(all[..10]);
        await AssertFoundAsync([all[0], all[29]]);
        await AssertFoundAsync([all[5]]);
        await AssertFoundAsync([]);

        async Task AssertFoundAsync(List<LinkCase> wanted)
        {
            var gone = CaseIds.For(project, new LinkId("lnk_gone"), Noon);
            var found = await storage.Cases.FindAllAsync(project, [.. wanted.Select(one => one.Id), gone], Token);
            Assert.Equal(wanted.Select(one => one.Id).Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Of_two_who_write_the_same_version_one_is_refused_and_its_entry_is_not_there()
    {
        var storage = await _source.CreateAsync(Token);
        var one = StorageSamples.Case(StorageSamples.Link(ProjectId.New()), Noon);
        await storage.Cases.SaveAsync(new CaseStep(one, []), Token);
        var read = (await storage.Cases.GetAsync(one.ProjectId, one.Id, Token))!;

        var first = await storage.Cases.SaveAsync(new CaseStep(read with { Changes = 8 }, [StorageSamples.Entry(1)]), Token);
        var second = await storage.Cases.SaveAsync(new CaseStep(read with { Changes = 9 }, [StorageSamples.Entry(2)]), Token);
        var gone = read with { Id = CaseIds.For(one.ProjectId, one.LinkId, Noon.AddDays(1)) };
        var missing = await storage.Cases.SaveAsync(new CaseStep(gone, []), Token);

        Assert.Equal((SaveOutcome.Saved, SaveOutcome.Conflict, SaveOutcome.Missing), (first, second, missing));
        Assert.Equal(1, Assert.Single((await storage.Cases.ReadEntriesAsync(one.ProjectId, one.Id, Token)).Items).Number);
    }

    [Fact]
    public async Task Cases_are_listed_the_newest_first_and_by_what_is_asked_of_them()
    {
        var storage = await _source.CreateAsync(Token);
        var link = StorageSamples.Link(ProjectId.New());
        var old = StorageSamples.Case(link, Noon);
        var young = StorageSamples.Case(link, Noon.AddDays(1)) with
        {
            Status = CaseStatus.Open,
            ClosedAt = null,
            ClosedBy = null,
            Owner = null,
            Due = null,
            Promised = null,
        };
        foreach (var one in new[] { old, young })
            await storage.Cases.SaveAsync(new CaseStep(one, [StorageSamples.Entry(1)]), Token);

        Assert.Equal([young.Id, old.Id], await FindAsync(CaseFilter.None));
        Assert.Equal([young.Id], await FindAsync(new CaseFilter { Status = CaseStatus.Open }));
        Assert.Equal([young.Id], await FindAsync(new CaseFilter { IsOpen = true }));
        Assert.Equal([young.Id], await FindAsync(new CaseFilter { IsUnowned = true }));
        Assert.Equal([old.Id], await FindAsync(new CaseFilter { Owner = old.Owner!.Id }));
        Assert.Equal([old.Id], await FindAsync(new CaseFilter { DueBy = old.Due }));
        Assert.Empty(await FindAsync(new CaseFilter { DueBy = new DateOnly(2020, 1, 1) }));
        Assert.Equal([young.Id, old.Id], await FindAsync(new CaseFilter { Link = link.Id }));
        Assert.Empty(await FindAsync(new CaseFilter { Link = new LinkId("lnk_x") }));

        async Task<IEnumerable<string>> FindAsync(CaseFilter filter) =>
            (await storage.Cases.ReadSlicesAsync(link.ProjectId, filter, Token).ToListAsync(Token)).SelectMany(slice => slice.Items).Select(
                one => one.Id);
    }

    [Fact]
    public async Task A_change_and_its_case_are_written_whole_or_not_at_all_wherever_the_program_dies()
    {
        var storage = await _source.CreateAsync(Token);

        var calls = await Crashes.AtEveryCallAsync(
            storage,
            async () => (await storage.Links.RegisterAsync(StorageSamples.Link(ProjectId.New()), Token)).Link,
            (died, link) => SaveLostAsync(died, link),
            async link => Assert.Contains(await CountAsync(storage, link), new[] { 1, 6 }),
            async link => Assert.Equal(6, await CountAsync(storage, link)));

        Assert.True(calls >= 1);
    }

    [Fact]
    public async Task A_check_with_a_case_whose_answer_was_lost_is_saved_once()
    {
        var storage = await _source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(ProjectId.New()), Token)).Link;
        var lossy = storage.Losing(out var lost);

        var saved = await SaveLostAsync(lossy, link);
        var again = await SaveLostAsync(storage, link);

        Assert.True(lost() > 0);
        Assert.Equal((SaveOutcome.Saved, SaveOutcome.Conflict), (saved, again));
        Assert.Equal(6, await CountAsync(storage, link));
    }

    [Fact]
    public async Task A_check_is_refused_when_somebody_wrote_its_case_meanwhile()
    {
        var storage = await _source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(ProjectId.New()), Token)).Link;
        await SaveLostAsync(storage, link);
        link = (await storage.Links.GetAsync(link.ProjectId, link.Id, Token))!;
        var read = (await storage.Cases.GetAsync(link.ProjectId, link.CaseId!, Token))!;
        await storage.Cases.SaveAsync(new CaseStep(read with { Changes = 5 }, []), Token);

        var refused = await storage.Links.SaveCheckAsync(
            link, StorageSamples.Change(link, Noon.AddDays(1)), new CaseStep(read with { Changes = 6 }, []), Token);

        Assert.Equal(SaveOutcome.Conflict, refused);
        Assert.Equal(5, (await storage.Cases.GetAsync(link.ProjectId, link.CaseId!, Token))!.Changes);
    }

    private static Task<SaveOutcome> SaveLostAsync(TestStorage storage, WatchedLink link)
    {
        var one = StorageSamples.Case(link, Noon);
        return storage.Links.SaveCheckAsync(
            link with { CaseId = one.Id }, StorageSamples.Change(link, Noon), new CaseStep(one, [StorageSamples.Entry(1)]), Token);
    }

    // The link; then its change, history and outbox, its case and the entry.
    private static async Task<int> CountAsync(TestStorage storage, WatchedLink link) =>
        (await storage.RowsAsync(TableNames.Links, link.ProjectId.Value, Token)).Count;
}
