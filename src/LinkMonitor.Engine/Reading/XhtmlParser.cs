using System.Text;
using System.Xml;
using System.Xml.Resolvers;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Builds the tree of a page served as XHTML, which browsers read by the rules of XML: names have a case, any element closes itself, and
/// the first error ends the page, with what came before it kept. Fetches nothing: entities come from the page and from the public XHTML
/// document types.
/// </summary>
internal static class XhtmlParser
{
    private const string HtmlNamespace = "http://www.w3.org/1999/xhtml";
    private const string SvgNamespace = "http://www.w3.org/2000/svg";
    private const string MathMlNamespace = "http://www.w3.org/1998/Math/MathML";

    // A document type with entities of its own stands before the first element.
    private const int LongestProlog = 64 * 1024;

    // An entity that doubles another one a few dozen times is a bomb.
    private const long MaxCharactersFromEntities = 1_000_000;

    /// <summary>
    /// Whether browsers read an answer of this Content-Type by the rules of XML; it is a page when it is XHTML, see <see cref="IsXhtml"/>.
    /// </summary>
    public static bool Accepts(string? contentType) =>
        (contentType ?? "").Split(';', ',')[0].Trim().ToLowerInvariant() is "application/xhtml+xml" or "application/xml" or "text/xml";

    /// <summary>Whether the first element of an XML file is XHTML's <c>html</c>. Feeds and site maps have another.</summary>
    public static bool IsXhtml(ReadOnlySpan<byte> body, string? contentType)
    {
        var start = body[..Math.Min(body.Length, LongestProlog)];
        var text = CharsetSniffer.Decode(start, CharsetSniffer.Sniff(start, contentType, isXml: true));
        using var reader = XmlReader.Create(new StringReader(text), Settings());
        try
        {
            return reader.MoveToContent() is XmlNodeType.Element && reader is { LocalName: "html", NamespaceURI: HtmlNamespace };
        }
        catch (XmlException)
        {
            return false;
        }
    }

    /// <summary>The document; not all of it when the budget is exceeded.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PageElement Parse(string xml, ReadingBudget budget, CancellationToken cancellationToken)
    {
        var document = new PageElement("#document", ElementSpace.Other, []);
        using var reader = XmlReader.Create(new StringReader(xml), Settings());
        try
        {
            Read(reader, document, budget, cancellationToken);
        }
        catch (XmlException)
        {
            // What stands before the error is the page, as in browsers.
        }

        if (xml.Contains(SelectedContent.Name, StringComparison.Ordinal))
            new SelectedContent(budget).Fill(document);
        return document;
    }

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Parse,
        XmlResolver = new XhtmlEntities(),
        MaxCharactersFromEntities = MaxCharactersFromEntities,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private static void Read(XmlReader reader, PageElement document, ReadingBudget budget, CancellationToken cancellationToken)
    {
        var parent = document;
        var text = new StringBuilder();
        while (reader.Read() && !budget.IsExceeded)
        {
            budget.Step();
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                text.Append(reader.Value);
                continue;
            }

            // Only now, because text that an error follows at once is lost in browsers, too.
            if (text.Length > 0)
                parent.Insert(new PageText(text.ToString().AsMemory()), null);
            text.Clear();
            if (reader.NodeType is XmlNodeType.Element)
                parent = Enter(reader, parent, budget);
            else if (reader.NodeType is XmlNodeType.EndElement)
                parent = parent.Parent!;
        }
    }

    private static PageElement Enter(XmlReader reader, PageElement parent, ReadingBudget budget)
    {
        budget.AddElement();
        var space = reader.NamespaceURI switch
        {
            HtmlNamespace => ElementSpace.Html,
            SvgNamespace => ElementSpace.Svg,
            MathMlNamespace => ElementSpace.MathMl,
            _ => ElementSpace.Other,
        };
        var (name, isEmpty) = (reader.LocalName, reader.IsEmptyElement);
        var attributes = new PageAttribute[reader.AttributeCount];
        for (var i = 0; i < attributes.Length; i++)
        {
            reader.MoveToAttribute(i);
            attributes[i] = new PageAttribute(reader.Name, reader.Value);
        }

        var element = new PageElement(name, space, attributes);
        parent.Insert(element, null);
        return isEmpty ? parent : element;
    }
}

/// <summary>
/// Gives a page with a public XHTML document type the entities of HTML 4, and every other one none. Nothing is ever fetched: a document
/// type is a URL that somebody else chose.
/// </summary>
internal sealed class XhtmlEntities : XmlResolver
{
    private static readonly string[] Sets =
    [
        "-//W3C//ENTITIES Latin 1 for XHTML//EN", "-//W3C//ENTITIES Symbols for XHTML//EN", "-//W3C//ENTITIES Special for XHTML//EN",
    ];

    private static readonly Lazy<byte[]> Declarations = new(ReadDeclarations);

    // A public identifier is asked for before the system identifier.
    public override Uri ResolveUri(Uri? baseUri, string? relativeUri) =>
        new($"dtd:{(relativeUri?.StartsWith("-//W3C//DTD XHTML ", StringComparison.Ordinal) is true ? "xhtml" : "other")}");

    public override object GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn) =>
        new MemoryStream(absoluteUri.AbsolutePath == "xhtml" ? Declarations.Value : [], writable: false);

    private static byte[] ReadDeclarations()
    {
        var known = new XmlPreloadedResolver(XmlKnownDtds.Xhtml10);
        using var all = new MemoryStream();
        foreach (var set in Sets)
        {
            using var part = (Stream)known.GetEntity(known.ResolveUri(null, set), null, typeof(Stream))!;
            part.CopyTo(all);
        }

        return all.ToArray();
    }
}
