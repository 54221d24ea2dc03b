namespace HostedProcess;

/// <summary>Stops the application without an error: the Functions host's word to end, or something of our own that should not.</summary>
internal sealed class StoppingService(IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(lifetime.StopApplication);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
