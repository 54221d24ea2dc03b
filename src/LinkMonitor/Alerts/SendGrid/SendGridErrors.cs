using System.Text.Json.Serialization;

namespace LinkMonitor.Alerts.SendGrid;

/// <summary>The body of an answer that is no success.</summary>
internal sealed record SendGridErrors(IReadOnlyList<SendGridError?>? Errors);

/// <param name="Field">For example <c>personalizations.0.to.0.email</c>; null for the whole request.</param>
internal sealed record SendGridError(string? Message, string? Field);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SendGridErrors))]
internal sealed partial class SendGridJsonContext : JsonSerializerContext;
