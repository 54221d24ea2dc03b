using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Tests.Alerts.Sending;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace LinkMonitor.Tests.Monitoring;

/// <summary>One step of a run before stores that others write, that fail, or that hold what cannot be read.</summary>
public sealed class HostRoundTests : IAsyncLifetime
{
    private const string Run = "this-run";
    private static readonly MonitoringOptions Settings = new();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly HostKey Host = HostRowKeys.For("blog.example.net");

    private readonly ManualTimeProvider _clock = new();
    private readonly Mock<IPageStore> _pages = new();
    private readonly Mock<IHostStore> _hosts = new();
    private readonly Mock<IWorkQueues> _queues = new();
    private readonly HangingNames _names = new();
    private readonly List<HostStep> _steps = [];
    private readonly List<(string Run, TimeSpan Delay)> _sent = [];
    private readonly List<(DateTimeOffset DueAt, DateTimeOffset? CheckedAt, HostStep? Step)> _moved = [];
    private readonly WatchedPage _page;
    private SendingRig _rig = null!;

    public HostRoundTests()
    {
        var url = StorageSamples.Url("https://blog.example.net/post");
        _page = new WatchedPage { Key = PageRowKeys.For(url), Url = url, DueAt = Now, ETag = "1" };
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        await storage.Queues.CreateAsync(Stop);
        _rig = new SendingRig(
            storage,
            _clock,
            services => services.AddMonitoring().Configure<MonitoringOptions>(options => options.PagesPerMessage = 1)
                .AddSingleton<INameResolver>(_names)
                .AddSingleton(_pages.Object).AddSingleton(_hosts.Object).AddSingleton(_queues.Object));
        _pages.Setup(store => store.FindAsync(It.IsAny<DuePage>(), It.IsAny<CancellationToken>())).ReturnsAsync(_page);
        _pages.Setup(store => store.GetAsync(_page.Key, It.IsAny<CancellationToken>())).ReturnsAsync(_page);
        _pages.Setup(store => store.RemoveAsync(It.IsAny<WatchedPage>(), It.IsAny<CancellationToken>())).ReturnsAsync(SaveOutcome.Saved);
        SetWatchers(() => AsyncEnumerable.Empty<Watcher>());
        SetMove(_ => SaveOutcome.Saved);
        _hosts.Setup(store => store.StepAsync(It.IsAny<HostStep>(), It.IsAny<CancellationToken>()))
            .Returns((HostStep step, CancellationToken _) =>
            {
                _steps.Add(step);
                return Task.FromResult(true);
            });
        _queues.Setup(
            queues => queues.SendHostCheckAsync(Host, It.IsAny<string>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .Returns((HostKey _, string run, TimeSpan delay, CancellationToken _) =>
            {
                _sent.Add((run, delay));
                return Task.CompletedTask;
            });
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("a-later-run")]
    public async Task A_message_that_comes_again_when_its_step_is_done_does_nothing(string? run)
    {
        SetHost(run is null ? null : Mine() with { Run = run }, Due(Now));

        await RunAsync();

        _pages.Verify(store => store.FindAsync(It.IsAny<DuePage>(), It.IsAny<CancellationToken>()), Times.Never());
        Assert.Empty(_sent);
        Assert.Empty(_steps);
    }

    [Fact]
    public async Task A_page_that_nobody_watches_is_removed_and_the_run_ends_when_it_was_the_last()
    {
        SetHost(Mine(), Due(Now));
        _pages.Setup(store => store.ReadHostAsync(Host, 1, It.IsAny<CancellationToken>())).ReturnsAsync(new HostPages(Mine(), [], []));

        await RunAsync();

        _pages.Verify(store => store.RemoveAsync(_page, It.IsAny<CancellationToken>()), Times.Once());
        Assert.Null(Assert.Single(_steps).After);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task A_page_that_somebody_began_to_watch_meanwhile_is_not_left_behind()
    {
        SetHost(Mine(), Due(Now));
        _pages.Setup(store => store.RemoveAsync(_page, It.IsAny<CancellationToken>())).ReturnsAsync(SaveOutcome.Conflict);

        await RunAsync();

        AssertGoesOn(Assert.Single(_steps), Now + Settings.HostPause);
    }

    [Fact]
    public async Task A_place_whose_page_is_gone_is_passed_over_for_the_next_at_once()
    {
        SetHost(Mine(), Due(Now), Due(Now, "pg_b"));
        _pages.Setup(store => store.FindAsync(It.IsAny<DuePage>(), It.IsAny<CancellationToken>())).ReturnsAsync((WatchedPage?)null);

        await RunAsync();

        AssertGoesOn(Assert.Single(_steps), Now);
    }

    [Fact]
    public async Task A_page_that_is_due_soon_is_waited_for_by_the_run_and_a_later_one_by_the_schedule()
    {
        var soon = Now + HostRound.Soon;
        SetHost(Mine(), Due(soon));
        await RunAsync();
        AssertGoesOn(Assert.Single(_steps), soon);

        _steps.Clear();
        _sent.Clear();
        SetHost(Mine(), Due(soon.AddTicks(1)));
        await RunAsync();

        var step = Assert.Single(_steps);
        Assert.Equal((null, soon.AddTicks(1)), (step.After, step.NextDue));
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task A_host_whose_turn_is_somebody_else_s_is_come_back_to_when_it_is_free()
    {
        SetHost(Mine() with { Turn = "theirs", FreeAt = Now.AddSeconds(30) }, Due(Now));

        await RunAsync();

        Assert.Equal([(Run, TimeSpan.FromSeconds(30))], _sent);
        _pages.Verify(store => store.FindAsync(It.IsAny<DuePage>(), It.IsAny<CancellationToken>()), Times.Never());
    }

    [Fact]
    public async Task A_turn_that_somebody_took_a_moment_ago_is_come_back_to()
    {
        SetHost(Mine() with { Turn = null, FreeAt = Now }, Due(Now));
        _hosts.Setup(store => store.TrySaveAsync(It.IsAny<HostState>(), It.IsAny<CancellationToken>())).ReturnsAsync((HostState?)null);

        await RunAsync();

        Assert.Equal([(Run, TimeSpan.FromSeconds(1))], _sent);
        _pages.Verify(store => store.FindAsync(It.IsAny<DuePage>(), It.IsAny<CancellationToken>()), Times.Never());
    }

    [Fact]
    public async Task Less_than_a_second_is_waited_for_here_and_not_on_the_queue()
    {
        SetHost(Mine() with { Turn = null, FreeAt = Now.AddMilliseconds(400) }, Due(Now));
        _hosts.Setup(store => store.TrySaveAsync(It.IsAny<HostState>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((HostState state, CancellationToken _) => state);

        var running = RunAsync();
        await _clock.WaitForTimersAsync(1, Stop).WaitAsync(Patience, Stop);
        Assert.False(running.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(400));
        await running.WaitAsync(Patience, Stop);

        _hosts.Verify(
            store => store.TrySaveAsync(It.Is<HostState>(state => state.Turn == Run), It.IsAny<CancellationToken>()), Times.Once());
        _pages.Verify(store => store.FindAsync(It.IsAny<DuePage>(), It.IsAny<CancellationToken>()), Times.Once());
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_has_its_next_turn_in_an_hour_and_the_operator_knows()
    {
        SetHost(Mine(), Due(Now), Due(Now, "pg_b"));
        _pages.Setup(store => store.FindAsync(It.IsAny<DuePage>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new UnreadableRowException("damaged"));

        await RunAsync();

        _pages.Verify(
            store => store.SetAsideAsync(Host, It.IsAny<DuePage>(), Now + HostRound.SetAsideFor, It.IsAny<CancellationToken>()),
            Times.Once());
        Assert.Single(await _rig.NoticesAsync());
        AssertGoesOn(Assert.Single(_steps), Now);
    }

    [Fact]
    public async Task A_storage_that_fails_ends_the_step_and_changes_nothing_so_that_the_message_comes_again()
    {
        SetHost(Mine(), Due(Now));
        _pages.Setup(store => store.FindAsync(It.IsAny<DuePage>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StorageFailureException("It fails."));

        await Assert.ThrowsAsync<StorageFailureException>(RunAsync);

        Assert.Empty(_steps);
        Assert.Empty(_moved);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task A_storage_that_fails_within_the_check_is_no_fault_of_ours()
    {
        SetHost(Mine(), Due(Now));
        SetWatchers(() => throw new StorageFailureException("It fails."));

        await Assert.ThrowsAsync<StorageFailureException>(RunAsync);

        Assert.Empty(_moved);
        Assert.Empty(_rig.Storage.Aside.Notes);
    }

    [Fact]
    public async Task A_bug_in_a_check_puts_the_page_off_lists_it_and_the_run_goes_on()
    {
        SetHost(Mine(), Due(Now), Due(Now, "pg_b"));
        SetWatchers(() => throw new InvalidOperationException("It broke."));

        await RunAsync();

        var moved = Assert.Single(_moved);
        Assert.Equal((Now + Settings.RetryOurFault, null), (moved.DueAt, moved.CheckedAt));
        AssertGoesOn(moved.Step!, Now + Settings.HostPause);
        Assert.Contains("It broke.", Assert.Single(_rig.Storage.Aside.Notes).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fetch_that_hangs_longer_than_the_turn_has_room_for_is_put_off_and_the_run_goes_on()
    {
        // Of the turn so much is left beside the deadline of a fetch, which is later than this.
        var left = TimeSpan.FromSeconds(5);
        SetHost(Mine() with { Turn = null, FreeAt = Now }, Due(Now), Due(Now, "pg_b"));
        _hosts.Setup(store => store.TrySaveAsync(It.IsAny<HostState>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((HostState state, CancellationToken _) => state with
            {
                FreeAt = Now + Settings.Deadline + SharedTurns.ClockSkew + left,
            });
        await _rig.Storage.Projects.AddAsync(SendingRig.Project, Stop);
        var watcher = new Watcher(SendingRig.Project.Id, new LinkId("lnk_a"), Now);
        SetWatchers(() => new[] { watcher }.ToAsyncEnumerable());
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _names.Hang = asked;

        var running = RunAsync();
        await asked.Task.WaitAsync(Patience, Stop);
        _clock.Advance(left - TimeSpan.FromTicks(1));
        Assert.False(running.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));
        await running.WaitAsync(Patience, Stop);

        var moved = Assert.Single(_moved);
        Assert.Equal((Now + Settings.RetryOurFault, null), (moved.DueAt, moved.CheckedAt));
        AssertGoesOn(moved.Step!, Now + Settings.HostPause);
        Assert.Empty(_rig.Storage.Aside.Notes);
    }

    [Fact]
    public async Task A_message_that_cannot_be_sent_is_told_when_the_step_is_written()
    {
        SetHost(Mine(), Due(Now), Due(Now, "pg_b"));
        SetWatchers(() => throw new InvalidOperationException("It broke."));
        _queues.Setup(
            queues => queues.SendHostCheckAsync(Host, It.IsAny<string>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StorageFailureException("It fails."));

        await Assert.ThrowsAsync<StorageFailureException>(RunAsync);

        // Whoever comes when the run counts as dead finds its end in the schedule.
        Assert.NotNull(Assert.Single(_moved).Step!.After!.RunUntil);
    }

    [Fact]
    public async Task A_page_that_others_wrote_is_moved_over_what_they_wrote()
    {
        SetHost(Mine(), Due(Now));
        SetWatchers(() => throw new InvalidOperationException("It broke."));
        _hosts.Setup(store => store.GetAsync(Host, It.IsAny<CancellationToken>())).ReturnsAsync(Mine() with { ETag = "9" });
        _pages.Setup(store => store.GetAsync(_page.Key, It.IsAny<CancellationToken>())).ReturnsAsync(_page with { ETag = "2" });
        SetMove(page => page.ETag == "2" ? SaveOutcome.Saved : SaveOutcome.Conflict);

        await RunAsync();

        Assert.Equal(["1", "2"], _written);
        Assert.Equal("9", _moved[1].Step!.Before.ETag);
    }

    [Theory]
    [InlineData("2", 1)]
    [InlineData("1", 2)]
    public async Task A_page_with_a_link_that_somebody_added_meanwhile_stays_due(string version, int moves)
    {
        SetHost(Mine(), Due(Now));
        _pages.Setup(store => store.ReadLinksAsync(It.IsAny<PageKey>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new WatchersRead([], null) { Version = new WatchersVersion("1") });
        var rest = new RemainingLinks(new WatcherPlace(new("prj_a"), new("lnk_a")), null, Now.AddDays(1));
        _pages.Setup(store => store.FindAsync(It.IsAny<DuePage>(), It.IsAny<CancellationToken>())).ReturnsAsync(_page with { Rest = rest });
        _pages.Setup(store => store.GetWatchersVersionAsync(_page.Key, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new WatchersVersion(version));
        _hosts.Setup(store => store.GetAsync(Host, It.IsAny<CancellationToken>())).ReturnsAsync(Mine());
        SetMove(page => page.WatchersOver!.ETag == "1" && _moved.Count > 1 ? SaveOutcome.Saved : SaveOutcome.Conflict);

        await RunAsync();

        Assert.Equal(moves, _moved.Count);
        if (moves == 1)
            AssertGoesOn(Assert.Single(_steps), Now + Settings.HostPause);
    }

    [Fact]
    public async Task A_page_that_somebody_wants_at_once_meanwhile_keeps_their_time()
    {
        SetHost(Mine(), Due(Now));
        SetWatchers(() => throw new InvalidOperationException("It broke."));
        SetMove(_ => SaveOutcome.Conflict);
        _pages.Setup(store => store.GetAsync(_page.Key, It.IsAny<CancellationToken>()))
            .ReturnsAsync(_page with { ETag = "2", IsUrgent = true });

        await RunAsync();

        Assert.Single(_moved);
        AssertGoesOn(Assert.Single(_steps), Now + Settings.HostPause);
    }

    [Fact]
    public async Task Who_counted_as_dead_moves_its_page_and_leaves_the_host_to_the_run_that_followed()
    {
        SetHost(Mine(), Due(Now));
        SetWatchers(() => throw new InvalidOperationException("It broke."));
        _hosts.Setup(store => store.GetAsync(Host, It.IsAny<CancellationToken>())).ReturnsAsync(Mine() with { Run = "the-next" });
        var isFirst = true;
        SetMove(_ =>
        {
            (var answer, isFirst) = (isFirst ? SaveOutcome.Conflict : SaveOutcome.Saved, false);
            return answer;
        });

        await RunAsync();

        Assert.Equal(2, _moved.Count);
        Assert.Null(_moved[1].Step);
        Assert.Empty(_steps);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task A_host_that_is_always_written_by_others_is_given_up_after_so_many_attempts()
    {
        SetHost(Mine(), Due(Now));
        SetWatchers(() => throw new InvalidOperationException("It broke."));
        SetMove(_ => SaveOutcome.Conflict);
        _hosts.Setup(store => store.GetAsync(Host, It.IsAny<CancellationToken>())).ReturnsAsync(Mine());

        await Assert.ThrowsAsync<ContentionException>(RunAsync);

        Assert.Equal(Contention.MaxAttempts, _moved.Count);
        Assert.Empty(_sent);
    }

    private readonly List<string?> _written = [];

    private Task RunAsync() => _rig.Get<HostRound>().RunAsync(Host, Run, Stop);

    // As the message finds it: the turn came with the run.
    private HostState Mine() => new()
    {
        Key = Host,
        Host = "blog.example.net",
        Run = Run,
        RunUntil = Now + Settings.Lease,
        Turn = Run,
        FreeAt = Now + _rig.Get<HostRuns>().TurnLength,
        ETag = "1",
    };

    private DuePage Due(DateTimeOffset at, string? page = null) => new(
        page is null ? _page.Key : new PageKey(Host.Shard, page), false, at, $"host:{page}", false, "1");

    private void AssertGoesOn(HostStep step, DateTimeOffset at)
    {
        var after = step.After!;
        Assert.NotEqual(Run, after.Run);
        Assert.Equal((null, at), (after.Turn, after.FreeAt));
        Assert.Equal([(after.Run!, at - Now)], _sent);
    }

    private void SetHost(HostState? state, params DuePage[] first) => _pages
        .Setup(store => store.ReadHostAsync(Host, It.IsAny<int>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync(new HostPages(state, first, []));

    private void SetWatchers(Func<IAsyncEnumerable<Watcher>> watchers) => _pages
        .Setup(store => store.ReadLinksAsync(It.IsAny<PageKey>(), It.IsAny<CancellationToken>()))
        .Returns(async () => new WatchersRead(await watchers().ToListAsync(), null));

    private void SetMove(Func<WatchedPage, SaveOutcome> answer) => _pages
        .Setup(
            store => store.MoveDueAsync(
                It.IsAny<WatchedPage>(), It.IsAny<DateTimeOffset>(), It.IsAny<DateTimeOffset?>(), It.IsAny<HostStep?>(),
                It.IsAny<CancellationToken>()))
        .Returns((WatchedPage page, DateTimeOffset dueAt, DateTimeOffset? checkedAt, HostStep? step, CancellationToken _) =>
        {
            _written.Add(page.ETag);
            _moved.Add((dueAt, checkedAt, step));
            return Task.FromResult(answer(page));
        });

    /// <summary>DNS that knows no name, or answers nothing at all.</summary>
    private sealed class HangingNames : INameResolver
    {
        /// <summary>Completed when the first name is asked for; null to answer at once.</summary>
        public TaskCompletionSource? Hang { get; set; }

        public async ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            if (Hang is not { } asked)
                return NameAnswer.NotFound;
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return NameAnswer.Failed;
        }
    }
}
