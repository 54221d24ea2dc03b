using System.Xml;
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
