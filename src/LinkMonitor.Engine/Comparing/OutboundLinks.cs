using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Comparing;

/// <summary>
/// A fingerprint of a page's links to other hosts than its own and the watched link's: enough to say later which of them are still there.
/// </summary>
public sealed record OutboundLinks
{
    /// <summary>No more links than this are kept; the first of the page.</summary>
    public const int MostLinks = 200;

    /// <summary>
    /// Each distinct link once, in document order: a hash of its host ("www." ignored) and path, and one digit for the qualifying rel
    /// tokens. Links that differ in scheme, query or fragment only are one.
    /// </summary>
    public required IReadOnlyList<string> Links { get; init; }

    /// <param name="page">The page that carries the watched link.</param>
    /// <param name="own">The watched link as it was found.</param>
    public static OutboundLinks Of(PageReading page, PageLink own)
    {
        string?[] ownHosts = [LinkMark.HostOf(page.Url), own.Url is { } url ? LinkMark.HostOf(url) : null];
        var marks = page.Links
            .Where(link => link.Url is { IsHttp: true } && !ownHosts.Contains(LinkMark.HostOf(link.Url)))
            .Select(LinkMark.Of)
            .DistinctBy(mark => mark.Key)
            .Take(MostLinks);
        return new OutboundLinks { Links = [.. marks.Select(mark => mark.ToString())] };
    }
}
