using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Testing;
using Moq;

namespace LinkMonitor.Tests.Monitoring;

public sealed class PageWatchersTests
{
    private static readonly ProjectId A = new("prj_aaaaaaaaaaaaaaaa");
    private static readonly ProjectId B = new("prj_bbbbbbbbbbbbbbbb");

    private readonly Mock<IPageStore> _pages = new();
    private readonly Mock<IProjectStore> _projects = new();
    private readonly List<Watcher> _ended = [];
    private readonly WatchedPage _page;

    public PageWatchersTests()
    {
        var url = StorageSamples.Url("https://blog.example.net/post");
        _page = new WatchedPage { Key = PageRowKeys.For(url), Url = url, DueAt = StorageSamples.Noon, ETag = "1" };
        Watch(Watcher(A, "1"), Watcher(A, "2"), Watcher(B, "3"));
        foreach (var id in new[] { A, B })
            _projects.Setup(store => store.GetAsync(id, It.IsAny<CancellationToken>())).ReturnsAsync(StorageSamples.Project(id));
        _pages.Setup(
            store => store.UnwatchAsync(_page.Key, It.IsAny<IReadOnlyCollection<Watcher>>(), It.IsAny<CancellationToken>()))
            .Callback((PageKey _, IReadOnlyCollection<Watcher> gone, CancellationToken _) => _ended.AddRange(gone))
            .Returns(Task.CompletedTask);
    }

    [Fact]
    public async Task All_are_read_and_each_project_once()
    {
        Assert.Equal(["1", "2", "3"], await ReadAsync(_page));
        _projects.Verify(store => store.GetAsync(A, It.IsAny<CancellationToken>()), Times.Once());
        Assert.Empty(_ended);
    }

    [Fact]
    public async Task A_round_begins_where_the_last_one_had_no_time_left_for_targets() =>
        Assert.Equal(["2", "3", "1"], await ReadAsync(_page with { TargetsFrom = new WatcherPlace(A, new LinkId("2")) }));

    [Fact]
    public async Task What_the_last_round_had_no_time_for_comes_alone() => Assert.Equal(
        ["2"],
        await ReadAsync(_page with
        {
            Rest = new RemainingLinks(new WatcherPlace(A, new LinkId("2")), new WatcherPlace(B, new LinkId("3")), null),
        }));

    [Fact]
    public async Task Watches_of_a_deleted_project_are_ended()
    {
        _projects.Setup(store => store.GetAsync(A, It.IsAny<CancellationToken>())).ReturnsAsync((Project?)null);

        Assert.Equal(["3"], await ReadAsync(_page));
        Assert.Equal(["1", "2"], _ended.Select(watcher => watcher.LinkId.Value));
    }

    [Fact]
    public async Task Watches_of_a_project_that_cannot_be_read_stay_and_are_left_out()
    {
        _projects.Setup(store => store.GetAsync(A, It.IsAny<CancellationToken>())).ThrowsAsync(new UnreadableRowException("damaged"));

        Assert.Equal(["3"], await ReadAsync(_page, isPartOnly: true));
        Assert.Empty(_ended);
        _projects.Verify(store => store.GetAsync(A, It.IsAny<CancellationToken>()), Times.Once());
    }

    [Fact]
    public async Task What_the_round_has_read_by_the_way_is_not_read_again()
    {
        var read = new RoundReads { Links = new WatchersRead([Watcher(A, "7")], null) };
        read.Projects.Add(StorageSamples.Project(A));

        var watch = await new PageWatchers(_pages.Object, _projects.Object).ReadAsync(
            _page, read, TestContext.Current.CancellationToken);

        Assert.Equal("7", Assert.Single(watch.Watching).Watcher.LinkId.Value);
        _projects.Verify(store => store.GetAsync(It.IsAny<ProjectId>(), It.IsAny<CancellationToken>()), Times.Never());
        _pages.Verify(store => store.ReadLinksAsync(It.IsAny<PageKey>(), It.IsAny<CancellationToken>()), Times.Never());
    }

    private static Watcher Watcher(ProjectId project, string link) => new(project, new LinkId(link), StorageSamples.Noon);

    private void Watch(params Watcher[] watchers) => _pages
        .Setup(store => store.ReadLinksAsync(_page.Key, It.IsAny<CancellationToken>()))
        .ReturnsAsync(new WatchersRead(watchers, null));

    private async Task<IEnumerable<string>> ReadAsync(WatchedPage page, bool isPartOnly = false)
    {
        var watch = await new PageWatchers(_pages.Object, _projects.Object).ReadAsync(
            page, new RoundReads(), TestContext.Current.CancellationToken);
        Assert.Equal(isPartOnly, watch.IsPartOnly);
        return watch.Watching.Select(one => one.Watcher.LinkId.Value);
    }
}
