using System.Text;
using System.Xml;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Moving;

/// <summary>
/// Reads RSS 2.0 and 1.0 (https://www.rssboard.org/rss-specification) and Atom (RFC 4287) as far as entries' pages, titles and contents go.
/// </summary>
internal static class FeedReader
{
    private const int MostEntries = 100;
    private const int PartsBetweenChecks = 1_000;
    private const int LongestFeed = 4 * 1024 * 1024;

    // A hostile feed must not reach files or addresses, nor grow from small text into large.
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        MaxCharactersInDocument = LongestFeed,
        MaxCharactersFromEntities = 1,
    };

    /// <summary>
    /// The first entries in document order; none when it is not a well-formed feed of at most 4 Mi characters. Read in one pass without a
    /// tree, so that the work grows with the length alone, whatever the nesting.
    /// </summary>
    /// <param name="body">The feed as it came.</param>
    /// <param name="feed">Its URL, against which relative ones are resolved.</param>
    /// <param name="cancellationToken">Of the check; asked at every thousandth part.</param>
    /// <exception cref="OperationCanceledException">The check's time is over.</exception>
    public static IReadOnlyList<FeedEntry> Read(ReadOnlyMemory<byte> body, WebUrl feed, CancellationToken cancellationToken)
    {
        var entries = new List<FeedEntry>();
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, Settings);
            var items = 0;
            FeedItem? item = null;
            for (var parts = 0; reader.Read(); parts++)
            {
                if (parts % PartsBetweenChecks == 0)
                    cancellationToken.ThrowIfCancellationRequested();
                if (item is null)
                {
                    if (items < MostEntries
                        && reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false, LocalName: "item" or "entry" })
                        item = new FeedItem(reader.Depth, feed);
                    continue;
                }

                if (!item.Take(reader))
                    continue;
                items++;
                if (item.ToEntry() is { } entry)
                    entries.Add(entry);
                item = null;
            }

            return entries;
        }
        catch (XmlException)
        {
            return [];
        }
    }
}

/// <summary>One item or entry of a feed while it is read. What stands in a child of it, at any depth, belongs to that child.</summary>
/// <param name="depth">Of its own element.</param>
/// <param name="feed">The feed's URL, against which relative ones are resolved.</param>
internal sealed class FeedItem(int depth, WebUrl feed)
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _contents = [];
    private readonly List<string> _addresses = [];
    private Child _child;
    private string? _title;
    private string? _href;
    private string? _childHref;
    private bool _isAlternate;

    private enum Child
    {
        Other,
        Title,
        Link,
        Content,
    }

    /// <summary>Takes the next part of the feed.</summary>
    /// <returns>True when the item has ended.</returns>
    public bool Take(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element when reader.Depth == depth + 1:
                Begin(reader);
                if (reader.IsEmptyElement)
                    End();
                return false;
            case XmlNodeType.Element:
                // Atom's xhtml content is elements, whose addresses stand in attributes.
                if (_child == Child.Content && reader.GetAttribute("href") is { } address)
                    _addresses.Add(address);
                return false;
            case XmlNodeType.EndElement when reader.Depth == depth + 1:
                End();
                return false;
            case XmlNodeType.EndElement:
                return reader.Depth == depth;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                if (_child != Child.Other)
                    _text.Append(reader.Value);
                return false;
            default:
                return false;
        }
    }

    /// <summary>Null without a page on the web.</summary>
    public FeedEntry? ToEntry() => _href is not null && WebUrl.TryParse(_href, feed, out var page) && page.IsHttp
        ? new FeedEntry(page, FoldedText.Fold(_title ?? ""), string.Join(' ', _contents))
        : null;

    private void Begin(XmlReader reader)
    {
        _child = reader.LocalName switch
        {
            "title" => Child.Title,
            "link" => Child.Link,
            "description" or "encoded" or "content" or "summary" => Child.Content,
            _ => Child.Other,
        };
        _text.Clear();
        _addresses.Clear();
        _childHref = _child == Child.Link ? reader.GetAttribute("href") : null;
        _isAlternate = (reader.GetAttribute("rel") ?? "alternate") == "alternate";
    }

    private void End()
    {
        if (_child == Child.Title)
            _title ??= _text.ToString();
        else if (_child == Child.Link)
            _href ??= HrefOf(_text.ToString().Trim());
        else if (_child == Child.Content)
            _contents.AddRange(_addresses.Prepend(_text.ToString()));
        _child = Child.Other;
    }

    /// <summary>An Atom link in an attribute, an RSS link as text; null for Atom's links to anything but the entry's page.</summary>
    private string? HrefOf(string text) => _childHref is not null ? (_isAlternate ? _childHref : null) : text.Length > 0 ? text : null;
}
