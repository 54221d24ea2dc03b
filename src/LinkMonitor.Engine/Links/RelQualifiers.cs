namespace LinkMonitor.Engine.Links;

/// <summary>
/// The rel tokens that tell search engines not to follow a link. Every other token (noopener, external, ...) is ignored.
/// Source: https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links
/// </summary>
[Flags]
public enum RelQualifiers
{
    /// <summary>No qualifying token: a followed link, in common speech "dofollow".</summary>
    None = 0,

    /// <summary><c>nofollow</c>: none of the other qualifiers fits, and the page does not vouch for the link.</summary>
    Nofollow = 1,

    /// <summary><c>sponsored</c>: an advertisement or a paid placement.</summary>
    Sponsored = 2,

    /// <summary><c>ugc</c>: user-generated content.</summary>
    Ugc = 4,
}
