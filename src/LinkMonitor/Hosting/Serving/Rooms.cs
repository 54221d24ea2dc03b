using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Telling;
using LinkMonitor.Api;
using LinkMonitor.Documentation;
using LinkMonitor.Failures;
using LinkMonitor.Heartbeats;
using LinkMonitor.Hosting.Budgets;
using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Installations;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Hosting.Triggers;
using LinkMonitor.Landing;
using LinkMonitor.Monitoring;
using LinkMonitor.Placements.Publishing;
using LinkMonitor.Placements.Samples;
using LinkMonitor.Projects;
using LinkMonitor.Retention;
using LinkMonitor.Sharing.Pages;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Telemetry;
using LinkMonitor.Watchdog;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LinkMonitor.Hosting.Serving;

/// <summary>Puts the rooms together: the same application behind the Functions host and standalone.</summary>
internal static class Rooms
{
    /// <summary>Registers every room but what starts the functions. The storage is opened when it is first used.</summary>
    public static void Add(IServiceCollection services, StorageOptions storage)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLinkMonitorStorage(_ => storage);
        services.AddMetrics();
        services.AddSingleton<ProductMeter>();
        services.AddSingleton<FailureNotes>();
        services.AddSingleton<SetAsideNotes>();
        services.AddSingleton<ISetAside>(provider => provider.GetRequiredService<SetAsideNotes>());
        services.AddMonitoring();
        services.AddSingleton<ProjectPurge>();
        services.AddRetention();
        services.AddTelling();
        services.AddAlertChannels();
        services.AddApi();
        services.AddWatchdog();
        services.AddHeartbeat();
        services.AddBudgets();

        // Read before the rooms are there; known here, so that its names are.
        services.AddSettings<LocalOptions>(LocalOptions.Section);
        services.AddSingleton(FunctionCatalog.Of(typeof(Queues).Assembly.GetTypes()));
        services.AddSingleton<FunctionRunner>();
    }

    /// <summary>The pipeline and the routes.</summary>
    public static void Use(IApplicationBuilder app)
    {
        app.UseRequestTracing();
        app.UseApi();
        app.UseEndpoints(routes =>
        {
            routes.MapLanding();
            routes.MapSharing();
            routes.MapSharedReports();
            routes.MapApi();
            var open = routes.MapGroup(string.Empty).WithRequestCheck();
            open.MapSamples();
            open.MapHealth();
            open.MapDocs();
        });
    }
}
