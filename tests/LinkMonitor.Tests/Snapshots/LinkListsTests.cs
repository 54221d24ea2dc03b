using LinkMonitor.Filtering;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Snapshots;

/// <summary>
/// Lists from memory (<see cref="LinkSelections"/>, <see cref="SortedLinks"/>) against what a plain reading of the table gives.
/// </summary>
public sealed class LinkListsTests
{
    private readonly Project _project = StorageSamples.Project(ProjectId.New());
    private readonly ManualTimeProvider _time = new(StorageSamples.Noon);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 6)];

    /// <summary>
    /// Random links, changes of this process and of another, filters, orders and page sizes: pages together are what the table holds, and
    /// counts and facets are those of it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Lists_are_what_a_plain_reading_gives(int seed)
    {
        var random = new Random(seed);
        var storage = await SnapshotLab.StorageAsync(_time);
        var (lists, snapshots) = SnapshotLab.Of(storage, _time);
        using var end = snapshots;
        var links = new RandomLinks(random, _project.Id, _time.GetUtcNow());
        var other = storage.Through(new CountHook());
        await LinkRows.AddAsync(storage, Enumerable.Range(0, 120).Select(_ => links.New()), Stop);

        for (var round = 0; round < 25; round++)
        {
            await ChangeAsync(storage, links, random);
            if (round % 5 == 4)
            {
                await ChangeAsync(other, links, random);
                _time.Advance(ProjectLinks.ReloadEvery);
            }

            var line = FilterParser.Read(Line(random)).Line!;
            var stored = await storage.Links.ReadAllAsync(_project.Id, LinkFilter.None, Stop).ToListAsync(Stop);
            var listing = await lists.OpenAsync(_project, Stop);
            var isWanted = line.ToPredicate(listing.Moment);
            var expected = stored.Select(link => LinkFacts.Of(link)).Where(isWanted).ToList();
            if (line.Order is { } order)
                expected.Sort(order.Compare);

            var shown = await PagesAsync(lists, line, random.Next(1, 40));
            Assert.Equal(expected.Select(link => link.Id.Value), shown.Select(link => link.Id.Value));
            Assert.Equal(expected.Count, listing.Count(line));
            foreach (var key in new[] { FilterBy.State, FilterBy.Tag, FilterBy.Vendor, FilterBy.Rel })
                AssertFacet(listing, key, line, stored);
        }
    }

    [Fact]
    public async Task A_page_leaves_out_what_is_gone_or_damaged_and_says_where_the_next_begins()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var (lists, snapshots) = SnapshotLab.Of(storage, _time);
        using var end = snapshots;
        var links = new RandomLinks(new Random(1), _project.Id, _time.GetUtcNow());
        await LinkRows.AddAsync(storage, Enumerable.Range(0, 10).Select(_ => links.New()), Stop);
        var listing = await lists.OpenAsync(_project, Stop);
        var ids = listing.Snapshot.Links.Select(link => link.Id).ToList();
        await storage.Through(new CountHook()).Links.DeleteAsync(_project.Id, ids[1], Stop);
        await SnapshotLab.DamageAsync(storage, _project.Id, ids[2]);

        var page = await lists.PageAsync(listing, FilterLine.All, 4, null, Stop);
        var after = await lists.PageAsync(_project, FilterLine.All, 4, page.Next, Stop);

        Assert.Equal([ids[0], ids[3]], page.Links.Select(link => link.Id));
        Assert.Equal(ids[4..8], after.Links.Select(link => link.Id));
        Assert.Equal(8, after.Total);
        Assert.Equal([ids[2]], (await lists.OpenAsync(_project, Stop)).Snapshot.Unreadable);
    }

    [Fact]
    public async Task The_validator_stays_until_a_link_is_written_or_for_times_the_minute_is_over()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var (lists, snapshots) = SnapshotLab.Of(storage, _time);
        using var end = snapshots;
        var link = StorageSamples.Link(_project.Id);
        await LinkRows.AddAsync(storage, [link], Stop);
        var (plain, timely) = (FilterParser.Read("state:lost").Line!, FilterParser.Read("seen:>7d").Line!);
        async Task<(string, string)> ValidatorsAsync()
        {
            var listing = await lists.OpenAsync(_project, Stop);
            return (listing.ValidatorOf(plain), listing.ValidatorOf(timely));
        }

        var first = await ValidatorsAsync();
        Assert.Equal(first, await ValidatorsAsync());
        _time.Advance(TimeSpan.FromMinutes(1));
        var later = await ValidatorsAsync();
        Assert.Equal(first.Item1, later.Item1);
        Assert.NotEqual(first.Item2, later.Item2);
        await storage.Links.SaveAsync((await storage.Links.GetAsync(_project.Id, link.Id, Stop))! with { Note = "x" }, Stop);
        Assert.NotEqual(first.Item1, (await ValidatorsAsync()).Item1);
    }

    [Fact]
    public async Task Pages_counts_and_facets_of_one_line_look_at_all_links_once()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var (lists, snapshots) = SnapshotLab.Of(storage, _time);
        using var end = snapshots;
        var links = new RandomLinks(new Random(7), _project.Id, _time.GetUtcNow());
        await LinkRows.AddAsync(storage, Enumerable.Range(0, 100).Select(_ => links.New()), Stop);
        var line = FilterParser.Read("-tag:none sort:-since").Line!;
        async Task<LinkSelections> AskAsync()
        {
            await PagesAsync(lists, line, 10);
            var listing = await lists.OpenAsync(_project, Stop);
            listing.Count(line);
            listing.Facet(FilterBy.State, line, 10);
            listing.Facet(FilterBy.State, line, 10);
            return listing.Snapshot.Selections;
        }

        var first = await AskAsync();
        Assert.Equal(1, first.Runs);

        // A change is brought into what is kept.
        var one = (await lists.OpenAsync(_project, Stop)).Snapshot.Links[5].Id;
        await storage.Links.SaveAsync((await storage.Links.GetAsync(_project.Id, one, Stop))! with { Note = "x" }, Stop);
        var second = await AskAsync();
        Assert.NotSame(first, second);
        Assert.Equal(0, second.Runs);
    }

    [Fact]
    public async Task What_is_kept_of_lines_is_bounded_and_counted()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var (lists, snapshots) = SnapshotLab.Of(storage, _time);
        using var end = snapshots;
        var links = new RandomLinks(new Random(7), _project.Id, _time.GetUtcNow());
        await LinkRows.AddAsync(storage, Enumerable.Range(0, 50).Select(_ => links.New()), Stop);
        var listing = await lists.OpenAsync(_project, Stop);
        var before = listing.Snapshot.Bytes;

        for (var i = 0; i < 3 * LinkSelections.MaxKept; i++)
            Assert.Equal(50, listing.Count(FilterParser.Read($"-tag:none{i}").Line!));

        Assert.InRange(listing.Snapshot.Bytes - before, 1, 50 * LinkSelections.MaxBytesALink);
        Assert.True(snapshots.Bytes >= listing.Snapshot.Bytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task A_page_has_1_to_1000_links(int limit)
    {
        var (lists, snapshots) = SnapshotLab.Of(await SnapshotLab.StorageAsync(_time), _time);
        using var end = snapshots;

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => lists.PageAsync(_project, FilterLine.All, limit, null, Stop));
    }

    private static void AssertFacet(LinkListing listing, FilterKey key, FilterLine line, List<WatchedLink> stored)
    {
        var isWanted = line.Without(key).ToPredicate(listing.Moment);
        var wanted = stored.Select(link => LinkFacts.Of(link)).Where(isWanted).ToList();

        var facet = listing.Facet(key, line, 100);

        Assert.Equal(facet.Count, facet.Values.Count);
        foreach (var value in facet.Values)
            Assert.Equal(wanted.Count(FilterLine.Of([FilterTerm.Of(key, value.Value)]).ToPredicate(listing.Moment)), value.Links);
        Assert.Equal(wanted.Count(link => !facet.Values.Any(value =>
            FilterLine.Of([FilterTerm.Of(key, value.Value)]).ToPredicate(listing.Moment)(link))), facet.Without);
    }

    private async Task<List<WatchedLink>> PagesAsync(LinkLists lists, FilterLine line, int limit)
    {
        List<WatchedLink> all = [];
        LinkPlace? after = null;
        do
        {
            var page = await lists.PageAsync(_project, line, limit, after, Stop);
            Assert.True(page.Links.Count == limit || page.Next is null);
            all.AddRange(page.Links);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    private async Task ChangeAsync(TestStorage storage, RandomLinks links, Random random)
    {
        var stored = await storage.Links.ReadAllAsync(_project.Id, LinkFilter.None, Stop).ToListAsync(Stop);
        foreach (var link in stored.Where(_ => random.Next(10) == 0))
        {
            if (random.Next(4) == 0)
                await storage.Links.DeleteAsync(_project.Id, link.Id, Stop);
            else
                Assert.Equal(SaveOutcome.Saved, await storage.Links.SaveAsync(links.Edit(link), Stop));
        }

        await storage.Links.RegisterAsync(links.New(), Stop);
    }

    private static string Line(Random random)
    {
        string[] terms =
        [
            "state:lost,changed", "-tag:old", "has:vendor", "vendor:acme", "host:*.host1.example", "host:host*.example", "cost:>100",
            "ends:<30d", "seen:>7d", "rel:sponsored", "rel:follow", "two", "-has:seen", "muted:yes", "observation:unseen", "since:<10d",
            "reason:rel-changed", "page:/b/", "anchor:two", "checked:>2d", "ended:<2w", "-currency:EUR",
        ];
        string[] orders =
        [
            "", "sort:page", "sort:-page", "sort:-since", "sort:cost", "sort:-ends", "sort:anchor", "sort:vendor", "sort:state",
            "sort:host", "sort:-seen",
        ];
        return string.Join(' ', Enumerable.Range(0, random.Next(3)).Select(_ => terms[random.Next(terms.Length)])
            .Append(orders[random.Next(orders.Length)]));
    }
}

/// <summary>A storage in memory whose clock is the test's, and lists over it.</summary>
internal static class SnapshotLab
{
    public static async Task<TestStorage> StorageAsync(TimeProvider time)
    {
        var storage = new MemoryStorage(new MemoryAccount(time));
        await new LinkMonitor.Storage.Tables.TableSetup(storage.Tables).CreateAsync(TestContext.Current.CancellationToken);
        return storage;
    }

    public static (LinkLists Lists, SnapshotCache Snapshots) Of(TestStorage storage, TimeProvider time, int megabytes = 256)
    {
        var snapshots = new SnapshotCache(
            storage.LinkFacts, storage.LinkWrites, Options.Create(new SnapshotOptions { MaxMegabytes = megabytes }), time,
            NullLogger<SnapshotCache>.Instance);
        return (new LinkLists(snapshots, storage.LinkFacts, time), snapshots);
    }

    public static async Task DamageAsync(TestStorage storage, ProjectId project, LinkId link)
    {
        var table = storage.Tables.Open(LinkMonitor.Storage.Tables.TableNames.Links);
        var row = (await table.GetAsync(project.Value, LinkKeys.Link(link), TestContext.Current.CancellationToken))!;
        row["expectation"] = "{";
        await table.PutAsync(row, TestContext.Current.CancellationToken);
    }
}
