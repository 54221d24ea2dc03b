using System.Text;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Moving;

public sealed class FeedReaderTests
{
    [Fact]
    public void Rss_entries_have_page_title_and_contents()
    {
        var entry = Assert.Single(Read("""
            <?xml version="1.0"?>
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
            <title>Blog</title><link>https://blog.example/</link>
            <item><title> On
              lamps </title><link>
              /posts/lamps </link><description>Short</description>
              <content:encoded><![CDATA[<a href="https://shop.example/">x</a>]]></content:encoded></item>
            </channel></rss>
            """));

        Assert.Equal("https://blog.example/posts/lamps", entry.Page.Href);
        Assert.Equal("On lamps", entry.Title);
        Assert.Contains("Short", entry.Content, StringComparison.Ordinal);
        Assert.Contains("https://shop.example/", entry.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Atom_entries_take_the_alternate_link_and_addresses_in_xhtml()
    {
        var entry = Assert.Single(Read("""
            <feed xmlns="http://www.w3.org/2005/Atom"><link href="https://blog.example/"/><entry><title>On lamps</title>
            <link rel="replies" href="/replies"/><link href="/posts/lamps"/>
            <content type="xhtml">
            <div xmlns="http://www.w3.org/1999/xhtml"><a href="https://shop.example/">x</a></div></content></entry></feed>
            """));

        Assert.Equal("https://blog.example/posts/lamps", entry.Page.Href);
        Assert.Contains("https://shop.example/", entry.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><p>not a feed")]
    [InlineData("")]
    [InlineData("<rss><item><link>javascript:alert(1)</link></item></rss>")]
    [InlineData("<rss><item><title>No link</title></item></rss>")]
    [InlineData("<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><rss><item><link>https://x.example/&b;</link></item></rss>")]
    [InlineData("<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><rss><item><link>https://x.example/&f;</link></item></rss>")]
    public void What_is_no_feed_has_no_entries(string text) => Assert.Empty(Read(text));

    [Fact]
    public void Bytes_that_are_no_text_have_no_entries() =>
        Assert.Empty(
            FeedReader.Read(
                new byte[] { 0x3C, 0x72, 0x3E, 0xFF, 0xFE, 0xC3, 0x28 },
                TestUrls.Parse("https://blog.example/feed"),
                TestContext.Current.CancellationToken));

    [Fact]
    public void Entries_are_bounded()
    {
        var items = string.Concat(Enumerable.Range(0, 500).Select(i => $"<item><link>/p{i}</link></item>"));

        Assert.Equal(100, Read($"<rss>{items}</rss>").Count);
    }

    [Fact]
    public void Deep_nesting_does_no_harm()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));

        var entry = Assert.Single(Read($"<rss><item><link>/p</link><description>{deep}words</description></item></rss>"));

        Assert.Contains("words", entry.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_grows_with_the_length_alone_and_ends_with_the_checks_time()
    {
        // Four times the nesting that once cost minutes; a reader that is not linear does not come to the end of it.
        var deep = string.Concat(Enumerable.Repeat("<a href='x'>", 250_000));
        using var over = new CancellationTokenSource();
        over.Cancel();

        Assert.Empty(Read($"<rss><item><link>/p</link><description>{deep}"));
        Assert.ThrowsAny<OperationCanceledException>(() => FeedReader.Read(
            Encoding.UTF8.GetBytes($"<rss><item>{deep}"), TestUrls.Parse("https://blog.example/feed"), over.Token));
    }

    [Fact]
    public void Parts_of_other_elements_and_of_nested_items_are_told_apart()
    {
        var entries = Read("""
            <rss><channel><item/><item><guid>/guid</guid><link/><link>/first</link><link>/second</link>
            <media:group xmlns:media="m"><title>No</title><link>/no</link></media:group>
            <title/><title>Late</title><description>one <item><link>/inner</link></item> two</description></item>
            <item><link>/next</link></item></channel></rss>
            """);

        Assert.Equal(["https://blog.example/first", "https://blog.example/next"], entries.Select(entry => entry.Page.Href));
        Assert.Equal("", entries[0].Title);
        Assert.Equal("one /inner two", entries[0].Content);
    }

    private static IReadOnlyList<FeedEntry> Read(string text) =>
        FeedReader.Read(Encoding.UTF8.GetBytes(text), TestUrls.Parse("https://blog.example/feed"), TestContext.Current.CancellationToken);
}
