using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Links;

/// <summary>What the first observation that found the link saw, as the API shows it.</summary>
public sealed record BaselineView
{
    /// <summary><c>follow</c>, or the qualifying tokens.</summary>
    public required string Rel { get; init; }

    public required string Anchor { get; init; }

    public required Placement Placement { get; init; }

    public required bool Hidden { get; init; }

    public required bool Indexable { get; init; }

    /// <summary>Whether the page itself said nofollow.</summary>
    public required bool PageNofollow { get; init; }

    /// <summary>Whether robots.txt kept Googlebot out of the page.</summary>
    public required bool GoogleDisallowed { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    internal static BaselineView Of(Baseline baseline) => new()
    {
        Rel = RelText.Write(baseline.Rel),
        Anchor = baseline.Anchor,
        Placement = baseline.Placement,
        Hidden = baseline.Hidden,
        Indexable = baseline.Indexable,
        PageNofollow = baseline.PageNofollow,
        GoogleDisallowed = baseline.GoogleDisallowed,
        SeenAt = baseline.SeenAt,
    };
}
