namespace LinkMonitor.Hosting.Serving;

/// <summary>
/// Makes the storage ready behind the Functions host, after the start: the host shuts itself down when a worker does not answer for long or
/// ends three times in a row. Until it is done, requests and triggers fail and are repeated. The triggers create no queue themselves.
/// </summary>
internal sealed partial class StoragePreparation(IServiceProvider services, TimeProvider time, ILogger<StoragePreparation> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await StorageStart.PrepareAsync(services, stoppingToken) is { } problem)
        {
            Log.NotReady(logger, problem);
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Problem} Trying again in 30 seconds.")]
        public static partial void NotReady(ILogger logger, string problem);
    }
}
