using Microsoft.AspNetCore.Mvc;

namespace LinkMonitor.Links;

/// <summary>The query by which links are chosen; what is absent does not restrict.</summary>
internal sealed record LinkQuery
{
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    [FromQuery(Name = "reason")]
    public string? Reason { get; init; }

    /// <summary>What the last check saw of the page.</summary>
    [FromQuery(Name = "observation")]
    public string? Observation { get; init; }

    /// <summary>Whether the last check saw the page.</summary>
    [FromQuery(Name = "seen")]
    public string? Seen { get; init; }

    [FromQuery(Name = "host")]
    public string? Host { get; init; }

    [FromQuery(Name = "tag")]
    public string? Tag { get; init; }

    [FromQuery(Name = "vendor")]
    public string? Vendor { get; init; }

    [FromQuery(Name = "q")]
    public string? Text { get; init; }
}
