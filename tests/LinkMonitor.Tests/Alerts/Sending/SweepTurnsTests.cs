using LinkMonitor.Alerts.Sending;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace LinkMonitor.Tests.Alerts.Sending;

public sealed class SweepTurnsTests
{
    private static readonly TimeSpan RunTime = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly ManualTimeProvider _clock = new();
    private readonly RecordedSetAside _aside = new();
    private readonly SweepTurns _turns;
    private int _done;

    public SweepTurnsTests() => _turns = new SweepTurns(_aside, _clock, NullLogger<SweepTurns>.Instance);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_that_fails_stops_no_other_and_is_listed_until_it_goes_well()
    {
        await RunAsync(5, one => one == 3 ? Task.FromException(new StorageFailureException("It fails.")) : DoneAsync());

        var note = Assert.Single(_aside.Notes);
        Assert.Equal(4, _done);
        Assert.Equal("projects: 3", note.Name.Key);
        Assert.Equal("It fails.", note.Problem);

        await RunAsync(5, _ => DoneAsync());
        Assert.Empty(_aside.Notes);
    }

    [Theory]
    [InlineData("SweepAlerts", "wake-ups: prj_abcdefghij234567 2026-11-30T07:06:33.1196724+00:00", "prj_abcdefghij234567")]
    [InlineData("SweepAlerts", "pending projects: prj_abcdefghij234567", "prj_abcdefghij234567")]
    [InlineData("SweepAlerts", "watchdog", null)]
    [InlineData("Links", "wake-ups: prj_abcdefghij234567", null)]
    public void Whose_turn_went_wrong_is_in_its_name(string area, string key, string? project) =>
        Assert.Equal(project, SweepTurns.ProjectOf(new SetAsideName(area, "", key))?.Value);

    [Fact]
    public async Task A_row_that_cannot_be_read_is_not_listed_a_second_time()
    {
        await RunAsync(1, _ => Task.FromException(new UnreadableRowException("It is listed where it was read.")));

        Assert.Empty(_aside.Notes);
    }

    [Fact]
    public async Task A_turn_that_hangs_and_heeds_nothing_ends_with_its_time()
    {
        var hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = RunAsync(1, _ =>
        {
            hangs.SetResult();
            return Never;
        });
        await hangs.Task.WaitAsync(Patience, Stop);

        _clock.Advance(SweepTurns.TurnTime);

        await run.WaitAsync(Patience, Stop);
        Assert.Equal("It took longer than 20 seconds.", Assert.Single(_aside.Notes).Problem);
    }

    [Fact]
    public async Task So_many_have_their_turn_at_a_time_and_no_more()
    {
        var (inside, most) = (0, 0);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = RunAsync(SweepTurns.TurnsAtATime * 3, async _ =>
        {
            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            if (now == SweepTurns.TurnsAtATime)
                full.TrySetResult();
            await gate.Task;
            Interlocked.Decrement(ref inside);
            await DoneAsync();
        });
        await full.Task.WaitAsync(Patience, Stop);
        gate.SetResult();

        await run.WaitAsync(Patience, Stop);

        Assert.Equal((SweepTurns.TurnsAtATime, SweepTurns.TurnsAtATime * 3), (most, _done));
    }

    [Fact]
    public async Task A_list_that_never_comes_ends_with_the_time_of_the_run()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = _turns.RunAsync(
            "projects", new RunBudget(_clock, RunTime), _ => HangingAsync(asked), one => $"{one}", (_, _) => DoneAsync(), Stop);
        await asked.Task.WaitAsync(Patience, Stop);

        _clock.Advance(RunTime);

        await run.WaitAsync(Patience, Stop);
        Assert.Equal("projects", Assert.Single(_aside.Notes).Name.Key);
    }

    [Fact]
    public async Task Who_stops_the_sweep_finds_nothing_listed()
    {
        using var stop = new CancellationTokenSource();
        var run = _turns.RunOneAsync("watchdog", token => Task.Delay(Timeout.InfiniteTimeSpan, _clock, token), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience, Stop));
        Assert.Empty(_aside.Notes);
    }

    private Task RunAsync(int count, Func<int, Task> turn) => _turns.RunAsync(
        "projects", new RunBudget(_clock, RunTime), _ => Enumerable.Range(1, count).ToAsyncEnumerable(), one => $"{one}",
        (one, _) => turn(one), Stop);

    private Task DoneAsync()
    {
        Interlocked.Increment(ref _done);
        return Task.CompletedTask;
    }

    private static async IAsyncEnumerable<int> HangingAsync(TaskCompletionSource asked)
    {
        asked.SetResult();
        await Never;
        yield return 1;
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); seen < now; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, now, seen);
    }
}
