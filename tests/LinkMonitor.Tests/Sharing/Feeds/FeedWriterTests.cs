using System.Xml.Linq;
using LinkMonitor.Sharing;
using LinkMonitor.Sharing.Feeds;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Sharing.Feeds;

public sealed class FeedWriterTests
{
    private static readonly Project Project = StorageSamples.Project(new ProjectId("prj_a"));

    [Fact]
    public void Changes_become_items_that_readers_tell_apart()
    {
        var change = Change("The rel is 'nofollow' now.");

        var channel = Write(change).Root!.Element("channel")!;

        var item = Assert.Single(channel.Elements("item"));
        Assert.Equal(change.Id, item.Element("guid")!.Value);
        Assert.Equal("false", item.Element("guid")!.Attribute("isPermaLink")!.Value);
        Assert.Equal("Lost: link from blog.example.net to example.org", item.Element("title")!.Value);
        Assert.Equal("https://blog.example.net/post", item.Element("link")!.Value);
        Assert.Equal("Sat, 21 Nov 2026 12:00:00 +0000", item.Element("pubDate")!.Value);
        Assert.Equal(
            "https://links.example.org/s/feeds/x",
            channel.Element(XName.Get("link", "http://www.w3.org/2005/Atom"))!.Attribute("href")!.Value);
        Assert.Contains(Project.Name, channel.Element("title")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_says_the_state_in_words()
    {
        var change = Change("There is no such link.");
        change = change with { Transition = change.Transition with { To = LinkMonitor.Engine.Tracking.LinkState.NotFound } };

        var title = Write(change).Root!.Element("channel")!.Element("item")!.Element("title")!.Value;

        Assert.Equal("Not found: link from blog.example.net to example.org", title);
    }

    [Fact]
    public void Whatever_the_web_said_the_feed_is_XML()
    {
        var every = string.Concat(Enumerable.Range(0, 0x3000).Select(code => (char)code))
            + "\uD800 \uDC00 \uFFFE \uFFFF ]]> <script>alert(1)</script> & 🎉";

        var description = Write(Change(every[^60..]), Change(every)).Root!.Element("channel")!.Elements("item")
            .First()
            .Element("description")!.Value;

        Assert.Contains("]]&gt; &lt;script&gt;alert(1)&lt;/script&gt; &amp;", description, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_changes_has_an_empty_feed() => Assert.Empty(Write().Root!.Element("channel")!.Elements("item"));

    /// <summary><see cref="LeftOfFeed"/>.</summary>
    [Fact]
    public void What_cannot_be_read_is_said_in_the_description()
    {
        Assert.Equal("", default(LeftOfFeed).Words);
        Assert.Equal(
            " 1 change cannot be read where it is stored and is left out."
                + " 2 links cannot be read where they are stored: their changes are left out.",
            new LeftOfFeed(1, 2).Words);
    }

    private static XDocument Write(params LinkChange[] changes) => XDocument.Load(new MemoryStream(
        FeedWriter.Write(Project, changes, new Uri("https://links.example.org/s/feeds/x"), PublicLinks.None, default)));

    private static LinkChange Change(string message)
    {
        var change = StorageSamples.Change(StorageSamples.Link(Project.Id), StorageSamples.Noon);
        return change with
        {
            Transition = change.Transition with { ReasonsAfter = [change.Transition.ReasonsAfter[0] with { Message = message }] },
        };
    }
}
