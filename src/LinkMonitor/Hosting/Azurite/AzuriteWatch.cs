namespace LinkMonitor.Hosting.Azurite;

/// <summary>Ends the process with an error when the Azurite it started is gone: nothing works without storage.</summary>
internal sealed class AzuriteWatch(AzuriteStorage storage) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await storage.Ended.WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        throw new InvalidOperationException("Azurite, which this process started, has ended.");
    }
}
