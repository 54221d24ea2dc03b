using System.Text;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Reading;

/// <summary>Reads a page as a browser with scripting off does: nothing is fetched and nothing is run.</summary>
public static class PageReader
{
    /// <summary>Reads the body of an answer as HTML, whatever its status and content type.</summary>
    /// <returns>Null when the markup is built to be expensive: more than 1.2 million elements, or the like. Content nested deeper than 512 is read flat.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PageReading? Read(FetchedResponse response, CancellationToken cancellationToken)
    {
        var charset = CharsetSniffer.Sniff(response.Body.Span, response.Headers.First("Content-Type"));
        var document = MarkupParser.Parse(CharsetSniffer.Decode(response.Body.Span, charset), cancellationToken);
        if (document is null)
            return null;

        var walk = PageWalk.Through(document, cancellationToken);
        return Compose(response, charset, walk, cancellationToken);
    }

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
            Canonical = Resolve(head.CanonicalHref, against) ?? Resolve(LinkHeader.Canonical(response.Headers.Values("Link")), response.FinalUrl),
            Next = Resolve(head.NextHref, against),
            Feed = Resolve(head.FeedHref, against),
            Robots = robots,
            Links = ToLinks(walk.Links, against, QueryEncoding(charset), robots.Follow, cancellationToken),
            Text = walk.Text,
            Heading = walk.Heading,
            HasPasswordField = head.HasPasswordField,
            Scripts = head.Scripts,
            ShellRoot = head.ShellRoot,
            NoscriptLength = walk.NoscriptLength,
            UnlinkedUrls = head.UnlinkedUrls,
            Refresh = ToRefresh(response.Headers.First("Refresh"), response.FinalUrl) ?? ToRefresh(head.Refresh, against),
            Charset = charset,
        };
    }

    /// <summary>Null when there is none, or one that the standard ignores: https://html.spec.whatwg.org/multipage/semantics.html#set-the-frozen-base-url</summary>
    private static WebUrl? BaseUrl(string? href, WebUrl page) =>
        href is not null && WebUrl.TryParse(href, page, out var url) && url.Scheme is not ("data" or "javascript") ? url : null;

    private static WebUrl? Resolve(string? href, WebUrl against) =>
        href is not null && WebUrl.TryParse(href, against, out var url) && url.IsHttp ? url : null;

    private static PageRefresh? ToRefresh(string? text, WebUrl against) =>
        RefreshText.Parse(text) is var (seconds, href) && Resolve(href, against) is { } url ? new PageRefresh(url, seconds) : null;

    // UTF-16 pages encode their queries in UTF-8: https://encoding.spec.whatwg.org/#output-encodings
    private static Encoding? QueryEncoding(string charset) => charset is "utf-8" or "utf-16le" or "utf-16be" ? null : EncodingLabels.Decoder(charset);

    private static PageLink[] ToLinks(
        List<OpenLink> found, WebUrl against, Encoding? queryEncoding, bool pageFollows, CancellationToken cancellationToken)
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

    private static PageLink ToLink(OpenLink found, int ordinal, WebUrl against, Encoding? queryEncoding, bool pageFollows)
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
            Kind = found.Kind,
            Placement = found.Placement,
            Hidden = found.IsHidden,
            Ordinal = ordinal,
            TextStart = found.TextStart,
            TextEnd = found.TextEnd,
            Snippet = SnippetWriter.Write(found.Element),
        };
    }
}
