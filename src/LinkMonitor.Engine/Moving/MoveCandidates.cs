using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Moving;

/// <summary>Where a vanished link may be now, as far as what was read already tells.</summary>
internal static class MoveCandidates
{
    /// <summary>The most likely first, each page once, never the page itself.</summary>
    public static IEnumerable<MovedLink> Of(Observation observation, Evidence? lastSeen) => All(observation, lastSeen)
        .Where(candidate => candidate.Page.IsHttp && candidate.Page.Href.Length <= MovedLink.LongestUrl && !IsOf(observation, candidate.Page))
        .DistinctBy(candidate => UrlKeys.PageIdentity(candidate.Page));

    /// <summary>Whether it is the page that was read.</summary>
    public static bool IsOf(Observation observation, WebUrl page)
    {
        var identity = UrlKeys.PageIdentity(page);
        return identity.Equals(UrlKeys.PageIdentity(observation.Page)) || identity.Equals(UrlKeys.PageIdentity(observation.FinalUrl));
    }

    /// <summary>A page that redirects there for good and carries the link; null when it does not.</summary>
    public static MovedLink? ByRedirect(Observation observation)
    {
        var isForGood = observation.Redirects.Count > 0 && observation.Redirects.All(redirect => redirect.Status is 301 or 308);
        return isForGood && !UrlKeys.PageIdentity(observation.FinalUrl).Equals(UrlKeys.PageIdentity(observation.Page))
            ? new MovedLink(observation.FinalUrl, MoveTrail.Redirect)
            : null;
    }

    private static IEnumerable<MovedLink> All(Observation observation, Evidence? lastSeen)
    {
        if (observation.Reading?.Canonical is { } canonical)
            yield return new MovedLink(canonical, MoveTrail.Canonical);
        if (WebUrl.TryParse(lastSeen?.Canonical, out var former))
            yield return new MovedLink(former, MoveTrail.Canonical);
        if (observation.Reading is not { } page)
            yield break;
        if ((page.Next ?? page.Links.FirstOrDefault(link => link.Rel.Contains("next"))?.Url) is { } next)
            yield return new MovedLink(next, MoveTrail.Next);
    }
}
