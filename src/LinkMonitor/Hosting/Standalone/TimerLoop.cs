using LinkMonitor.Hosting.Functions;
using NCrontab;

namespace LinkMonitor.Hosting.Standalone;

/// <summary>
/// Runs a timer function on its schedule, in UTC and never twice at once. Every copy of the process runs every tick: nothing elects
/// one of them, because timer functions are idempotent and safe to run side by side.
/// </summary>
internal sealed partial class TimerLoop(
    TimerFunctionDefinition definition, FunctionRegistration function, FunctionRunner runner, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly CrontabSchedule _schedule = CrontabSchedule.Parse(definition.Schedule, new() { IncludingSeconds = true });

    /// <summary>Ends only when asked to stop. Ticks that pass while the function runs are skipped.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            var last = Now();
            while (true)
            {
                // A timer may fire a moment early; counting from the last tick keeps that from running it twice.
                last = _schedule.GetNextOccurrence(last > Now() ? last : Now());
                await WaitUntilAsync(last, stoppingToken);
                await RunOnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task WaitUntilAsync(DateTime tick, CancellationToken stoppingToken)
    {
        while (tick - Now() is { Ticks: > 0 } wait)
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stoppingToken);
    }

    private async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await runner.RunAsync(function, "", stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // The edge of the process: the next tick tries again.
            Log.Failed(logger, definition.Name, exception);
        }
    }

    private DateTime Now() => time.GetUtcNow().UtcDateTime;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed; the next tick tries again.")]
        public static partial void Failed(ILogger logger, string function, Exception exception);
    }
}
