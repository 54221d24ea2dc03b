using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Azure.Monitor.OpenTelemetry.Exporter;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Telemetry;
using Microsoft.Extensions.Options;
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
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>>(new AnnotationsValidator<TelemetryOptions>(string.Empty, () => true));
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

/// <summary>Where traces and metrics go, by the names that the tools of others set, too. Without either nothing is collected.</summary>
internal sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>https://opentelemetry.io/docs/specs/otel/protocol/exporter/; the other variables named there count, too.</summary>
    public const string OtlpSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>https://learn.microsoft.com/azure/azure-monitor/app/connection-strings.</summary>
    public const string AzureSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>
    /// How the Functions host gets in there, which we do alike: <c>Authorization=AAD</c>, perhaps with <c>ClientId=…</c>.
    /// </summary>
    public const string AzureIdentitySetting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public string? Otlp { get; set; }

    public string? Azure { get; set; }

    public string? AzureIdentity { get; set; }

    public bool IsOff => string.IsNullOrEmpty(Otlp) && string.IsNullOrEmpty(Azure);

    public static TelemetryOptions From(IConfiguration configuration) => new()
    {
        Otlp = configuration[OtlpSetting],
        Azure = configuration[AzureSetting],
        AzureIdentity = configuration[AzureIdentitySetting],
    };

    /// <summary>A part of a list such as <c>ClientId=…;Authorization=AAD</c>; null when it is not there.</summary>
    public static string? Part(string? list, string name) => (list ?? "")
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => part.Split('=', 2))
        .Where(part => part.Length == 2 && part[0].Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(part => part[1]).FirstOrDefault();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Otlp) && !(Uri.TryCreate(Otlp, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            yield return new ValidationResult(
                $"{OtlpSetting} must be an absolute http or https address, for example http://localhost:4318.");
        if (!string.IsNullOrEmpty(Azure) && !Guid.TryParse(Part(Azure, "InstrumentationKey"), out _))
            yield return new ValidationResult(
                $"{AzureSetting} must be the connection string of Application Insights, which begins with InstrumentationKey= and a GUID.");
    }
}

/// <summary>
/// Begins the trace of a request, or continues with the caller's. It is named by its route: addresses hold tokens, and are in no trace.
/// </summary>
internal static class RequestTracing
{
    /// <summary>What requests are called where functions are told apart.</summary>
    public const string Work = "Http";

    // https://opentelemetry.io/docs/specs/semconv/http/http-spans/: whatever else a client calls its method is one value.
    private static readonly HashSet<string> Methods =
        new(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], StringComparer.Ordinal);

    /// <summary>Put it before everything else.</summary>
    public static IApplicationBuilder UseRequestTracing(this IApplicationBuilder app) => app.Use(TraceAsync);

    private static async Task TraceAsync(HttpContext context, RequestDelegate next)
    {
        WorkName.Set(Work);
        using var span = Begin(context.Request);
        await next(context);
        if (span is null)
            return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/');
        span.DisplayName = route is null ? MethodOf(context.Request) : $"{MethodOf(context.Request)} {route}";
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }

    private static Activity? Begin(HttpRequest request)
    {
        if (!ProductTelemetry.Source.HasListeners())
            return null;

        // The web server begins an activity that nobody records; as a parent it would be missing in every trace.
        Activity.Current = null;
        var span = ProductTelemetry.Continue(MethodOf(request), ActivityKind.Server, request.Headers.TraceParent);
        span?.SetTag("http.request.method", MethodOf(request));
        return span;
    }

    private static string MethodOf(HttpRequest request) => Methods.Contains(request.Method) ? request.Method : "_OTHER";
}
