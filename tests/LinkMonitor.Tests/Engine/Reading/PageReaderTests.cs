using LinkMonitor.Engine.Reading;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading;

public sealed class PageReaderTests
{
    [Fact]
    public void Title_and_text_are_what_a_reader_sees_with_white_space_folded()
    {
        var page = PageAnswer.Read(
            "<title> The \n title </title><script>s</script><style>s</style><p>one</p><p>two <b>th</b>ree<br>four<noscript>five</noscript>"
                +
            "<svg><title>icon</title></svg><template>t</template><iframe>f</iframe><!-- c --><table><tr><td>a<td>b</table>");

        Assert.Equal("The title", page.Title);
        Assert.Equal("one two three fourfive a b", page.Text);
    }

    [Fact]
    public void Only_the_first_title_counts()
    {
        Assert.Equal("one", PageAnswer.Read("<title>one</title><body><title>two</title>").Title);
    }

    [Fact]
    public void The_length_of_noscript_is_told_apart()
    {
        var page = PageAnswer.Read("<p>four</p> <noscript>counted</noscript>");

        Assert.Equal((" counted".Length, "four counted"), (page.NoscriptLength, page.Text));
    }

    [Theory]
    [InlineData("<link rel=canonical href=/c>", null, "https://blog.example.net/c")]
    [InlineData("<link rel='x CANONICAL' href=/c><link rel=canonical href='/c#top'>", null, "https://blog.example.net/c")]
    [InlineData("<link rel=canonical href=/c><link rel=canonical href=/d>", null, null)]
    [InlineData("<link rel=canonical href=/c media=print>", null, null)]
    [InlineData("<link rel='alternate canonical' hreflang=de href=/c>", null, null)]
    [InlineData("<link rel=canonical type='application/pdf' href=/c>", null, null)]
    [InlineData("<body><p>text<link rel=canonical href=/c>", null, null)]
    [InlineData("<link rel=canonical href=/c hreflang=de><link rel=canonical href=/d>", null, "https://blog.example.net/d")]
    [InlineData("", "Link: </c>; rel=canonical; media=print, </d>; rel=canonical", "https://blog.example.net/d")]
    [InlineData("<base href=https://other.example/><link rel=canonical href=c>", null, "https://other.example/c")]
    [InlineData("<link rel=canonical href='https://['>", null, null)]
    [InlineData("<link rel=canonical href='mailto:x'>", null, null)]
    [InlineData("<link rel=alternate href=/c>", null, null)]
    [InlineData("<link rel=canonical>", null, null)]
    [InlineData("", "Link: </c>; rel=\"canonical\"", "https://blog.example.net/c")]
    [InlineData("", "Link: </p>; rel=prev; title=\"a, b\", </c>; title=x; REL=Canonical", "https://blog.example.net/c")]
    [InlineData("", "Link: </p>; title=\"\\\", </q>; rel=canonical\"; rel=\"next canonical\"", "https://blog.example.net/p")]
    [InlineData("", "Link: </p>; rel=next", null)]
    [InlineData("", "Link: nonsense", null)]
    [InlineData("<link rel=canonical href=/c>", "Link: </c>; rel=canonical", "https://blog.example.net/c")]
    [InlineData("<link rel=canonical href=/c>", "Link: </d>; rel=canonical", null)]
    public void The_canonical_comes_from_page_and_header_where_all_that_count_agree(string html, string? header, string? expected)
    {
        Assert.Equal(expected, PageAnswer.Read(html, header is null ? [] : [header]).Canonical?.Href);
    }

    [Theory]
    [InlineData("<meta http-equiv=refresh content='5'>", null, 5)]
    [InlineData("<meta http-equiv=refresh content='0;'>", null, 0)]
    [InlineData("<meta http-equiv=refresh content='3; url='>", null, 3)]
    [InlineData("<p>", "Refresh: 30", 30)]
    [InlineData("<meta http-equiv=refresh content='1; /x'>", null, null)]
    [InlineData("<meta http-equiv=refresh content='soon'>", null, null)]
    [InlineData("<p>", null, null)]
    public void A_page_that_loads_itself_again_says_after_how_long(string html, string? header, int? seconds) =>
        Assert.Equal(seconds, PageAnswer.Read(html, header is null ? [] : [header]).ReloadsAfter);

    [Theory]
    [InlineData("1F8B080000000000000373", false)]
    [InlineData("28B52FFD200319000061626363636363", false)]
    [InlineData("789C010203040506070809101112131415161718192021222324252627", false)]
    [InlineData("3C703E00003C2F703E", true)]
    [InlineData("FFFE3C00700003000400", true)]
    [InlineData("1B2442213A1B2842", true)]
    [InlineData("", true)]
    public void Bytes_that_are_no_text_are_told(string bytes, bool isText) =>
        Assert.Equal(isText, PageAnswer.Read(PageAnswer.Bytes(Convert.FromHexString(bytes), "Content-Type: text/html")).IsText);

    [Theory]
    [InlineData("<meta http-equiv=Refresh content='5; url=/next'>", null, 5)]
    [InlineData("<meta http-equiv=refresh content='0;URL=\"/next\" x'>", null, 0)]
    [InlineData("<meta http-equiv=refresh content=\" 3.5 , url = '/next' \">", null, 3)]
    [InlineData("<meta http-equiv=refresh content='.5 /next'>", null, 0)]
    [InlineData("<meta http-equiv=refresh content='1;\"/next'>", null, 1)]
    [InlineData("<meta http-equiv=refresh content='1; /next'><meta http-equiv=refresh content='2; /x'>", null, 1)]
    [InlineData("<meta http-equiv=refresh content='2; /x'>", "Refresh: 1;url=/next", 1)]
    [InlineData("<meta http-equiv=refresh content='30'>", null, null)]
    [InlineData("<meta http-equiv=refresh content='x; url=/next'>", null, null)]
    [InlineData("<meta http-equiv=refresh content='1x; url=/next'>", null, null)]
    [InlineData("<meta http-equiv=refresh content='9999999999; url=/next'>", null, null)]
    [InlineData("<meta http-equiv=refresh content='1; url=javascript:x'>", null, null)]
    [InlineData("<meta name=refresh content='1; url=/next'>", null, null)]
    public void A_refresh_is_read_with_its_delay(string html, string? header, int? seconds)
    {
        var page = PageAnswer.Read(html, header is null ? [] : [header]);

        Assert.Equal(seconds, page.Refresh?.Seconds);
        Assert.Equal(seconds is null ? null : "https://blog.example.net/next", page.Refresh?.Url.Href);
    }

    [Fact]
    public void Urls_in_attributes_that_only_scripts_follow_are_kept()
    {
        var page = PageAnswer.Read(
            "<span href=https://a.example/>x</span><div onclick=\"location='https://b.example/'\">x</div><p data-href=//c.example>x</p>" +
            "<p title=https://d.example onclick='go()'>x</p><a href=https://e.example/>x</a><link href=https://f.example/>");

        Assert.Equal(["https://a.example/", "location='https://b.example/'", "//c.example"], page.UnlinkedUrls);
    }

    [Fact]
    public void A_url_kept_from_an_attribute_is_cut()
    {
        var page = PageAnswer.Read($"<span href='https://a.example/{new string('x', 5000)}'>x</span>");

        Assert.Equal(2083, Assert.Single(page.UnlinkedUrls).Length);
    }

    [Fact]
    public void An_empty_page_is_read_as_nothing()
    {
        var page = PageAnswer.Read("");

        Assert.Equal(("", "", 0, 0), (page.Title, page.Text, page.NoscriptLength, page.Links.Count));
        Assert.Null(page.Base);
        Assert.Null(page.Canonical);
        Assert.Equal(RobotsDirectives.None.Index, page.Robots.Index);
    }

    [Fact]
    public void A_cancelled_reading_stops()
    {
        var html = string.Concat(Enumerable.Repeat("<p>x", 10_000));

        Assert.Throws<OperationCanceledException>(() => PageReader.Read(PageAnswer.Html(html), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void What_was_read_outlives_the_memory_of_its_source_but_no_element_does()
    {
        var page = PageAnswer.Read("<title>Kettles</title><p>Buy a <a href='/a'>kettle &amp; pot</a> and <a href='/b'>cups</a>.");
        var snippet = page.Links[0].Snippet;

        page.Release();
        page.Release();

        Assert.Equal(("Kettles", "Buy a kettle & pot and cups."), (page.Title, page.Text));
        Assert.Equal(["kettle & pot", "cups"], page.Links.Select(link => link.Anchor));
        Assert.Equal(["/a", "/b"], page.Links.Select(link => link.Url?.Path));
        Assert.Contains("kettle", snippet, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => page.Links[1].Snippet);
    }
}
