namespace HostedProcess;

/// <summary>A background loop with a bug.</summary>
internal sealed class CrashingService : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        throw new InvalidOperationException("A bug in a loop.");
    }
}
