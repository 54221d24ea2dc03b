using System.Xml;
using System.Xml.Linq;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Moving;

/// <summary>
/// Reads RSS 2.0 and 1.0 (https://www.rssboard.org/rss-specification) and Atom (RFC 4287) as far as entries' pages, titles and contents go.
/// </summary>
internal static class FeedReader
{
    private const int MostEntries = 100;
    private const int LongestFeed = 4 * 1024 * 1024;

    // A hostile feed must not reach files or addresses, nor grow from small text into large.
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        MaxCharactersInDocument = LongestFeed,
        MaxCharactersFromEntities = 1,
    };

    /// <summary>The first entries in document order; none when it is not a well-formed feed of at most 4 Mi characters.</summary>
    /// <param name="body">The feed as it came.</param>
    /// <param name="feed">Its URL, against which relative ones are resolved.</param>
    public static IReadOnlyList<FeedEntry> Read(ReadOnlyMemory<byte> body, WebUrl feed)
    {
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, Settings);
            var items = XDocument.Load(reader).Descendants().Where(element => element.Name.LocalName is "item" or "entry");
            return [.. items.Take(MostEntries).Select(item => ToEntry(item, feed)).OfType<FeedEntry>()];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    private static FeedEntry? ToEntry(XElement item, WebUrl feed)
    {
        var title = Children(item, "title").FirstOrDefault()?.Value ?? "";
        var contents = Children(item, "description", "encoded", "content", "summary").SelectMany(TextsOf);
        return Children(item, "link").Select(HrefOf).FirstOrDefault(href => href is not null) is { } href
            && WebUrl.TryParse(href, feed, out var page) && page.IsHttp
            ? new FeedEntry(page, FoldedText.Fold(title), string.Join(' ', contents))
            : null;
    }

    private static IEnumerable<XElement> Children(XElement item, params string[] names) =>
        item.Elements().Where(element => names.Contains(element.Name.LocalName));

    /// <summary>Escaped markup is text; Atom's xhtml content is elements, whose addresses stand in attributes.</summary>
    private static IEnumerable<string> TextsOf(XElement content) =>
        content.Descendants().Attributes("href").Select(attribute => attribute.Value).Prepend(content.Value);

    /// <summary>An Atom link in an attribute, an RSS link as text; null for Atom's links to anything but the entry's page.</summary>
    private static string? HrefOf(XElement link) => link.Attribute("href") is { } href
        ? (link.Attribute("rel")?.Value ?? "alternate") == "alternate" ? href.Value : null
        : link.Value.Trim() is { Length: > 0 } text ? text : null;
}
