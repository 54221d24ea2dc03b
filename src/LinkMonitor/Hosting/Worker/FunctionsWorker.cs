using LinkMonitor.About;
using LinkMonitor.Hosting.Account;
using LinkMonitor.Hosting.Budgets;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Hosting.Web;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;

namespace LinkMonitor.Hosting.Worker;

/// <summary>The application behind the Azure Functions host, as an isolated worker.</summary>
internal static class FunctionsWorker
{
    /// <summary>EX_UNAVAILABLE of sysexits.h: a setting cannot be used. The host tries again, then says that it cannot start us.</summary>
    public const int Unavailable = 69;

    // The host kills a worker five seconds after it has asked it to end.
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(4);

    /// <summary>Whether these are the arguments that the Functions host starts its workers with. No command of ours has them.</summary>
    public static bool IsAskedFor(IEnumerable<string> args) => args.Contains("--functions-uri", StringComparer.Ordinal);

    /// <returns>The process's exit code; see <see cref="ProcessRunExtensions"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (GlobalizationCheck.Warning() is { } warning)
            await Console.Error.WriteLineAsync(warning);
        var builder = FunctionsApplication.CreateBuilder(args);
        try
        {
            if (StorageAccount.From(builder.Configuration) is { } account)
                return await RunAsync(builder, account.ToOptions());
            return await FailAsync("No storage is configured: set AzureWebJobsStorage, or LinkMonitor__Storage to a connection string.");
        }
        catch (InvalidStorageOptionsException e)
        {
            return await FailAsync(e.Message);
        }
    }

    private static async Task<int> RunAsync(FunctionsApplicationBuilder builder, StorageOptions storage)
    {
        builder.ConfigureFunctionsWebApplication();
        Configure(builder, storage);
        using var app = builder.Build();
        if (SettingsCheck.Failures(app.Services) is [_, ..] failures)
            return await FailAsync([.. failures.Prepend("The configuration is not valid:")]);
        // Made now: what is wrong with them must show at the start and not at the first request.
        app.Services.GetRequiredService<IWorkQueues>();
        app.Services.GetRequiredService<RequestPipeline>();
        return await app.RunBehindHostAsync();
    }

    private static void Configure(FunctionsApplicationBuilder builder, StorageOptions storage)
    {
        builder.Logging.AddQuietFilters();
        Rooms.Add(builder.Services, storage);
        builder.Services.AddTelemetryExport(builder.Configuration, Product.Version);
        builder.Services.AddSingleton(FunctionTimeout.Read(builder.Configuration, AppContext.BaseDirectory));
        builder.Services.AddSingleton(services => RequestPipeline.Build(services, Rooms.Use));
        builder.Services.AddHostedService<StoragePreparation>();
        // The host hands us its whole environment; a Kestrel section in it must not open more addresses than the one the host knows.
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Configure());
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = ShutdownTime;
            host.ServicesStopConcurrently = true;
        });
    }

    private static async Task<int> FailAsync(params string[] lines)
    {
        foreach (var line in lines)
            await Console.Error.WriteLineAsync(line);
        return Unavailable;
    }
}
