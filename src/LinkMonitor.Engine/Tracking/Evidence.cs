using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Tracking;

/// <summary>The proof kept of one check of one link: small, and readable years later without the page.</summary>
public sealed record Evidence
{
    public required DateTimeOffset CheckedAt { get; init; }

    public required ObservationKind Observation { get; init; }

    /// <summary>One sentence: what was seen.</summary>
    public required string Detail { get; init; }

    public int? Status { get; init; }

    public required string FinalUrl { get; init; }

    public IReadOnlyList<Redirect> Redirects { get; init; } = [];

    public string? Title { get; init; }

    public string? Canonical { get; init; }

    public RobotsDirectives? Robots { get; init; }

    /// <summary>How many links of the page matched.</summary>
    public int Occurrences { get; init; }

    /// <summary>The deciding occurrence's absolute URL; this and all below are null when the link was not there.</summary>
    public string? LinkUrl { get; init; }

    public IReadOnlyList<string>? Rel { get; init; }

    public bool? Follow { get; init; }

    public string? Anchor { get; init; }

    public LinkKind? Kind { get; init; }

    public Placement? Placement { get; init; }

    public bool? Hidden { get; init; }

    /// <summary>The element's HTML, cut at 1,000 characters.</summary>
    public string? Snippet { get; init; }
}
