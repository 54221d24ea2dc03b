using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Standalone;
using LinkMonitor.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LinkMonitor.Tests.Hosting.Standalone;

public sealed class TimerLoopTests : IDisposable
{
    private readonly ManualTimeProvider _time = new(DateTimeOffset.Parse(
        "2026-03-01T12:00:20Z", System.Globalization.CultureInfo.InvariantCulture));

    private readonly FunctionRecord _record = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_function_runs_at_each_tick_of_its_schedule()
    {
        var loop = Run("0 * * * * *");
        await _time.WaitForTimersAsync(1, Cancellation);
        Assert.Empty(_record.Runs);

        _time.Advance(TimeSpan.FromSeconds(40));
        await _record.NextRunAsync(Cancellation);
        await _time.WaitForTimersAsync(1, Cancellation);
        _time.Advance(TimeSpan.FromSeconds(60));
        await _record.NextRunAsync(Cancellation);

        Assert.Equal(2, _record.Runs.Count);
        await StopAsync(loop);
    }

    [Fact]
    public async Task A_tick_just_before_its_time_runs_nothing()
    {
        var loop = Run("0 */5 * * * *");
        await _time.WaitForTimersAsync(1, Cancellation);

        _time.Advance(new TimeSpan(0, 4, 39));

        Assert.Empty(_record.Runs);
        Assert.Equal(1, _time.PendingTimers);
        await StopAsync(loop);
    }

    [Fact]
    public async Task A_failed_run_does_not_end_the_loop()
    {
        _record.Work = _ => throw new InvalidOperationException("A bug.");
        var loop = Run("0 * * * * *");

        for (var tick = 0; tick < 3; tick++)
        {
            await _time.WaitForTimersAsync(1, Cancellation);
            _time.Advance(TimeSpan.FromMinutes(1));
            await _record.NextRunAsync(Cancellation);
        }

        Assert.False(loop.IsCompleted);
        await StopAsync(loop);
    }

    [Fact]
    public async Task Ticks_that_pass_during_a_run_are_skipped()
    {
        var running = new TaskCompletionSource();
        _record.Work = _ => running.Task;
        var loop = Run("0 * * * * *");
        await _time.WaitForTimersAsync(1, Cancellation);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _record.NextRunAsync(Cancellation);

        _time.Advance(TimeSpan.FromMinutes(10));
        running.SetResult();
        await _time.WaitForTimersAsync(1, Cancellation);

        Assert.Single(_record.Runs);
        await StopAsync(loop);
    }

    [Fact]
    public async Task A_stop_during_a_run_cancels_it_and_ends_the_loop()
    {
        _record.Work = cancellationToken => Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
        var loop = Run("0 * * * * *");
        await _time.WaitForTimersAsync(1, Cancellation);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _record.NextRunAsync(Cancellation);

        await StopAsync(loop);

        Assert.True(loop.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_wait_longer_than_a_timer_can_hold_is_waited_for()
    {
        var loop = Run("0 0 0 1 1 *");

        for (var day = 0; _record.Runs.Count == 0 && day < 400; day++)
        {
            await _time.WaitForTimersAsync(1, Cancellation);
            _time.Advance(TimeSpan.FromDays(1));
            if (_time.GetUtcNow().Year > 2026)
                await _record.NextRunAsync(Cancellation);
        }

        Assert.Equal(2027, _time.GetUtcNow().Year);
        await StopAsync(loop);
    }

    public void Dispose() => _stop.Dispose();

    private Task Run(string schedule)
    {
        var runner = new FunctionRunner(new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>());
        var definition = new TimerFunctionDefinition("Recording", schedule);
        var registration = new FunctionRegistration(definition, (_, _, cancellationToken) => _record.AddAsync("tick", cancellationToken));
        return new TimerLoop(definition, registration, runner, _time, NullLogger.Instance).RunAsync(_stop.Token);
    }

    private async Task StopAsync(Task loop)
    {
        await _stop.CancelAsync();
        await loop;
    }
}
