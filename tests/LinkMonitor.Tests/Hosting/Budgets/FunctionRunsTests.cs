using LinkMonitor.Failures;
using LinkMonitor.Hosting.Budgets;
using LinkMonitor.Storage.Telemetry;
using LinkMonitor.Telemetry;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Telemetry;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Hosting.Budgets;

/// <summary>What a function is given, and what is known of its run.</summary>
public sealed class FunctionRunsTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Measured _measured = new();
    private readonly FunctionRuns _runs;

    public FunctionRunsTests() =>
        _runs = new FunctionRuns(
            Options.Create(new BudgetOptions { CheckPage = TimeSpan.FromMinutes(8) }), new ProductMeter(_measured), _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_ends_with_the_budget_and_the_run_fails_with_what_it_was()
    {
        var begun = new TaskCompletionSource();
        var run = _runs.RunAsync("CheckPage", stop => WaitAsync(begun, stop), Token);
        await begun.Task.WaitAsync(Token);

        _clock.Advance(TimeSpan.FromMinutes(8));

        var spent = await Assert.ThrowsAsync<BudgetSpentException>(() => run.WaitAsync(Token));
        Assert.Equal("CheckPage did not end within its budget of 00:08:00 and was cancelled.", spent.Message);
        Assert.Equal(["function=CheckPage result=out-of-time"], _measured.TagsOf("linkmonitor.function.duration"));
    }

    [Fact]
    public async Task Stop_of_the_process_is_no_failure_of_the_budget()
    {
        var begun = new TaskCompletionSource();
        using var stopping = new CancellationTokenSource();
        var run = _runs.RunAsync("CheckPage", stop => WaitAsync(begun, stop), stopping.Token);
        await begun.Task.WaitAsync(Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Token));
        Assert.Equal(["function=CheckPage result=stopped"], _measured.TagsOf("linkmonitor.function.duration"));
    }

    [Fact]
    public async Task Run_is_measured_by_name_and_result_and_gives_its_name_to_all_it_calls()
    {
        string? name = null;
        await _runs.RunAsync("SweepAlerts", async _ =>
        {
            await Task.Yield();
            name = WorkName.Current;
            _clock.Advance(TimeSpan.FromSeconds(3));
        }, Token);
        await Assert.ThrowsAsync<FormatException>(() => _runs.RunAsync("CheckPage", _ => throw new FormatException(), Token));

        Assert.Equal("SweepAlerts", name);
        Assert.Equal(WorkName.Other, WorkName.Current);
        Assert.Equal(
            [(3.0, "function=SweepAlerts result=ok"), (0.0, "function=CheckPage result=failed")],
            _measured.Of("linkmonitor.function.duration"));
    }

    [Fact]
    public async Task Queue_lag_is_from_the_time_that_the_message_could_be_received()
    {
        var due = _clock.GetUtcNow().AddSeconds(-90).ToUnixTimeMilliseconds();

        await _runs.RunAsync("CheckPage", "page-checks", $$"""{"v":1,"due":{{due}}}""", _ => Task.CompletedTask, Token);
        await _runs.RunAsync("CheckPage", "page-checks", """{"v":1}""", _ => Task.CompletedTask, Token);

        Assert.Equal([(90.0, "queue=page-checks")], _measured.Of("linkmonitor.queue.lag"));
    }

    public void Dispose() => _measured.Dispose();

    private static async Task WaitAsync(TaskCompletionSource begun, CancellationToken stop)
    {
        begun.SetResult();
        await new TaskCompletionSource().Task.WaitAsync(stop);
    }
}
