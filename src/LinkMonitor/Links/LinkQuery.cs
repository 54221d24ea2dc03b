using LinkMonitor.Api.Queries;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Tracking;
using Microsoft.AspNetCore.Mvc;

namespace LinkMonitor.Links;

/// <summary>The query by which links are chosen; what is absent does not restrict.</summary>
internal sealed record LinkQuery
{
    [NameOf<LinkState>]
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    [NameOf<ReasonCode>]
    [FromQuery(Name = "reason")]
    public string? Reason { get; init; }

    /// <summary>What the last check saw of the page.</summary>
    [NameOf<LookKind>]
    [FromQuery(Name = "observation")]
    public string? Observation { get; init; }

    /// <summary>Whether the last check saw the page.</summary>
    [FromQuery(Name = "seen")]
    public bool? Seen { get; init; }

    [FromQuery(Name = "host")]
    public string? Host { get; init; }

    [FromQuery(Name = "tag")]
    public string? Tag { get; init; }

    [FromQuery(Name = "vendor")]
    public string? Vendor { get; init; }

    [FromQuery(Name = "q")]
    public string? Text { get; init; }
}
