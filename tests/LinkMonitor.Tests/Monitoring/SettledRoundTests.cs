using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Monitoring;

/// <summary>What <see cref="SettledRound"/> goes by: what a check keeps of links, and what is remembered of projects.</summary>
public sealed class SettledRoundTests
{
    private static readonly ProjectId Project = new("prj_aaaaaaaaaaaaaaaa");
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private readonly ManualTimeProvider _clock = new(Noon);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Settled_links_are_those_of_the_same_watches_only()
    {
        var link = StorageSamples.FullLink(Project);
        var settled = StorageSamples.Settled(link, Noon);
        var own = new Watcher(Project, link.Id, Noon);

        Assert.True(settled.AreThoseOf([own]));
        Assert.False(settled.AreThoseOf([]));
        Assert.False(settled.AreThoseOf([own, own with { LinkId = new LinkId("lnk_other") }]));
        Assert.False(settled.AreThoseOf([own with { LinkId = new LinkId("lnk_other") }]));
        Assert.Same(settled, SettledLinks.IfSmall(settled));
        Assert.Null(SettledLinks.IfSmall(settled with { Projects = [] }));
        Assert.Null(SettledLinks.IfSmall(settled with { Decisions = new string('x', SettledLinks.MostCharacters) }));
    }

    [Fact]
    public async Task A_registration_takes_away_what_is_kept_without_it_and_leaves_what_is_kept_with_it()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var link = StorageSamples.FullLink(Project);
        await storage.Pages.WatchAsync(link.Page, Project, link.Id, Noon, Stop);
        var page = (await storage.Pages.GetAsync(link.PageKey, Stop))!;
        await storage.Pages.MoveDueAsync(page with { Settled = StorageSamples.Settled(link, Noon) }, Noon.AddDays(1), Noon, null, Stop);

        await storage.Pages.WatchAsync(link.Page, Project, link.Id, Noon.AddDays(2), Stop);
        Assert.NotNull((await storage.Pages.GetAsync(link.PageKey, Stop))!.Settled);
        await storage.Pages.WatchAsync(link.Page, Project, new LinkId("lnk_new"), Noon.AddDays(2), Stop);

        Assert.Null((await storage.Pages.GetAsync(link.PageKey, Stop))!.Settled);
    }

    [Fact]
    public async Task A_link_that_was_written_since_refuses_all_and_the_others_are_as_they_were()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var one = (await storage.Links.RegisterAsync(StorageSamples.FullLink(Project), Stop)).Link;
        var other = (await storage.Links.RegisterAsync(one with { Id = new LinkId("lnk_other"), ETag = null }, Stop)).Link;
        await storage.Links.SaveAsync(other with { Note = "edited" }, Stop);

        Assert.Null(await ConfirmAsync(storage, Noon.AddDays(400), one, other));

        Assert.Equal(one.ETag, (await storage.Links.GetAsync(Project, one.Id, Stop))!.ETag);
    }

    [Fact]
    public async Task Links_that_are_noted_as_unchanged_read_as_if_each_had_been_judged()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var link = (await storage.Links.RegisterAsync(StorageSamples.FullLink(Project), Stop)).Link;
        var seenAt = link.Status.LastEvidence!.CheckedAt;
        var status = link.Status with
        {
            State = LinkState.Live,
            Suspicions = [],
            UnobservedSince = null,
            BeforeUnreachable = null,
            ExpectationChanged = false,
            LastCheckedAt = seenAt,
            LastObservedAt = seenAt,
            LastEvidence = link.Status.LastEvidence with { Observation = ObservationKind.Observed },
        };
        var saved = Assert.Single(
            await storage.Links.SaveAllAsync(Project, [new JudgedWrite(link with { Status = status }, null, null)], Stop));
        var at = seenAt.AddDays(1);
        var expected = UnchangedPage.Confirm(status, seenAt, at, UnchangedBy.Site, null);

        await ConfirmAsync(storage, at, link with { ETag = saved!.Value.Version, Status = status });

        var read = (await storage.Links.GetAsync(Project, link.Id, Stop))!.Status;
        Assert.NotNull(expected);
        Assert.Equal(
            (expected.LastCheckedAt, expected.LastObservedAt, expected.LastSeenAt, expected.Days.ToString()),
            (read.LastCheckedAt, read.LastObservedAt, read.LastSeenAt, read.Days.ToString()));
        Assert.Equal(expected.LastEvidence!.UnchangedAt, read.LastEvidence!.UnchangedAt);
        Assert.Equal(expected.LastEvidence.Explanation?.Steps, read.LastEvidence.Explanation?.Steps);
    }

    [Fact]
    public async Task A_project_is_read_again_after_half_a_minute()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var stored = await storage.Projects.AddAsync(new Project { Id = Project, Name = "One", CreatedAt = Noon }, Stop);
        using var memory = new ProjectMemory(storage.Projects, storage.Types, _clock);
        var read = new List<Project>();
        await memory.FindAsync(Project, read.Add, Stop);
        await storage.Projects.SaveAsync(stored with { Name = "Two" }, Stop);

        Assert.Equal("One", (await memory.FindAsync(Project, read.Add, Stop))!.Name);
        _clock.Advance(ProjectMemory.Fresh);

        // What is only remembered does not count as read.
        Assert.Equal("Two", (await memory.FindAsync(Project, read.Add, Stop))!.Name);
        Assert.Equal(["One", "Two"], read.Select(project => project.Name));
    }

    private static Task<IReadOnlyList<string>?> ConfirmAsync(TestStorage storage, DateTimeOffset at, params WatchedLink[] links) =>
        storage.Links.ConfirmAsync(
            Project,
            [
                .. links.Select(link => new LinkAtRest(
                    link.Id, link.ETag!, UnchangedPage.WasSeen(link.Status, link.Status.LastEvidence!.CheckedAt))),
            ],
            at,
            UnchangedBy.Site,
            DayLog.Empty.With(DayLogEntry.Day(at), DayMark.AsAgreed),
            Stop);
}
