using LinkMonitor.Engine.Tracking;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Monitoring;

public sealed class LinkRoundTests : IDisposable
{
    private static readonly DateTimeOffset Now = PageAnswer.Time;
    private static readonly JudgedLink Judged = new(new TrackingResult(LinkStatus.New(Now), null, null), Now, false);

    private readonly CancellationTokenSource _budget = new();
    private readonly LinkRound _round;

    public LinkRoundTests()
    {
        var page = StorageSamples.Url("https://blog.example.net/post");
        _round = new LinkRound(3)
        {
            Page = new WatchedPage { Key = PageRowKeys.For(page), Url = page, DueAt = Now },
            SeenBy = null!,
            Links = null!,
            Siblings = null!,
            Moves = null!,
            Targets = null!,
            Budget = _budget.Token,
        };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _round.Dispose();
        _budget.Dispose();
    }

    [Fact]
    public async Task Links_are_judged_in_their_order_whoever_comes_first()
    {
        var order = new List<int>();
        var later = Enumerable.Range(1, 2).Reverse().Select(index => JudgeAsync(index)).ToList();
        Assert.Empty(order);

        await JudgeAsync(0);
        await Task.WhenAll(later);

        Assert.Equal([0, 1, 2], order);

        Task<JudgedLink?> JudgeAsync(int index) => _round.JudgeAsync(
            index,
            _ =>
            {
                order.Add(index);
                return Task.FromResult(Judged);
            },
            Token);
    }

    [Fact]
    public async Task A_link_that_is_left_lets_the_next_be_judged()
    {
        var next = _round.JudgeAsync(1, _ => Task.FromResult(Judged), Token);
        Assert.False(next.IsCompleted);

        _round.Pass(0);

        Assert.Same(Judged, await next);
    }

    [Fact]
    public async Task What_a_link_waits_for_ends_with_the_budget_and_leaves_the_link()
    {
        var judging = _round.JudgeAsync(0, NeverAsync, Token);
        var next = _round.JudgeAsync(1, _ => Task.FromResult(Judged), Token);

        await _budget.CancelAsync();

        Assert.Null(await judging);
        Assert.Null(await next);
    }

    [Fact]
    public async Task A_round_that_is_stopped_is_no_round_that_ran_out_of_time()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var judging = _round.JudgeAsync(0, NeverAsync, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => judging);
    }

    private static async Task<JudgedLink> NeverAsync(CancellationToken stop)
    {
        await new TaskCompletionSource().Task.WaitAsync(stop);
        return Judged;
    }

    [Fact]
    public async Task Kept_links_are_not_read_until_somebody_may_have_written_them()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.FullLink(new ProjectId("prj_aaaaaaaaaaaaaaaa")), Token)).Link;
        var watcher = new Watcher(link.ProjectId, link.Id, Now);
        var gone = watcher with { LinkId = new LinkId("lnk_gone") };
        var kept = new KeptLinks(Now, [LinkKeeping.Keep(link, null)!]);
        await storage.Links.SaveAsync(link with { Note = "by a person" }, Token);
        var links = new RoundLinks(storage.Links, storage.Types, kept, null);

        var read = await links.ReadAllAsync([watcher, gone], Token);
        Assert.Equal((link.Note, link.ETag), (read[0]!.Stored.Note, read[0]!.Stored.ETag));
        Assert.Null(read[1]);
        Assert.False(await links.WasObservedAsync(gone, Token));

        Assert.Equal("by a person", (await links.ReadAgainAsync(watcher, Token))!.Stored.Note);
        Assert.Equal("by a person", (await links.FindReadableAsync(watcher, Token))!.Note);
        links.Remember(link with { Note = "by this round" });
        Assert.Equal("by this round", (await links.FindReadableAsync(watcher, Token))!.Note);
        links.Forget(watcher);
        Assert.Equal("by a person", (await links.FindReadableAsync(watcher, Token))!.Note);
    }

    [Fact]
    public async Task A_kept_case_is_known_until_somebody_may_have_written_it()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var sample = StorageSamples.FullLink(new ProjectId("prj_aaaaaaaaaaaaaaaa"));
        var last = StorageSamples.Case(sample, Now) with { ETag = "2" };
        var link = sample with { CaseId = last.Id, ETag = "1" };
        var links = new RoundLinks(
            storage.Links, storage.Types, new KeptLinks(Now, [LinkKeeping.Keep(link, last)!]), null);

        Assert.Equal("2", links.FindCase(link)!.ETag);
        Assert.Null(links.FindCase(link with { CaseId = "another" }));
        links.Forget(new Watcher(link.ProjectId, link.Id, Now));
        Assert.Null(links.FindCase(link));
    }

    [Fact]
    public async Task A_hundred_links_with_all_that_they_can_have_are_kept_with_their_page()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var page = StorageSamples.Url("https://blog.example.net/post");
        var sample = StorageSamples.FullLink(new ProjectId("prj_aaaaaaaaaaaaaaaa"));
        var last = StorageSamples.Case(sample, Now) with { ETag = "1" };
        List<LinkCopy> links =
        [
            .. Enumerable.Range(0, KeptLinks.MostLinks).Select(number => LinkKeeping.Keep(
                sample with
                {
                    Id = new LinkId($"lnk_{number}"),
                    Note = StorageSamples.Noise(1_000 + number),
                    CaseId = last.Id,
                    ETag = $"{number}",
                },
                last)!),
        ];
        await storage.Pages.WatchAsync(page, sample.ProjectId, links[0].Id, Now, Token);
        var stored = (await storage.Pages.GetAsync(PageRowKeys.For(page), Token))!;

        await storage.Pages.MoveDueAsync(stored with { Kept = new KeptLinks(Now, links) }, Now.AddDays(1), Now, null, Token);

        var read = (await storage.Pages.ReadLinksAsync(stored.Key, Token)).Kept!;
        Assert.Equal(links, read.Links);
        Assert.All(read.Links, link => Assert.NotNull(LinkKeeping.Find(link, Now, null)));
        Assert.All(read.Links, link => Assert.Equivalent(last, LinkKeeping.FindCase(link), strict: true));
        Assert.Null(KeptRow.Write(stored.Key, new KeptLinks(Now, [links[0] with { Row = StorageSamples.Noise(700_000) }])));
    }
}
