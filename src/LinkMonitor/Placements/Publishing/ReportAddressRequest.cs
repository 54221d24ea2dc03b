using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api.Bodies;

namespace LinkMonitor.Placements.Publishing;

/// <summary>Which report a public address is wanted for.</summary>
public sealed record ReportAddressRequest : IRequestBody<ReportAddressRequest>
{
    static JsonTypeInfo<ReportAddressRequest> IRequestBody<ReportAddressRequest>.Shape => ReportJson.Default.ReportAddressRequest;

    /// <summary><c>vendors</c>, or <c>refund</c> with exactly one of <c>vendor</c> and <c>link</c>; needed.</summary>
    public ReportKind? Report { get; init; }

    /// <summary>The vendor whose refund pack it is.</summary>
    public string? Vendor { get; init; }

    /// <summary>The id of the link whose refund pack it is.</summary>
    public string? Link { get; init; }

    /// <summary>How long it works, 1 to 3,650 days; 90 by default.</summary>
    public int? ValidDays { get; init; }
}
