using System.Text;
using LinkMonitor.Engine.Fetching.Decoding;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading.Trees;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Reading;

/// <summary>Reads a page as a browser with scripting off does: nothing is fetched and nothing is run.</summary>
public static class PageReader
{
    /// <summary>Reads the body of an answer, as XHTML when it says so, and as HTML otherwise, whatever its status.</summary>
    /// <returns>The reading, or why the page was given up.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ReadingResult Read(FetchedResponse response, ReadingLimits limits, CancellationToken cancellationToken)
    {
        var budget = new ReadingBudget(limits);
        var contentType = response.Headers.ContentType;
        var isXml = XhtmlParser.Accepts(contentType);
        var charset = CharsetSniffer.Sniff(response.Body.Span, contentType, isXml);
        if (isXml)
        {
            var text = CharsetSniffer.Decode(response.Body.Span, charset);
            return Read(XhtmlParser.Parse(text, budget, cancellationToken), isCut: false, GarbledText.Is(text));
        }

        var source = CharsetSniffer.Source(response.Body.Span, charset);
        var isGarbled = GarbledText.Is(source.Characters);
        var result = Read(MarkupParser.Parse(source, budget, out var isCut, cancellationToken), isCut, isGarbled);
        if (result.Reading is { } reading)
            return result with { Reading = reading with { Source = source } };
        ((IDisposable)source).Dispose();
        return result;

        ReadingResult Read(PageElement document, bool isCut, bool isGarbled)
        {
            using var walk = PageWalk.Through(document, budget, cancellationToken);
            return budget.Exceeded is { } limit
                ? new ReadingResult(null, limit)
                : new ReadingResult(
                    Compose(response, charset, walk, cancellationToken) with { Shape = walk.Shape.Shape(isCut, isGarbled) }, null);
        }
    }

    /// <summary>The reading within <see cref="ReadingLimits.Default"/>; null when the page was given up.</summary>
    /// <inheritdoc cref="Read(FetchedResponse, ReadingLimits, CancellationToken)"/>
    public static PageReading? Read(FetchedResponse response, CancellationToken cancellationToken) =>
        Read(response, ReadingLimits.Default, cancellationToken).Reading;

    private static PageReading Compose(FetchedResponse response, string charset, PageWalk walk, CancellationToken cancellationToken)
    {
        var head = walk.Head;
        foreach (var field in response.Headers.Values("X-Robots-Tag"))
            head.Robots.AddHeader(field);
        var robots = head.Robots.DirectivesAt(response.StartedAt);
        var baseUrl = BaseUrl(head.BaseHref, response.FinalUrl);
        var against = baseUrl ?? response.FinalUrl;
        return new PageReading
        {
            Url = response.FinalUrl,
            Title = walk.Title,
            Base = baseUrl,
            Canonical = CanonicalUrl.Of(
                head.CanonicalHrefs.Select(href => Resolve(href, against)),
                LinkHeader.Canonicals(response.Headers.Values("Link")).Select(href => Resolve(href, response.FinalUrl))),
            Next = Resolve(head.NextHref, against),
            Feed = Resolve(head.FeedHref, against),
            Robots = robots,
            RobotsChangeAt = head.Robots.NextEndAfter(response.StartedAt),
            Links = ToLinks(walk.Links, against, EncodingLabels.Encoder(charset), robots.Follow, cancellationToken),
            Text = walk.Text,
            Heading = walk.Heading,
            HasPasswordField = head.HasPasswordField,
            Scripts = head.Scripts,
            ShellRoot = head.ShellRoot,
            NoscriptLength = walk.NoscriptLength,
            UnlinkedUrls = head.UnlinkedUrls,
            Refresh = ToRefresh(response.Headers.First("Refresh"), response.FinalUrl) ?? ToRefresh(head.Refresh, against),
            ReloadsAfter = ReloadIn(response.Headers.First("Refresh")) ?? ReloadIn(head.Refresh),
            Charset = charset,
            IsText = !BinaryData.Is(response.Body.Span),
        };
    }

    /// <summary>
    /// Null when there is none, or one that the standard ignores:
    /// https://html.spec.whatwg.org/multipage/semantics.html#set-the-frozen-base-url
    /// </summary>
    private static WebUrl? BaseUrl(string? href, WebUrl page) =>
        href is not null && WebUrl.TryParse(href, page, out var url) && url.Scheme is not ("data" or "javascript") ? url : null;

    private static WebUrl? Resolve(string? href, WebUrl against) =>
        href is not null && WebUrl.TryParse(href, against, out var url) && url.IsHttp ? url : null;

    private static PageRefresh? ToRefresh(string? text, WebUrl against) =>
        RefreshText.Parse(text) is var (seconds, href) && Resolve(href, against) is { } url ? new PageRefresh(url, seconds) : null;

    private static int? ReloadIn(string? text) => RefreshText.Parse(text) is (var seconds, null) ? seconds : null;

    private static PageLink[] ToLinks(
        List<UnfinishedLink> found, WebUrl against, Encoding? queryEncoding, bool pageFollows, CancellationToken cancellationToken)
    {
        var links = new PageLink[found.Count];
        for (var i = 0; i < links.Length; i++)
        {
            if ((i & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            links[i] = ToLink(found[i], i + 1, against, queryEncoding, pageFollows);
        }

        return links;
    }

    private static PageLink ToLink(UnfinishedLink found, int ordinal, WebUrl against, Encoding? queryEncoding, bool pageFollows)
    {
        var href = found.Element.GetAttribute("href")!;
        var rel = RelText.Tokens(found.Element.GetAttribute("rel"));
        return new PageLink
        {
            Href = href,
            Url = WebUrl.TryParse(href, against, queryEncoding, out var url) ? url : null,
            Rel = rel,
            Follow = pageFollows && RelText.Qualifiers(rel) == RelQualifiers.None,
            Anchor = found.Anchor,
            WholeAnchor = found.WholeAnchor,
            Kind = found.Kind,
            Placement = found.Placement,
            IsPlacedByName = found.IsPlacedByName,
            Hidden = found.IsHidden,
            Ordinal = ordinal,
            TextStart = found.TextStart,
            TextEnd = found.TextEnd,
            MainStart = found.MainStart,
            Element = found.Element,
        };
    }
}

/// <summary>
/// The canonical that a page names, as Google counts it: several that contradict each other are all left out, in the page and between page
/// and header. Source: https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
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
