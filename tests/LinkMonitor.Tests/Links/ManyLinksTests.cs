using System.Globalization;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Tests.Snapshots;

namespace LinkMonitor.Tests.Links;

/// <summary>
/// Many links at a time, also with terms (<see cref="TermSchedule"/>): the same rows as one by one, for a fraction of the calls, whoever
/// else is at work.
/// </summary>
public sealed class ManyLinksTests
{
    private const int Count = 200;

    private static readonly ProjectId Id = new("prj_a");

    private readonly ManualTimeProvider _time = new(StorageSamples.Noon);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_links_are_stored_as_one_by_one_with_a_fraction_of_the_calls()
    {
        var (one, many) = (await MemoryStorage.Source.CreateAsync(Stop), await MemoryStorage.Source.CreateAsync(Stop));
        var (ofOne, ofMany) = (new CountHook(), new CountHook());
        foreach (var draft in Drafts())
            await LinkActs.Of(one.Through(ofOne), _time).Registry.RegisterAsync(StorageSamples.Project(Id), draft, Stop);

        var registered = await Many(many.Through(ofMany)).RegisterAsync(StorageSamples.Project(Id), [.. Drafts()], Stop);

        Assert.Equal(Count, registered.Select(link => link.Id).Distinct().Count());
        // Beside what one by one is written the links are kept with their pages, for the first checks.
        var kept = (await KeysAsync(many)).Where(key => key.EndsWith("-links", StringComparison.Ordinal)).ToList();
        var added = (await KeysAsync(one)).Where(key => key.EndsWith("-added", StringComparison.Ordinal));
        Assert.Equal((await KeysAsync(one)).Except(added), (await KeysAsync(many)).Except(kept, StringComparer.Ordinal));
        Assert.Equal(registered.Select(link => link.PageKey).Distinct().Count(), kept.Count);
        Assert.True(ofMany.Total * 4 < ofOne.Total, $"{ofMany.Total} calls, {ofOne.Total} one by one.");
    }

    [Fact]
    public async Task Only_links_on_pages_that_nobody_watches_are_new_a_hundred_on_one_page_as_well()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var project = StorageSamples.Project(Id);
        var drafts = Drafts().ToList();
        var misfit = Paid(drafts[5], new TermsParts { Start = Day, End = Day.AddDays(-1) });
        await Many(storage).RegisterAsync(project, [drafts[0]], Stop);
        var page = StorageSamples.Url("https://one.example/");
        var count = new CountHook();

        var added = await Many(storage.Through(count)).RegisterNewAsync(
            project,
            [
                misfit, drafts[1] with { Page = drafts[0].Page },
                .. drafts.Skip(10).Take(90).Select(draft => draft with { Page = page }),
            ],
            Stop);

        Assert.Equal(90, added.Count);
        Assert.All(added.Values, link => Assert.Equal((page, true), (link.Page, link.ETag is not null)));
        Assert.Equal(91, (await storage.Links.ReadAllAsync(Id, LinkFilter.None, Stop).ToListAsync(Stop)).Count);
        Assert.InRange(count.Total, 1, 20);
    }

    [Fact]
    public async Task Links_with_terms_are_stored_as_one_by_one_with_a_fraction_of_the_calls_and_their_terms_are_looked_at_as_soon()
    {
        var (one, many) = (await MemoryStorage.Source.CreateAsync(Stop), await MemoryStorage.Source.CreateAsync(Stop));
        var (ofOne, ofMany) = (new CountHook(), new CountHook());
        foreach (var draft in Ending())
            await LinkActs.Of(one.Through(ofOne), _time).Registry.RegisterAsync(StorageSamples.Project(Id), draft, Stop);

        var registered = await Many(many.Through(ofMany)).RegisterAsync(StorageSamples.Project(Id), [.. Ending()], Stop);

        Assert.Equal(Count, registered.Select(link => link.Id).Distinct().Count());
        Assert.Equal(await AlertKeysAsync(one), await AlertKeysAsync(many));
        Assert.Equal(await TermsAsync(one), await TermsAsync(many));
        Assert.True(ofMany.Total * 4 < ofOne.Total, $"{ofMany.Total} calls, {ofOne.Total} one by one.");
    }

    [Fact]
    public async Task Terms_without_an_end_have_nothing_to_be_looked_at()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);

        await Many(storage).RegisterAsync(
            StorageSamples.Project(Id), [.. Drafts().Select(draft => Paid(draft, new TermsParts { Vendor = "V" }))], Stop);

        Assert.Empty(await AlertKeysAsync(storage));
        Assert.All(await TermsAsync(storage), link => Assert.Equal("V", link.Terms?.Vendor));
    }

    /// <summary>Killed anywhere and begun again: each link is there once, watched, and none has an end that nobody looks at.</summary>
    [Fact]
    public async Task Registering_links_with_terms_dies_at_any_call_and_comes_again()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var round = 0;

        // Pages that nobody watches yet, each time.
        var calls = await Crashes.AtEveryCallAsync(
            storage,
            () => Task.FromResult(Ending().Take(6).Select((draft, row) => draft with
            {
                Page = StorageSamples.Url(string.Create(CultureInfo.InvariantCulture, $"https://round{round++ / 6}.example/{row}")),
            }).ToList()),
            (through, drafts) => Many(through).RegisterAsync(StorageSamples.Project(Id), drafts, Stop),
            _ => AssertLookedAtAsync(storage),
            async drafts =>
            {
                await AssertLookedAtAsync(storage);
                var known = (await TermsAsync(storage)).Select(link => link.Id).ToHashSet();
                Assert.All(drafts, draft => Assert.Contains(draft.Id, known));
            });

        Assert.InRange(calls, 5, 60);
    }

    [Fact]
    public async Task A_link_whose_row_cannot_be_read_stays_as_it_is_also_when_its_page_is_gone()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var drafts = Drafts().Take(3).ToList();
        var first = await Many(storage).RegisterAsync(StorageSamples.Project(Id), drafts, Stop);
        var broken = first.Single(link => link.Page == drafts[1].Page);
        await SnapshotLab.DamageAsync(storage, Id, broken.Id);
        await storage.Pages.UnwatchAsync(broken.PageKey, Id, broken.Id, Stop);
        await storage.Pages.RemoveAsync((await storage.Pages.GetAsync(broken.PageKey, Stop))!, Stop);

        var again = await Many(storage).RegisterAsync(StorageSamples.Project(Id), drafts, Stop);

        Assert.Equal(first.Select(link => link.Id).Except([broken.Id]).ToHashSet(), again.Select(link => link.Id).ToHashSet());
        await Assert.ThrowsAsync<UnreadableRowException>(() => storage.Links.GetAsync(Id, broken.Id, Stop));
    }

    [Fact]
    public async Task Links_that_are_there_stay_and_their_pages_keep_their_turn()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var first = await Many(storage).RegisterAsync(StorageSamples.Project(Id), [.. Drafts("imp_1").Take(10)], Stop);
        _time.Advance(TimeSpan.FromHours(1));

        var again = await Many(storage).RegisterAsync(StorageSamples.Project(Id), [.. Drafts("imp_2")], Stop);

        Assert.Equal(10, again.Count(link => link.ImportId == "imp_1"));
        foreach (var link in first)
            Assert.Equal(StorageSamples.Noon, (await storage.Pages.GetAsync(link.PageKey, Stop))!.DueAt);
    }

    /// <summary>What is known and no news costs one read at most, and no write; what a tool says anew comes in transactions.</summary>
    [Theory]
    [InlineData(0, 1.5, 0)]
    [InlineData(1, 1.6, 8)]
    public async Task Known_links_cost_a_read_each_and_are_written_only_when_there_is_news(int days, double mostEach, int transactions)
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        await Many(storage).RegisterAsync(StorageSamples.Project(Id), [.. Noted("imp_1", 0)], Stop);
        var before = await KeysAsync(storage);
        var count = new CountHook();

        var again = await Many(storage.Through(count)).RegisterAsync(StorageSamples.Project(Id), [.. Noted("imp_2", days)], Stop);

        Assert.Equal(Count, again.Select(link => link.Id).Distinct().Count());
        Assert.InRange(count.Total, 1, (int)(Count * mostEach));
        Assert.Equal(transactions, count.Of("Links", "SubmitAsync"));
        Assert.Equal(0, count.Of("Pages", "PutAsync"));
        Assert.Equal(before, await KeysAsync(storage));
        Assert.All(
            await storage.Links.ReadAllAsync(Id, LinkFilter.None, Stop).ToListAsync(Stop),
            link => Assert.Equal(Day.AddDays(days), Assert.Single(link.VendorNotes).Date));
    }

    /// <summary>Whatever happens between reading a link and noting what a tool says of it: the note is there, and the edit stays.</summary>
    [Fact]
    public async Task A_link_that_somebody_edits_meanwhile_keeps_the_edit_and_gets_the_note()
    {
        for (var call = 1; ; call++)
        {
            var storage = await MemoryStorage.Source.CreateAsync(Stop);
            var drafts = Noted("imp_2", 1).Take(3).ToList();
            await Many(storage).RegisterAsync(StorageSamples.Project(Id), [.. Noted("imp_1", 0).Take(3)], Stop);
            var id = LinkIdFactory.For(drafts[1].Page, drafts[1].Target, drafts[1].Match);
            var hook = new InterleaveHook(call, () => LinkActs.Of(storage, _time).Registry.EditAsync(
                Id, id, link => link with { Note = "mine" }, Stop));

            await Many(storage.Through(hook)).RegisterAsync(StorageSamples.Project(Id), drafts, Stop);

            if (!hook.HasActed)
                return;
            var link = await storage.Links.GetAsync(Id, id, Stop);
            Assert.Equal(("mine", Day.AddDays(1)), (link!.Note, Assert.Single(link.VendorNotes).Date));
        }
    }

    [Fact]
    public async Task New_links_beside_known_ones_go_in_transactions_all_the_same()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        await Many(storage).RegisterAsync(StorageSamples.Project(Id), [.. Drafts().Where((_, row) => row % 20 < 2)], Stop);
        var count = new CountHook();

        var registered = await Many(storage.Through(count)).RegisterAsync(StorageSamples.Project(Id), [.. Drafts()], Stop);

        Assert.Equal(Count, registered.Select(link => link.Id).Distinct().Count());
        Assert.InRange(count.Total, 1, Count * 4);
        Assert.Equal(Count, (await storage.Links.ReadAllAsync(Id, LinkFilter.None, Stop).ToListAsync(Stop)).Count);
    }

    /// <summary>
    /// At any call somebody registers one of the links, or registers and deletes it: what is there at the end is watched.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_comes_between_leaves_no_link_without_its_watch(bool deletes)
    {
        for (var call = 1; ; call++)
        {
            var storage = await MemoryStorage.Source.CreateAsync(Stop);
            var drafts = Drafts().Take(3).ToList();
            var hook = new InterleaveHook(call, async () =>
            {
                var registry = LinkActs.Of(storage, _time).Registry;
                var (_, link) = await registry.RegisterAsync(StorageSamples.Project(Id), drafts[1], Stop);
                if (deletes)
                    await registry.RemoveAsync(link, new Author("k", "Ben"), null, null, Stop);
            });

            await Many(storage.Through(hook)).RegisterAsync(StorageSamples.Project(Id), drafts, Stop);

            foreach (var link in await storage.Links.ReadAllAsync(Id, LinkFilter.None, Stop).ToListAsync(Stop))
            {
                Assert.True(await storage.Pages.IsWatchedByAsync(link.PageKey, Id, link.Id, Stop));
                Assert.NotNull(await storage.Pages.GetAsync(link.PageKey, Stop));
            }

            if (!hook.HasActed)
                return;
        }
    }

    private static readonly DateOnly Day = new(2026, 11, 29);

    private static IEnumerable<LinkDraft> Noted(string import, int days) => Drafts(import).Select(draft => draft with
    {
        VendorNote = new VendorNote("Semrush", Day.AddDays(days), new Dictionary<string, string> { ["Page ascore"] = "51" }),
    });

    private ManyLinks Many(TestStorage storage) => LinkActs.Of(storage, _time).Many;

    private static async Task<List<string>> KeysAsync(TestStorage storage) =>
    [
        .. (await storage.RowsAsync("Pages", null, Stop)).Concat(await storage.RowsAsync("Links", null, Stop))
            .Select(row => $"{row.PartitionKey} {row.RowKey}").Order(StringComparer.Ordinal),
    ];

    private static LinkDraft Paid(LinkDraft draft, TermsParts terms) => draft with { Parts = draft.Parts with { Terms = terms } };

    private static IEnumerable<LinkDraft> Ending() =>
        Drafts("imp_1").Select((draft, row) => Paid(draft, new TermsParts { Vendor = "V", End = Day.AddDays(row % 7) }));

    private static async Task<List<(LinkId Id, Terms? Terms)>> TermsAsync(TestStorage storage) =>
    [
        .. (await storage.Links.ReadAllAsync(Id, LinkFilter.None, Stop).ToListAsync(Stop)).Select(link => (link.Id, link.Terms))
            .OrderBy(link => link.Id.Value, StringComparer.Ordinal),
    ];

    private static async Task<List<string>> AlertKeysAsync(TestStorage storage) =>
    [
        .. (await storage.RowsAsync("Alerts", null, Stop)).Select(row => $"{row.PartitionKey} {row.RowKey}").Order(StringComparer.Ordinal),
    ];

    // Each link that is stored is watched, and what is agreed of it will be looked at: its project is woken then.
    private static async Task AssertLookedAtAsync(TestStorage storage)
    {
        var links = await storage.Links.ReadAllAsync(Id, LinkFilter.None, Stop).ToListAsync(Stop);
        var checks = (await storage.AlertPlans.ReadTermChecksAsync(Id, Stop).ToListAsync(Stop)).Select(row => row.Item!).ToList();
        var wakes = await storage.Alerts.ReadWakesAsync(DateTimeOffset.MaxValue.AddYears(-1), Stop).ToListAsync(Stop);
        foreach (var link in links)
        {
            Assert.True(await storage.Pages.IsWatchedByAsync(link.PageKey, Id, link.Id, Stop));
            Assert.Contains(checks, check => check.LinkId == link.Id && wakes.Exists(wake => wake.At == check.At));
        }
    }

    private static IEnumerable<LinkDraft> Drafts(string? import = null) => Enumerable.Range(0, Count).Select(row => new LinkDraft(
        StorageSamples.Url(string.Create(CultureInfo.InvariantCulture, $"https://site{row % 50}.example/{row / 2}")),
        StorageSamples.Url(string.Create(CultureInfo.InvariantCulture, $"https://example.org/{row}")), TargetMatch.Page,
        new LinkParts { Types = ProjectTypes.BuiltIn })
    { LeavesKnown = true, ImportId = import });
}
