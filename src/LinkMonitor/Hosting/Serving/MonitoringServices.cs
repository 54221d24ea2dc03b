using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Monitoring;
using LinkMonitor.Monitoring.Outages;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Serving;

/// <summary>Registers what schedules and runs the checks.</summary>
internal static class MonitoringServices
{
    public static IServiceCollection AddMonitoring(this IServiceCollection services)
    {
        services.AddSettings<MonitoringOptions>(MonitoringOptions.Section);
        services.TryAddSingleton<INameResolver, DnsNameResolver>();
        services.AddSingleton(provider => new PageFetcher(
            Fetching(provider), provider.GetRequiredService<INameResolver>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new HostPacer(
            new HostPacing { Pause = Options(provider).HostPause },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SharedTurns>()));
        services.AddSingleton<SharedTurns>();
        services.AddSingleton<SharedRobots>();
        services.AddSingleton(provider => new RobotsCache(
            provider.GetRequiredService<PageFetcher>(),
            provider.GetRequiredService<HostPacer>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SharedRobots>()));
        services.AddSingleton<PageObserver>();
        services.AddSingleton<RelatedPages>();
        services.AddSingleton<TargetObserver>();
        services.AddSingleton<LinkChecker>();
        services.AddSettings<OutageOptions>(OutageOptions.Section);
        services.AddSingleton(provider => new ControlProbe(
            provider.GetRequiredService<PageFetcher>(),
            provider.GetRequiredService<IOptions<OutageOptions>>().Value.Controls,
            provider.GetRequiredService<IOptions<OutageOptions>>().Value.ControlEvery,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FailureShare>();
        services.AddSingleton<OutageLog>();
        services.AddSingleton<OutageGuard>();
        services.AddSingleton<CheckFaults>();
        services.AddSingleton(provider => HostRuns.Limits(Options(provider)));
        services.AddSingleton<ClockRepair>();
        services.AddSingleton<HostRuns>();
        services.AddSingleton<HostRound>();
        services.AddSingleton<PageSchedule>();
        services.AddSingleton<PageWatchers>();
        services.AddSingleton<ProjectMemory>();
        services.AddSingleton<SettledRound>();
        services.AddSingleton<ConditionalRound>();
        services.AddSingleton<PageCheck>();
        services.AddSingleton<OutcomeWriter>();
        services.AddSingleton<LinkUpdate>();
        services.AddSingleton<PageCheckHandler>();
        return services;
    }

    private static FetchOptions Fetching(IServiceProvider provider)
    {
        var options = Options(provider);
        return new FetchOptions
        {
            Deadline = options.Deadline,
            MaxBodyBytes = options.MaxBodyBytes,
            PageMemoryBytes = options.PageMemoryBytes,
            AllowPrivateNetworks = options.AllowPrivateNetworks,
            UserAgent = options.Contact is { } contact ? FetchOptions.UserAgentWith(contact) : FetchOptions.DefaultUserAgent,
        };
    }

    private static MonitoringOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<MonitoringOptions>>().Value;
}
