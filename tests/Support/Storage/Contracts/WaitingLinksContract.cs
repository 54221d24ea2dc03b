using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>
/// What people said is kept beside what checks saw, and the links that wait for people are listed (<see cref="WaitingLinks"/>).
/// </summary>
public abstract class WaitingLinksContract
{
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;
    private readonly IStorageSource _source;
    private readonly ProjectId _project = ProjectId.New();

    private protected WaitingLinksContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Links_that_no_check_could_tell_wait_the_longest_first_in_parts()
    {
        var storage = await _source.CreateAsync(Token);
        await AddAsync(storage, "seen", CheckOutcome.Observed, Noon.AddDays(-9));
        await AddAsync(storage, "new", null, null);
        await AddAsync(storage, "two", CheckOutcome.Blocked, Noon.AddDays(-2));
        await AddAsync(storage, "five", CheckOutcome.ScriptOnly, Noon.AddDays(-5));
        await AddAsync(storage, "ours", CheckOutcome.OurFault, null);
        await AddAsync(storage, "answered", CheckOutcome.Blocked, Noon.AddDays(-8), StorageSamples.Answer with { Until = Noon.AddDays(1) });
        await AddAsync(storage, "ended", CheckOutcome.Blocked, Noon.AddDays(-7), StorageSamples.Answer with { Until = Noon });

        var first = await storage.Links.ListWaitingAsync(_project, Noon, 2, null, Token);
        var rest = await storage.Links.ListWaitingAsync(_project, Noon, 2, first.Cursor, Token);

        Assert.Equal(["/ended", "/five"], first.Items.Select(link => link.Page.Path));
        Assert.Equal(["/two"], rest.Items.Select(link => link.Page.Path));
        Assert.Null(rest.Cursor);
        await Assert.ThrowsAsync<InvalidCursorException>(
            () => storage.Links.ListWaitingAsync(ProjectId.New(), Noon, 2, first.Cursor, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => storage.Links.ListWaitingAsync(_project, Noon, 0, null, Token));
    }

    [Fact]
    public async Task A_check_keeps_what_people_said_and_never_writes_over_it()
    {
        var storage = await _source.CreateAsync(Token);
        var read = await AddAsync(storage, "a", CheckOutcome.Blocked, Noon);
        var answered = read with { Answer = StorageSamples.Answer with { Proof = StorageSamples.HandedPage } };
        Assert.Equal(SaveOutcome.Saved, await storage.Links.SaveAsync(answered, Token));

        var late = await storage.Links.SaveCheckAsync(Checked(read), null, Token);
        var now = (await storage.Links.GetAsync(_project, read.Id, Token))!;
        var again = await storage.Links.SaveCheckAsync(Checked(now), null, Token);

        Assert.Equal((SaveOutcome.Conflict, SaveOutcome.Saved), (late, again));
        var kept = (await storage.Links.GetAsync(_project, read.Id, Token))!;
        Assert.Equivalent(answered.Answer, kept.Answer, strict: true);
        Assert.Equal(Noon.AddDays(1), kept.Status.LastCheckedAt);
    }

    private static WatchedLink Checked(WatchedLink link) =>
        link with { Status = link.Status with { LastCheckedAt = Noon.AddDays(1) } };

    private async Task<WatchedLink> AddAsync(
        TestStorage storage, string path, CheckOutcome? look, DateTimeOffset? since, HumanAnswer? answer = null)
    {
        var link = StorageSamples.Link(_project, $"https://blog.example.net/{path}");
        var status = look is null ? link.Status : link.Status with
        {
            State = LinkState.Live,
            LastCheckedAt = Noon,
            UnobservedSince = look == CheckOutcome.Observed ? null : since,
            LastEvidence = StorageSamples.Evidence(Noon) with { Outcome = look },
        };
        return (await storage.Links.RegisterAsync(link with { Status = status, Answer = answer }, Token)).Link;
    }
}
