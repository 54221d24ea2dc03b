using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Judging;

/// <summary>
/// The other page that a page names as its canonical. A canonical that differs by no more than a link may (scheme, "www.", a slash at the end, tracking
/// parameters) is the page itself. Source: https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
/// </summary>
public static class CanonicalPage
{
    /// <summary>Null when the page names none, or itself, or was not read.</summary>
    public static WebUrl? Of(Observation observation) =>
        observation.Reading?.Canonical is { IsHttp: true } canonical && !IsSame(canonical, observation.Page) && !IsSame(canonical, observation.FinalUrl)
            ? canonical
            : null;

    /// <summary>Whether the canonical was seen, and it is not the page itself after all, as after a redirect back to it.</summary>
    internal static bool IsElsewhere(Observation observation, Observation canonical) =>
        canonical.Reading is not null && !IsSame(canonical.FinalUrl, observation.FinalUrl) && !IsSame(canonical.FinalUrl, observation.Page);

    private static bool IsSame(WebUrl one, WebUrl other) => UrlKeys.TargetKey(one) == UrlKeys.TargetKey(other);
}
