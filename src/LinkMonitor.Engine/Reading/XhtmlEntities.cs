using System.Xml;
using System.Xml.Resolvers;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Gives a page with a public XHTML document type the entities of HTML 4, and every other one none. Nothing is ever fetched: a document type is a URL that
/// somebody else chose.
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
