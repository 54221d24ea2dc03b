using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Moq;

namespace LinkMonitor.Tests.Monitoring;

/// <summary>The schedule before a storage that fails or hangs in one part: the others go on, and it is told.</summary>
public sealed class PageScheduleTests
{
    private const string Bad = "07";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly ManualTimeProvider _clock = new();
    private readonly Mock<IHostStore> _hosts = new();
    private readonly TaskCompletionSource _hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;

    public PageScheduleTests()
    {
        _hosts.Setup(store => store.ReadScheduleAsync(It.IsAny<string>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .Returns((string shard, DateTimeOffset _, CancellationToken _) => Due(shard, 1).ToAsyncEnumerable());
        _hosts.Setup(store => store.BeginRunAsync(It.IsAny<HostState>(), It.IsAny<IReadOnlyList<string>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => Interlocked.Increment(ref _begun) > 0);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shard_that_cannot_be_read_is_told_and_the_others_are_begun()
    {
        SetUpBad(() => throw new StorageFailureException("It fails."));
        var storage = await StorageAsync();

        var failure = await Assert.ThrowsAsync<StorageFailureException>(() => Schedule(storage).EnqueueDueAsync(Stop));

        Assert.Equal("It fails.", failure.Message);
        Assert.Equal(HostRowKeys.ShardCount - 1, await storage.CountAsync(QueueNames.PageChecks, Stop));
    }

    [Fact]
    public async Task A_shard_that_hangs_ends_with_its_time_and_is_told_though_the_others_go_on()
    {
        SetUpBad(() => HangingAsync([]));
        var storage = await StorageAsync();

        var tick = Schedule(storage).EnqueueDueAsync(Stop);
        await OnlyTheHangingOneIsLeftAsync(HostRowKeys.ShardCount - 1);
        _clock.Advance(PageSchedule.ShardTime);

        var failure = await Assert.ThrowsAsync<StorageFailureException>(() => tick.WaitAsync(Patience, Stop));
        Assert.Equal(StorageFailureKind.NoAnswer, failure.Kind);
    }

    [Fact]
    public async Task A_shard_with_more_than_a_tick_has_time_for_goes_on_at_the_next()
    {
        // What is begun is a whole portion.
        const int portion = 2_000;
        SetUpBad(() => HangingAsync(Due(Bad, portion)));
        var storage = await StorageAsync();

        var tick = Schedule(storage).EnqueueDueAsync(Stop);
        await OnlyTheHangingOneIsLeftAsync(HostRowKeys.ShardCount - 1 + portion);
        _clock.Advance(PageSchedule.ShardTime);

        Assert.Equal(HostRowKeys.ShardCount - 1 + portion, await tick.WaitAsync(Patience, Stop));
    }

    [Fact]
    public async Task A_host_that_cannot_be_begun_is_told_and_the_others_are_begun()
    {
        _hosts.Setup(
            store =>
                store.BeginRunAsync(
                    It.Is<HostState>(state => state.Key.Shard == Bad), It.IsAny<IReadOnlyList<string>>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StorageFailureException("It fails."));
        var storage = await StorageAsync();

        await Assert.ThrowsAsync<StorageFailureException>(() => Schedule(storage).EnqueueDueAsync(Stop));

        Assert.Equal(HostRowKeys.ShardCount - 1, await storage.CountAsync(QueueNames.PageChecks, Stop));
    }

    [Fact]
    public async Task A_page_that_is_always_written_by_others_is_given_up()
    {
        var pages = new Mock<IPageStore>();
        var url = StorageSamples.Url("https://blog.example.net/post");
        var page = new WatchedPage { Key = PageRowKeys.For(url), Url = url, DueAt = _clock.GetUtcNow() };
        pages.Setup(store => store.GetAsync(page.Key, It.IsAny<CancellationToken>())).ReturnsAsync(page);
        pages.Setup(
            store => store.MoveDueAsync(It.IsAny<WatchedPage>(), It.IsAny<DateTimeOffset>(), null, null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(SaveOutcome.Conflict);

        await Assert.ThrowsAsync<ContentionException>(
            async () => await Schedule(await StorageAsync(), pages.Object).EnqueueNowAsync(page.Key, Stop));

        pages.Verify(
            store => store.MoveDueAsync(It.IsAny<WatchedPage>(), It.IsAny<DateTimeOffset>(), null, null, It.IsAny<CancellationToken>()),
            Times.Exactly(Contention.MaxAttempts));
    }

    [Fact]
    public async Task A_host_is_told_once_of_many_pages_that_are_to_be_checked_at_once_when_all_of_them_wait()
    {
        var pages = new Mock<IPageStore>();
        var urls = Enumerable.Range(0, 60).Select(at => StorageSamples.Url($"https://blog{at / 40}.example.net/post-{at}")).ToList();
        var gone = PageRowKeys.For(StorageSamples.Url("https://blog0.example.net/gone"));
        var (waiting, begunWith) = (0, new List<int>());
        pages.Setup(store => store.GetAsync(It.IsAny<PageKey>(), It.IsAny<CancellationToken>())).ReturnsAsync(
            (PageKey key, CancellationToken _) => urls.Where(url => PageRowKeys.For(url) == key)
                .Select(url => new WatchedPage { Key = key, Url = url, DueAt = _clock.GetUtcNow().AddDays(1) }).SingleOrDefault());
        pages.Setup(
            store => store.MoveDueAsync(
                It.Is<WatchedPage>(page => page.IsUrgent), _clock.GetUtcNow(), null, null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => Interlocked.Increment(ref waiting) > 0 ? SaveOutcome.Saved : SaveOutcome.Conflict);
        _hosts.Setup(
            store => store.BeginRunAsync(It.IsAny<HostState>(), It.IsAny<IReadOnlyList<string>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() =>
            {
                lock (begunWith)
                    begunWith.Add(waiting);
                return true;
            });

        await Schedule(await StorageAsync(), pages.Object)
            .EnqueueNowAsync([gone, .. urls.Select(PageRowKeys.For)], Stop);

        Assert.Equal([urls.Count, urls.Count], begunWith);
    }

    private static async Task<TestStorage> StorageAsync()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        await storage.Queues.CreateAsync(Stop);
        return storage;
    }

    private PageSchedule Schedule(TestStorage storage, IPageStore? pages = null)
    {
        var options = Options.Create(new MonitoringOptions { PagesPerMessage = 1 });
        var runs = new HostRuns(_hosts.Object, storage.Queues, options, _clock);
        return new PageSchedule(pages ?? storage.Pages, _hosts.Object, runs, options, _clock, NullLogger<PageSchedule>.Instance);
    }

    private void SetUpBad(Func<IAsyncEnumerable<ScheduleEntry>> read) => _hosts
        .Setup(store => store.ReadScheduleAsync(Bad, It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>())).Returns(read);

    // Each shard and each host under way has a timer of its own; the schedule gives no other signal.
    private async Task OnlyTheHangingOneIsLeftAsync(int begun)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        await _hangs.Task.WaitAsync(limit.Token);
        while (Volatile.Read(ref _begun) < begun || _clock.PendingTimers > 1)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private IEnumerable<ScheduleEntry> Due(string shard, int count) => Enumerable.Range(0, count)
        .Select(host => new ScheduleEntry(new HostKey(shard, $"h_{host}"), _clock.GetUtcNow(), $"due:{host}"));

    private async IAsyncEnumerable<ScheduleEntry> HangingAsync(IEnumerable<ScheduleEntry> first)
    {
        foreach (var entry in first)
            yield return entry;
        _hangs.SetResult();
        await Never;
    }
}
