using LinkMonitor.Engine.Clocks;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace LinkMonitor.Tests.Monitoring;

public sealed class ClockRepairTests
{
    private const string Shard = "07";
    private const int MostMended = 10_000;
    private const int AtATime = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly HostLimits Limits = HostRuns.Limits(new MonitoringOptions());

    private readonly ManualTimeProvider _clock = new();
    private readonly Mock<IPageStore> _pages = new();
    private readonly Mock<IHostStore> _hosts = new();
    private readonly RecordedSetAside _aside = new();
    private readonly List<(WatchedPage Page, DateTimeOffset DueAt, DateTimeOffset? CheckedAt)> _moved = [];
    private readonly ClockRepair _repair;

    public ClockRepairTests()
    {
        SetPages(0, _ => Page(null));
        SetRuns(0);
        SetMove((_, _) => Task.FromResult(SaveOutcome.Saved));
        _repair = new ClockRepair(_pages.Object, _hosts.Object, Limits, _aside, _clock, NullLogger<ClockRepair>.Instance);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public async Task Every_shard_has_its_minute_within_an_hour_or_so()
    {
        var looked = new List<string>();
        _pages.Setup(store => store.ReadWrittenAfterAsync(It.IsAny<string>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .Returns((string shard, DateTimeOffset _, CancellationToken _) =>
            {
                looked.Add(shard);
                return AsyncEnumerable.Empty<WatchedPage>();
            });

        for (var minute = 0; minute < HostRowKeys.ShardCount; minute++)
        {
            await _repair.RunAsync(Stop);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(HostRowKeys.Shards, looked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_all_is_well_nothing_is_written_and_nothing_listed()
    {
        await _repair.RunAsync(Shard, Stop);

        Assert.Empty(_moved);
        Assert.Empty(_aside.Notes);
        _pages.Verify(store => store.ReadWrittenAfterAsync(Shard, Now + StoredTime.Tolerance, It.IsAny<CancellationToken>()));
        _hosts.Verify(
            store => store.ReadRunEndsAfterAsync(Shard, Now + Limits.Run + StoredTime.Tolerance, It.IsAny<CancellationToken>()));
    }

    [Fact]
    public async Task A_page_from_the_future_is_due_now_and_its_last_check_is_no_later()
    {
        SetPages(3, number => Page(number switch { 0 => null, 1 => Now.AddYears(1), _ => Now.AddDays(-1) }));

        await _repair.RunAsync(Shard, Stop);

        Assert.All(_moved, moved => Assert.Equal(Now, moved.DueAt));
        Assert.Equal(
            [null, Now.AddDays(-1), Now], _moved.Select(moved => moved.CheckedAt).Order());
        Assert.Equal($"schedule of shard {Shard}", Assert.Single(_aside.Notes).Name.Key);
    }

    [Fact]
    public async Task A_run_that_was_to_end_in_the_future_is_dead_now()
    {
        SetRuns(2);

        await _repair.RunAsync(Shard, Stop);

        _hosts.Verify(store => store.MoveRunEndAsync(It.IsAny<ScheduleEntry>(), Now, It.IsAny<CancellationToken>()), Times.Exactly(2));
        Assert.Single(_aside.Notes);
    }

    [Fact]
    public async Task A_page_that_somebody_else_wrote_meanwhile_has_a_better_time_and_is_not_counted()
    {
        SetPages(1, _ => Page(null));
        SetMove((_, _) => Task.FromResult(SaveOutcome.Conflict));

        await _repair.RunAsync(Shard, Stop);

        Assert.Single(_moved);
        Assert.Empty(_aside.Notes);
    }

    [Fact]
    public async Task So_many_are_mended_in_a_minute_and_no_more()
    {
        SetPages(MostMended + 1, _ => Page(null));
        SetRuns(MostMended + 1);

        await _repair.RunAsync(Shard, Stop);

        Assert.Equal(MostMended, _moved.Count);
        _hosts.Verify(
            store => store.MoveRunEndAsync(It.IsAny<ScheduleEntry>(), Now, It.IsAny<CancellationToken>()), Times.Exactly(MostMended));
    }

    [Fact]
    public async Task So_many_pages_are_written_at_a_time_and_no_more()
    {
        var (inside, most) = (0, 0);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        SetPages(AtATime * 3, _ => Page(null));
        SetMove(async (_, token) =>
        {
            lock (gate)
                most = Math.Max(most, ++inside);
            if (most == AtATime)
                full.TrySetResult();
            await gate.Task.WaitAsync(token);
            lock (gate)
                inside--;
            return SaveOutcome.Saved;
        });

        var run = _repair.RunAsync(Shard, Stop);
        await full.Task.WaitAsync(Patience, Stop);
        gate.SetResult();
        await run.WaitAsync(Patience, Stop);

        Assert.Equal((AtATime, AtATime * 3), (most, _moved.Count));
    }

    [Fact]
    public async Task A_shard_that_cannot_be_read_to_its_end_is_told()
    {
        _hosts.Setup(store => store.ReadRunEndsAfterAsync(Shard, It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .Throws(new StorageFailureException("It fails."));

        await Assert.ThrowsAsync<StorageFailureException>(() => _repair.RunAsync(Shard, Stop));
    }

    [Fact]
    public async Task A_write_that_hangs_ends_when_the_run_is_stopped()
    {
        var writing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        SetPages(1, _ => Page(null));
        SetMove(async (_, token) =>
        {
            writing.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return SaveOutcome.Saved;
        });
        using var stop = new CancellationTokenSource();

        var run = _repair.RunAsync(Shard, stop.Token);
        await writing.Task.WaitAsync(Patience, Stop);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience, Stop));
    }

    private WatchedPage Page(DateTimeOffset? lastCheckedAt)
    {
        var url = StorageSamples.Url("https://blog.example.net/post");
        return new WatchedPage { Key = PageRowKeys.For(url), Url = url, DueAt = Now.AddYears(1), LastCheckedAt = lastCheckedAt };
    }

    private void SetPages(int count, Func<int, WatchedPage> page) => _pages
        .Setup(store => store.ReadWrittenAfterAsync(It.IsAny<string>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
        .Returns(() => Enumerable.Range(0, count).Select(page).ToAsyncEnumerable());

    private void SetRuns(int count) => _hosts
        .Setup(store => store.ReadRunEndsAfterAsync(It.IsAny<string>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
        .Returns(() => Enumerable.Range(0, count)
            .Select(host => new ScheduleEntry(new HostKey(Shard, $"h_{host}"), Now.AddYears(1), $"due:{host}")).ToAsyncEnumerable());

    private void SetMove(Func<WatchedPage, CancellationToken, Task<SaveOutcome>> move) => _pages
        .Setup(
            store => store.MoveDueAsync(
                It.IsAny<WatchedPage>(), It.IsAny<DateTimeOffset>(), It.IsAny<DateTimeOffset?>(), null, It.IsAny<CancellationToken>()))
        .Returns((WatchedPage page, DateTimeOffset dueAt, DateTimeOffset? checkedAt, HostStep? _, CancellationToken token) =>
        {
            lock (_moved)
                _moved.Add((page, dueAt, checkedAt));
            return move(page, token);
        });
}
