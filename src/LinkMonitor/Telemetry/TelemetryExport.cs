using System.ComponentModel.DataAnnotations;
using Azure.Monitor.OpenTelemetry.Exporter;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Telemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LinkMonitor.Telemetry;

/// <summary>
/// Sends traces and metrics by OTLP or to Azure Monitor where that is set. Otherwise nothing of OpenTelemetry is even loaded. Only our own
/// spans go, and metrics without addresses: those of outgoing requests would tell webhook addresses, which are secrets.
/// </summary>
internal static class TelemetryExport
{
    private const string ServiceName = "linkmonitor";

    // Of .NET itself: what the process uses, and how long requests take by route.
    private static readonly string[] Meters = [ProductTelemetry.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting"];

    /// <param name="version">Of the product.</param>
    public static IServiceCollection AddTelemetryExport(this IServiceCollection services, IConfiguration configuration, string version)
    {
        var options = TelemetryOptions.From(configuration);
        if (options.IsOff)
            return services;
        services.AddOptions<TelemetryOptions>()
            .Configure(bound => (bound.Otlp, bound.Azure, bound.AzureIdentity) = (options.Otlp, options.Azure, options.AzureIdentity))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new SettingsValidation((provider, _) => SettingsValidation.Run(provider, options)));
        if (Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true))
            Export(services, configuration, options, version);
        return services;
    }

    private static void Export(IServiceCollection services, IConfiguration configuration, TelemetryOptions options, string version)
    {
        services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, configuration, version))
            .WithTracing(tracing =>
            {
                tracing.AddSource(ProductTelemetry.Name);
                if (!string.IsNullOrEmpty(options.Otlp))
                    tracing.AddOtlpExporter();
                if (!string.IsNullOrEmpty(options.Azure))
                    tracing.AddAzureMonitorTraceExporter(azure => Set(azure, options));
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                if (!string.IsNullOrEmpty(options.Otlp))
                    metrics.AddOtlpExporter();
                if (!string.IsNullOrEmpty(options.Azure))
                    metrics.AddAzureMonitorMetricExporter(azure => Set(azure, options));
            });
    }

    private static void Describe(ResourceBuilder resource, IConfiguration configuration, string version)
    {
        if (string.IsNullOrEmpty(configuration["OTEL_SERVICE_NAME"]))
            resource.AddService(ServiceName, serviceVersion: version);
    }

    private static void Set(AzureMonitorExporterOptions azure, TelemetryOptions options)
    {
        azure.ConnectionString = options.Azure;
        if (string.Equals(TelemetryOptions.Part(options.AzureIdentity, "Authorization"), "AAD", StringComparison.OrdinalIgnoreCase))
            azure.Credential = ManagedIdentity.Of(TelemetryOptions.Part(options.AzureIdentity, "ClientId"));
    }
}
