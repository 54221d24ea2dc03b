using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Alerts.Telling;
using LinkMonitor.Api;
using LinkMonitor.Failures;
using LinkMonitor.Hosting.Standalone;
using LinkMonitor.Hosting.Triggers;
using LinkMonitor.Landing;
using LinkMonitor.Monitoring;
using LinkMonitor.Sharing.Pages;
using LinkMonitor.Storage.Connecting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LinkMonitor.Hosting.Serving;

/// <summary>Puts the rooms together: the same application behind the Functions host and standalone.</summary>
internal static class Server
{
    /// <summary>A builder with all configuration sources read.</summary>
    public static WebApplicationBuilder CreateBuilder(ServerSettings settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        if (settings.Port is { } port)
            builder.WebHost.UseUrls($"http://localhost:{port}");
        else if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls($"http://localhost:{ServerSettings.DefaultPort}");
        builder.Logging.AddSimpleConsole(format =>
        {
            format.SingleLine = true;
            format.TimestampFormat = "HH:mm:ss ";
            format.UseUtcTimestamp = true;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        if (settings.AllowPrivateNetworks)
        {
            builder.Configuration[$"{MonitoringOptions.Section}:{nameof(MonitoringOptions.AllowPrivateNetworks)}"] = bool.TrueString;
            builder.Configuration[$"{ChannelOptions.Section}:{nameof(ChannelOptions.AllowPrivateNetworks)}"] = bool.TrueString;
        }

        return builder;
    }

    /// <summary>Registers every room but what starts the functions. The storage is opened when it is first used.</summary>
    public static void AddRooms(WebApplicationBuilder builder, StorageOptions storage)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddLinkMonitorStorage(_ => storage);
        builder.Services.AddSingleton<FailureNotes>();
        builder.Services.AddMonitoring();
        builder.Services.AddTelling();
        builder.Services.AddAlertChannels();
        builder.Services.AddApi();
    }

    /// <summary>Registers what starts the functions: the Functions host's calls where it is in front of us, otherwise our own loops.</summary>
    /// <returns>The Functions host, or null.</returns>
    public static FunctionsHost? AddFunctions(WebApplicationBuilder builder)
    {
        var host = builder.AddFunctionHosting();
        if (host is not null)
            builder.Services.AddHostedService<StoragePreparation>();
        else
            builder.Services.AddStandaloneLoops(new LoopOptions());
        return host;
    }

    /// <summary>The pipeline and the routes.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UseApi();
        app.MapLanding();
        app.MapSharing();
        app.MapApi();
        return app;
    }
}
