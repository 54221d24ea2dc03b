using LinkMonitor.Hosting.Serving;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>
/// Starts our Azurite again when it ends, five times in ten minutes at most, and that of another process in the same folder when that
/// process has ended. What it saved is there; queues and tables that it did not get to save are made again. When it does not come up any
/// more, the process ends with one sentence: nothing works without storage.
/// </summary>
internal sealed partial class AzuriteWatch(
    AzuriteStorage storage, IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<AzuriteWatch> logger) : BackgroundService
{
    public const int MaxRestarts = 5;

    /// <summary>The time in which they are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Queue<DateTimeOffset> _restarts = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var code = await storage.EndedAsync(stoppingToken);
            if (await TryRestartAsync(stoppingToken) is { } problem)
            {
                Log.GivenUp(logger, problem);
                lifetime.StopApplication();
                return;
            }

            if (code is { } ended)
                Log.Restarted(logger, ended);
            else
                Log.TakenOver(logger);
        }
    }

    /// <returns>Null when it runs again; otherwise why it does not.</returns>
    private async Task<string?> TryRestartAsync(CancellationToken stoppingToken)
    {
        var problem = $"it ended {MaxRestarts} times in {Window.TotalMinutes} minutes";
        while (TryCount() is { } pause)
        {
            await Task.Delay(pause, time, stoppingToken);
            try
            {
                await storage.RestartAsync(stoppingToken);
                if (await StorageStart.PrepareAsync(services, stoppingToken) is not { } notReady)
                    return null;
                problem = notReady;
            }
            catch (AzuriteUnavailableException failed)
            {
                problem = failed.Message;
            }
        }

        return problem;
    }

    /// <returns>How long to wait before the next start; null when there were too many.</returns>
    private TimeSpan? TryCount()
    {
        while (_restarts.TryPeek(out var oldest) && time.GetUtcNow() - oldest > Window)
            _restarts.Dequeue();
        if (_restarts.Count == MaxRestarts)
            return null;
        var pause = _restarts.Count == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, _restarts.Count - 1));
        _restarts.Enqueue(time.GetUtcNow());
        return pause;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Azurite had ended (exit code {Code}) and was started again, with what it had saved; work that it cut off is "
                + "repeated.")]
        public static partial void Restarted(ILogger logger, int code);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "The LinkMonitor that had started Azurite has ended, and Azurite with it. This one has started it again, with what "
                + "it had saved, and keeps it from now on.")]
        public static partial void TakenOver(ILogger logger);

        [LoggerMessage(
            Level = LogLevel.Critical,
            Message = "Azurite has ended and does not come up again: {Problem}. LinkMonitor stops. See azurite.log in the data folder.")]
        public static partial void GivenUp(ILogger logger, string problem);
    }
}
