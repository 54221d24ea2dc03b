using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LinkMonitor.Hosting.Standalone;

internal static class StandaloneExtensions
{
    // Above the drain time: cancelled functions still get to release their messages.
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Runs the functions of the catalog in this process, with the storage's queues. For standalone mode only: behind the Functions host they would
    /// run twice.
    /// </summary>
    public static IServiceCollection AddStandaloneLoops(this IServiceCollection services, LoopOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddHostedService<StandaloneLoops>();
        return services.Configure<HostOptions>(host =>
        {
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
            host.ShutdownTimeout = options.DrainTime + SettleTime;
            // Or the web server's own draining would use up the time of the loops.
            host.ServicesStopConcurrently = true;
        });
    }
}
