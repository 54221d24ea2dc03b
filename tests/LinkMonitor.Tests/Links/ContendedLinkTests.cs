using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;
using Moq;

namespace LinkMonitor.Tests.Links;

public sealed class ContendedLinkTests
{
    private readonly Mock<ILinkStore> _links = new(MockBehavior.Strict);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_that_others_write_all_the_time_is_given_up_after_so_many_attempts()
    {
        var link = StorageSamples.Link(new ProjectId("prj_a"));
        Store(link, SaveOutcome.Conflict);

        await Assert.ThrowsAsync<ContentionException>(() => EditAsync(link));

        _links.Verify(
            store => store.SaveAsync(It.IsAny<WatchedLink>(), It.IsAny<CancellationToken>()), Times.Exactly(Contention.MaxAttempts));
    }

    [Fact]
    public async Task An_edit_that_others_came_before_is_applied_to_what_they_wrote()
    {
        var link = StorageSamples.Link(new ProjectId("prj_a"));
        Store(link, SaveOutcome.Conflict, SaveOutcome.Saved);

        Assert.Equal((true, link with { Note = "edited" }, link), await EditAsync(link));
    }

    [Fact]
    public async Task A_link_that_is_gone_is_not_edited()
    {
        _links.Setup(store => store.GetAsync(It.IsAny<ProjectId>(), It.IsAny<LinkId>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((WatchedLink?)null);

        Assert.Null(await EditAsync(StorageSamples.Link(new ProjectId("prj_a"))));
    }

    private void Store(WatchedLink link, params SaveOutcome[] outcomes)
    {
        var left = new Queue<SaveOutcome>(outcomes);
        _links.Setup(store => store.GetAsync(link.ProjectId, link.Id, It.IsAny<CancellationToken>())).ReturnsAsync(link);
        _links.Setup(store => store.SaveAsync(It.IsAny<WatchedLink>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => left.Count > 1 ? left.Dequeue() : left.Peek());
    }

    private Task<(bool Changed, WatchedLink Link, WatchedLink Was)?> EditAsync(WatchedLink link) =>
        new LinkRegistry(_links.Object, null!, null!, null!, null!, TimeProvider.System)
            .EditAsync(link.ProjectId, link.Id, stored => stored with { Note = "edited" }, Token);
}
