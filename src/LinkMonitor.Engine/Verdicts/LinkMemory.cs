using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Verdicts;

/// <summary>What earlier checks know of a link.</summary>
public sealed record LinkMemory
{
    /// <summary>Nothing: the first check of a link, or a check on its own.</summary>
    public static LinkMemory None { get; } = new();

    /// <summary>The first check of the link; null before it, and then whatever is expected "as first seen" is met.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>What is held to be wrong with the link's target; empty for nothing.</summary>
    public IReadOnlyList<Reason> TargetReasons { get; init; } = [];

    /// <summary>The page when the link was last seen on it; null when that is not known.</summary>
    public KnownPage? Known { get; init; }

    /// <summary>The page's other outbound links when the link was last as expected; null when they are not known.</summary>
    public OutboundLinks? Outbound { get; init; }

    /// <summary>
    /// The links of the page, by their place among its links, that other watched links of the same project are: none of these took the
    /// place of this one.
    /// </summary>
    public IReadOnlySet<int> Taken { get; init; } = new HashSet<int>();

    /// <summary>The anchor when the link was last seen; null when it is not known.</summary>
    public string? LastAnchor { get; init; }

    /// <summary>The text before and after the link when it was last seen, at most 120 characters each; null when it is not known.</summary>
    public (string Before, string After)? Place { get; init; }
}

/// <summary>
/// The other page that a page names as its canonical. A canonical that differs by no more than a link may (scheme, "www.", a slash at the
/// end, tracking parameters) is the page itself. Source:
/// https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
/// </summary>
public static class CanonicalPage
{
    /// <summary>Null when the page names none, or itself, or was not read.</summary>
    public static WebUrl? Of(Observation observation) =>
        observation.Reading?.Canonical is { IsHttp: true } canonical
            && !IsSame(canonical, observation.Page)
            && !IsSame(canonical, observation.FinalUrl)
            ? canonical
            : null;

    /// <summary>Whether the canonical was seen, and it is not the page itself after all, as after a redirect back to it.</summary>
    internal static bool IsElsewhere(Observation observation, Observation canonical) =>
        canonical.Reading is not null && !IsSame(canonical.FinalUrl, observation.FinalUrl) && !IsSame(canonical.FinalUrl, observation.Page);

    private static bool IsSame(WebUrl one, WebUrl other) => UrlKeys.TargetKey(one) == UrlKeys.TargetKey(other);
}
