using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class LinkListContract
{
    private readonly IStorageSource _source;

    private protected LinkListContract(IStorageSource source) => _source = source;

    private const int Count = 2_500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly ProjectId _project = ProjectId.New();

    [Fact]
    public async Task Every_filter_pages_through_each_of_its_links_once()
    {
        var storage = await _source.CreateAsync(Token);
        var links = Enumerable.Range(0, Count).Select(Link).ToList();
        await LinkRows.AddAsync(storage, links, Token);
        await LinkRows.AddAsync(storage, [StorageSamples.Link(ProjectId.New())], Token);

        await AssertPagesAsync(storage, LinkFilter.None, links, 300);
        await AssertPagesAsync(storage, LinkFilter.None, links, 1_000);
        await AssertPagesAsync(storage, new LinkFilter { State = LinkState.Lost }, links.Where((_, i) => i % 5 == 0), 100);
        await AssertPagesAsync(storage, new LinkFilter { Reason = ReasonCode.LinkRemoved }, links.Where((_, i) => i % 5 == 0), 100);
        await AssertPagesAsync(storage, new LinkFilter { Host = "WWW.Host7.example" }, links.Where((_, i) => i % 50 == 7), 20);
        await AssertPagesAsync(storage, new LinkFilter { Tag = "AGENCY'S \"日本\"" }, links.Where((_, i) => i % 100 == 0), 7);
        await AssertPagesAsync(
            storage, new LinkFilter { Text = "/POST-12" }, links.Where((_, i) => $"{i}".StartsWith("12", StringComparison.Ordinal)), 10);
        await AssertPagesAsync(storage, new LinkFilter { Text = "Grün'" }, links.Where((_, i) => i == 1_999), 1);
        await AssertPagesAsync(
            storage, new LinkFilter { State = LinkState.Lost, Tag = "agency's \"日本\"", Text = "post-5" }, links.Where((_, i) => i == 500),
            1);
        await AssertPagesAsync(storage, new LinkFilter { Host = "' or state eq 'live" }, [], 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task A_slice_has_1_to_1000_items(int maxItems)
    {
        var storage = await _source.CreateAsync(Token);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => storage.Links.ListAsync(_project, LinkFilter.None, maxItems, null, Token));
    }

    [Fact]
    public async Task An_empty_project_has_an_empty_list()
    {
        var storage = await _source.CreateAsync(Token);

        var slice = await storage.Links.ListAsync(_project, LinkFilter.None, 10, null, Token);

        Assert.Empty(slice.Items);
        Assert.Null(slice.Cursor);
    }

    [Fact]
    public async Task A_list_that_fits_exactly_has_no_cursor()
    {
        var storage = await _source.CreateAsync(Token);
        await LinkRows.AddAsync(storage, Enumerable.Range(0, 10).Select(Link), Token);

        var slice = await storage.Links.ListAsync(_project, LinkFilter.None, 10, null, Token);

        Assert.Equal(10, slice.Items.Count);
        Assert.Null(slice.Cursor);
    }

    [Fact]
    public async Task A_link_registered_while_paging_costs_none_of_the_others()
    {
        var storage = await _source.CreateAsync(Token);
        var links = Enumerable.Range(0, 50).Select(Link).ToList();
        await LinkRows.AddAsync(storage, links, Token);
        var first = await storage.Links.ListAsync(_project, LinkFilter.None, 20, null, Token);

        await LinkRows.AddAsync(storage, Enumerable.Range(50, 50).Select(Link), Token);
        await storage.Links.DeleteAsync(_project, first.Items[^1].Id, Token);
        var rest = await storage.Links.ListAsync(_project, LinkFilter.None, 1_000, first.Cursor, Token);

        var seen = first.Items.Concat(rest.Items).Select(link => link.Id).ToList();
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(links.Select(link => link.Id).Except(seen));
    }

    private async Task AssertPagesAsync(TestStorage storage, LinkFilter filter, IEnumerable<WatchedLink> expected, int maxItems)
    {
        List<LinkId> seen = [];
        string? cursor = null;
        do
        {
            var slice = await storage.Links.ListAsync(_project, filter, maxItems, cursor, Token);
            Assert.InRange(slice.Items.Count, 0, maxItems);
            seen.AddRange(slice.Items.Select(link => link.Id));
            cursor = slice.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(expected.Select(link => link.Id.Value).Order(StringComparer.Ordinal), seen.Select(id => id.Value));
    }

    private WatchedLink Link(int i)
    {
        var link = StorageSamples.Link(_project, $"https://www.host{i % 50}.example/post-{i}/");
        return link with
        {
            Tags = i % 100 == 0 ? ["other", "agency's \"日本\""] : [],
            Expectation = i == 1_999 ? link.Expectation with { Anchor = Expected<string>.Exactly("das GRÜN's") } : link.Expectation,
            Status = i % 5 == 0
                ? link.Status with { State = LinkState.Lost, Reasons = [StorageSamples.Reason(ReasonCode.LinkRemoved)] }
                : link.Status,
        };
    }
}
