using System.Text.Json.Serialization;

namespace LinkMonitor.Hosting.Triggers;

/// <summary>RFC 9457 problem for the Functions host, which only logs it; any status other than 2xx makes it retry.</summary>
internal sealed record TriggerProblem(
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("detail")] string Detail);
