using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Links;

/// <summary>What a watched link should look like. Every part but the target is "as first seen" unless said otherwise.</summary>
public sealed record Expectation
{
    /// <summary>Where the link should point: an absolute http or https URL.</summary>
    public required WebUrl Target { get; init; }

    /// <summary>How close a link must come to <see cref="Target"/>; <see cref="TargetMatch.Page"/> by default.</summary>
    public TargetMatch Match { get; init; } = TargetMatch.Page;

    /// <summary>The qualifying rel tokens. Exactly <see cref="RelQualifiers.None"/> means a followed link, page-level nofollow included.</summary>
    public Expected<RelQualifiers> Rel { get; init; }

    /// <summary>The anchor text; compared after folding white space and case. For an image link its alternative text.</summary>
    public Expected<string> Anchor { get; init; }

    /// <summary>The part of the page that holds the link.</summary>
    public Expected<Placement> Placement { get; init; }

    /// <summary>Whether the page may be indexed (no noindex).</summary>
    public Expected<bool> Indexable { get; init; }
}
