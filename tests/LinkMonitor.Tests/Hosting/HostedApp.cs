using System.Net;
using System.Net.Sockets;
using LinkMonitor.Hosting;
using LinkMonitor.Hosting.FunctionApp;
using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Triggers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LinkMonitor.Tests.Hosting;

/// <summary>A small application on Kestrel: recording functions, a landing page, an API and forwarded headers, in either mode.</summary>
internal sealed class HostedApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HostedApp(WebApplication app) => _app = app;

    public FunctionRecord Record => _app.Services.GetRequiredService<FunctionRecord>();

    public ICollection<string> Urls => _app.Urls;

    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<HostedApp> StartAsync(
        bool behindHost, CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (behindHost)
            builder.Configuration[FunctionsHost.PortSetting] = $"{FreePort()}";
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddFunctionHosting();
        builder.Services.AddSingleton<FunctionRecord>();
        builder.Services.AddTimerFunction<RecordingFunction>(DeployedFunctions.ScheduleChecks);
        builder.Services.AddQueueFunction<RecordingFunction>(DeployedFunctions.CheckPage);
        var app = builder.Build();
        app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.All });
        app.UseHttpMethodOverride();
        app.MapGet("/", () => "landing");
        app.MapPost("/api/echo", (HttpRequest request) => request.Path.Value);
        await app.StartAsync(cancellationToken);
        return new HostedApp(app);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
