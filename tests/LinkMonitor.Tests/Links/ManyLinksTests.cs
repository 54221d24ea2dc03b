using System.Globalization;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Links;

/// <summary>Many links at a time: the same rows as one by one, for a fraction of the calls, whoever else is at work.</summary>
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
        Assert.Equal(await KeysAsync(one), await KeysAsync(many));
        Assert.True(ofMany.Total * 4 < ofOne.Total, $"{ofMany.Total} calls, {ofOne.Total} one by one.");
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

    private ManyLinks Many(TestStorage storage) =>
        new(LinkActs.Of(storage, _time).Registry, storage.Links, storage.Pages, _time);

    private static async Task<List<string>> KeysAsync(TestStorage storage) =>
    [
        .. (await storage.RowsAsync("Pages", null, Stop)).Concat(await storage.RowsAsync("Links", null, Stop))
            .Select(row => $"{row.PartitionKey} {row.RowKey}").Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<LinkDraft> Drafts(string? import = null) => Enumerable.Range(0, Count).Select(row => new LinkDraft(
        StorageSamples.Url(string.Create(CultureInfo.InvariantCulture, $"https://site{row % 50}.example/{row / 2}")),
        StorageSamples.Url(string.Create(CultureInfo.InvariantCulture, $"https://example.org/{row}")), TargetMatch.Page,
        new LinkParts { Types = ProjectTypes.BuiltIn })
    { LeavesKnown = true, ImportId = import });
}
