using System.ComponentModel.DataAnnotations;

namespace LinkMonitor.Telemetry;

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
