using System.Globalization;
using System.Text;
using System.Xml;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Sharing.Feeds;

/// <summary>Writes a project's changes as RSS 2.0: https://www.rssboard.org/rss-specification.</summary>
internal static class FeedWriter
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const int MaxText = 1_000;

    /// <param name="self">The feed's own address.</param>
    public static byte[] Write(Project project, IReadOnlyList<LinkChange> changes, Uri self, PublicLinks links)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(
            stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("rss");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteAttributeString("xmlns", "atom", null, Atom);
            xml.WriteStartElement("channel");
            Element(xml, "title", $"Link changes of {project.Name}");
            Element(xml, "link", new Uri(self, "/").AbsoluteUri);
            Element(xml, "description", "Changes of the watched links, newest first.");
            Element(xml, "language", "en");
            xml.WriteStartElement("atom", "link", Atom);
            xml.WriteAttributeString("href", self.AbsoluteUri);
            xml.WriteAttributeString("rel", "self");
            xml.WriteAttributeString("type", "application/rss+xml");
            xml.WriteEndElement();
            if (changes.Count > 0)
                Element(xml, "lastBuildDate", Date(changes[0].Transition.At));
            foreach (var change in changes)
                Item(xml, change, links);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Item(XmlWriter xml, LinkChange change, PublicLinks links)
    {
        var state = WireName.Of(change.Transition.To);
        xml.WriteStartElement("item");
        Element(xml, "title", $"{char.ToUpperInvariant(state[0])}{state[1..]}: link from {change.Page.Host} to {change.Target.Host}");
        Element(xml, "link", (links.Link(change.ProjectId, change.LinkId)?.AbsoluteUri) ?? change.Page.Href);
        Element(xml, "description", Describe(change));
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "false");
        xml.WriteString(change.Id);
        xml.WriteEndElement();
        Element(xml, "pubDate", Date(change.Transition.At));
        xml.WriteEndElement();
    }

    // Feed readers take a description for HTML, so it is encoded as that first and as XML by the writer.
    private static string Describe(LinkChange change)
    {
        var reasons = change.Transition.ReasonsAfter.Select(reason => reason.Message);
        var text = string.Join(" ", [.. reasons, $"Page: {change.Page.Href}", $"Target: {change.Target.Href}"]);
        return System.Net.WebUtility.HtmlEncode(Clean(text));
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Clean(text));

    /// <summary>The text without what XML 1.0 cannot hold, however it is written (https://www.w3.org/TR/xml/#charsets), cut.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaxText * 2));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= MaxText * 4)
                return clean.Append('…').ToString();
            var isPossible = !rune.IsBmp || (XmlConvert.IsXmlChar((char)rune.Value) && !char.IsControl((char)rune.Value));
            clean.Append(isPossible ? rune.ToString() : " ");
        }

        return clean.ToString();
    }

    // "All date-times in RSS conform to RFC 822".
    private static string Date(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}
