using LinkMonitor.Alerts.Posting;
using LinkMonitor.Api;
using LinkMonitor.Api.Limits;
using LinkMonitor.Hosting.Standalone;
using LinkMonitor.Monitoring;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Telemetry;
using Microsoft.Extensions.Logging.Console;

namespace LinkMonitor.Hosting.Serving;

/// <summary>The application standalone: a web server of its own and loops that start the functions.</summary>
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
        builder.WebHost.ConfigureKestrel(ServerRefusals.Describe);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Logging.AddConsoleFormatter<PlainConsole, ConsoleFormatterOptions>();
        builder.Logging.AddConsole(console => console.FormatterName = PlainConsole.FormatterName);
        builder.Logging.AddQuietFilters();
        if (settings.AllowPrivateNetworks)
        {
            builder.Configuration[$"{MonitoringOptions.Section}:{nameof(MonitoringOptions.AllowPrivateNetworks)}"] = bool.TrueString;
            builder.Configuration[$"{ChannelOptions.Section}:{nameof(ChannelOptions.AllowPrivateNetworks)}"] = bool.TrueString;
        }

        return builder;
    }

    /// <summary>Registers every room but what starts the functions.</summary>
    public static void AddRooms(WebApplicationBuilder builder, StorageOptions storage)
    {
        Rooms.Add(builder.Services, storage);
        builder.Services.AddTelemetryExport(builder.Configuration, Product.Version);
        builder.Services.AddSingleton<OwnAddress>();
    }

    /// <summary>Registers the loops that start the functions.</summary>
    public static void AddLoops(WebApplicationBuilder builder) => builder.Services.AddStandaloneLoops(new LoopOptions());

    /// <summary>The pipeline and the routes.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        Rooms.Use(app);
        return app;
    }
}
