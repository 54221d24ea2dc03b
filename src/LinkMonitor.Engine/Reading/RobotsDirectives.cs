namespace LinkMonitor.Engine.Reading;

/// <summary>
/// What the page says to search engines: the union of meta robots, meta googlebot and X-Robots-Tag, the more restrictive winning.
/// Source: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
/// </summary>
public sealed record RobotsDirectives
{
    public static RobotsDirectives None { get; } = new();

    /// <summary>False for noindex or none.</summary>
    public bool Index { get; init; } = true;

    /// <summary>False for nofollow or none.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>What restricts, with its place: for example <c>meta robots: noindex</c> or <c>X-Robots-Tag: googlebot: none</c>.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}
