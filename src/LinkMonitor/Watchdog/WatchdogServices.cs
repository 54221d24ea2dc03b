using LinkMonitor.Hosting.Settings;

namespace LinkMonitor.Watchdog;

/// <summary>Registers what notices that work is left undone.</summary>
internal static class WatchdogServices
{
    public static IServiceCollection AddWatchdog(this IServiceCollection services)
    {
        services.AddSettings<WatchdogOptions>(WatchdogOptions.Section);
        services.AddSingleton<BacklogLook>();
        services.AddSingleton<Watch>();
        services.AddSingleton<StallWatch>();
        services.AddSingleton<HealthReport>();
        services.AddSingleton<BacklogGauges>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, HealthJson.Default));
        return services.AddHostedService<GaugeStart>();
    }

    // Nobody asks for the gauges: they are asked by whoever listens to the meter.
    private sealed class GaugeStart(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<BacklogGauges>();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
