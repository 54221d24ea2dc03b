using System.Globalization;
using System.Text;
using System.Xml;
using LinkMonitor.Api;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Sharing.Feeds;

/// <summary>The feed of a project's changes: with an API key, and at a public address for feed readers.</summary>
internal static class FeedEndpoints
{
    private const int MaxChanges = 100;

    public static void MapFeeds(this IEndpointRouteBuilder api) =>
        api.MapProject().MapGet("/changes.rss", ForKeyAsync).RequireAuthorization(KeyPolicies.Read).WithTags("Changes")
            .WithSummary("The latest 100 changes as RSS 2.0")
            .Produces(StatusCodes.Status200OK, contentType: "application/rss+xml")
            .Produces(StatusCodes.Status304NotModified);

    public static async Task<IResult> SharedAsync(
        string token, HttpContext context, PublicAddresses addresses, ILinkStore links, CancellationToken cancellationToken)
    {
        if (await addresses.OpenAsync(token, PublicPurpose.Feed, cancellationToken) is not { } opened)
            return PublicPage.NotFound;
        PublicPage.SetHeaders(context.Response);
        // Feed readers keep a copy to ask with If-None-Match; nobody between them and us may.
        context.Response.Headers.CacheControl = "private, no-cache";
        var self = addresses.BaseUrl is { } baseUrl
            ? new Uri($"{baseUrl.AbsoluteUri.TrimEnd('/')}/s/feeds/{token}")
            : Requested(context.Request);
        return await WriteAsync(opened.Project, self, new PublicLinks(addresses.BaseUrl, opened.Sign), links, cancellationToken);
    }

    private static async Task<IResult> ForKeyAsync(
        string projectId, HttpContext context, PublicAddresses addresses, ILinkStore links, CancellationToken cancellationToken)
    {
        var publicLinks = await addresses.GetAsync(context.CurrentProject(), cancellationToken);
        // Also with a key the feed names its public address: it is the one to give to a feed reader.
        var self = publicLinks.Feed(context.CurrentProject().Id) ?? Requested(context.Request);
        return await WriteAsync(context.CurrentProject(), self, publicLinks, links, cancellationToken);
    }

    private static Uri Requested(HttpRequest request) => new($"{request.Scheme}://{request.Host}{request.Path}");

    private static async Task<IResult> WriteAsync(
        Project project, Uri self, PublicLinks publicLinks, ILinkStore links, CancellationToken cancellationToken)
    {
        var changes = await links.ListChangesAsync(project.Id, null, MaxChanges, null, cancellationToken);
        var feed = FeedWriter.Write(project, changes.Items, self, publicLinks, new LeftOfFeed(changes.SetAside, 0));

        // Results.Bytes compares If-None-Match and If-Modified-Since.
        return Results.Bytes(
            feed, "application/rss+xml; charset=utf-8", entityTag: EntityTags.Of(feed),
            lastModified: changes.Items is [var newest, ..] ? newest.Transition.At : project.CreatedAt);
    }
}

/// <summary>How much a feed leaves out because its rows cannot be read.</summary>
/// <param name="Changes">Among those that were looked at.</param>
/// <param name="Links">Of which nobody can tell whether they are in the view.</param>
internal readonly record struct LeftOfFeed(int Changes, int Links)
{
    /// <summary>A sentence for each, with a space in front; empty for none.</summary>
    public string Words => string.Concat(
        Changes == 0 ? null : " " + CountText.Of(
            Changes, "change cannot be read where it is stored and is left out.",
            "changes cannot be read where they are stored and are left out."),
        Links == 0 ? null : " " + CountText.Of(
            Links, "link cannot be read where it is stored: its changes are left out.",
            "links cannot be read where they are stored: their changes are left out."));
}

/// <summary>Writes a project's changes as RSS 2.0: https://www.rssboard.org/rss-specification.</summary>
internal static class FeedWriter
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const int MaxText = 1_000;

    /// <param name="self">The feed's own address.</param>
    public static byte[] Write(Project project, IReadOnlyList<LinkChange> changes, Uri self, PublicLinks links, LeftOfFeed left)
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
            Element(xml, "description", $"Changes of the watched links, newest first.{left.Words}");
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
        var state = WireName.Of(change.Transition.To).Replace('-', ' ');
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
