using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Links;

/// <summary>What the first observation that found the link saw; stands in for every part that is expected "as first seen".</summary>
public sealed record Baseline
{
    public required RelQualifiers Rel { get; init; }

    public required string Anchor { get; init; }

    public required Placement Placement { get; init; }

    public required bool Hidden { get; init; }

    /// <summary>False when the page said noindex or none.</summary>
    public required bool Indexable { get; init; }

    /// <summary>True when the page itself said nofollow or none.</summary>
    public required bool PageNofollow { get; init; }

    /// <summary>True when robots.txt kept Googlebot out of the page.</summary>
    public bool GoogleDisallowed { get; init; }

    /// <summary>True when the page named another one as its canonical, and the link was not there.</summary>
    public bool IsMissingOnCanonical { get; init; }

    /// <summary>The URL that the target redirected to; null when it did not, or that was not known.</summary>
    public string? TargetLeadsTo { get; init; }

    /// <summary>No check has seen the target yet, so that <see cref="TargetLeadsTo"/> says nothing; the first one that does sets it.</summary>
    public bool IsTargetUnknown { get; init; }

    /// <summary>When that observation was made.</summary>
    public required DateTimeOffset SeenAt { get; init; }
}
