using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// The canonical that a page names, as Google counts it: several that contradict each other are all left out, in the page and between page and header.
/// Source: https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
/// </summary>
internal static class CanonicalUrl
{
    /// <summary>Null when none is named, none can be resolved, or they disagree.</summary>
    /// <param name="inPage">What the page's elements resolve to; null for what does not.</param>
    /// <param name="inHeader">What the header's links resolve to.</param>
    public static WebUrl? Of(IEnumerable<WebUrl?> inPage, IEnumerable<WebUrl?> inHeader)
    {
        WebUrl[] named = [.. inPage.Concat(inHeader).OfType<WebUrl>().DistinctBy(UrlKeys.PageIdentity)];
        return named.Length == 1 ? named[0] : null;
    }
}
