using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading;

public sealed class LinkReadingTests
{
    [Fact]
    public void Only_a_and_area_elements_of_html_with_an_href_are_links_in_document_order()
    {
        var page = PageAnswer.ReadFile("what-is-a-link.html");

        Assert.Equal(["/one", "/two", "/three", "/four", "/five", ""], page.Links.Select(link => link.Href));
        Assert.Equal([1, 2, 3, 4, 5, 6], page.Links.Select(link => link.Ordinal));
    }

    [Theory]
    [InlineData("<a href=/x>plain</a>", "plain", LinkKind.Text)]
    [InlineData("<a href=/x> \n two\t <b>bold</b>&nbsp;words </a>", "two bold words", LinkKind.Text)]
    [InlineData("<a href=/x><span><strong>deep</strong></span></a>", "deep", LinkKind.Text)]
    [InlineData("<a href=/x><div>one</div><div>two</div>three<br>four</a>", "one two three four", LinkKind.Text)]
    [InlineData("<a href=/x>a<b>b</b>c</a>", "abc", LinkKind.Text)]
    [InlineData("<a href=/x>see <img alt='the logo'> here</a>", "see the logo here", LinkKind.Text)]
    [InlineData("<a href=/x> <img alt=' the  logo '> </a>", "the logo", LinkKind.Image)]
    [InlineData("<a href=/x><img></a>", "", LinkKind.Image)]
    [InlineData("<a href=/x><picture><source><img alt=logo></picture></a>", "logo", LinkKind.Image)]
    [InlineData("<a href=/x><svg><title>the logo</title><path/></svg></a>", "the logo", LinkKind.Image)]
    [InlineData("<a href=/x><svg><text>Home</text></svg></a>", "Home", LinkKind.Text)]
    [InlineData("<a href=/x>Tea shop<svg><title>New window</title></svg></a>", "Tea shop", LinkKind.Text)]
    [InlineData("<a href=/x><svg><title>Chain</title><path/></svg> Tea shop</a>", "Tea shop", LinkKind.Text)]
    [InlineData("<a href=/x>Tea <svg><title>leaf</title></svg>shop</a>", "Tea shop", LinkKind.Text)]
    [InlineData("<a href=/x><img alt='Tea shop'><svg><title>zoom</title></svg></a>", "Tea shop", LinkKind.Image)]
    [InlineData("<a href=/x><img data-src=t.png alt=Teapot><noscript><img src=t.png alt=Teapot></noscript></a>", "Teapot", LinkKind.Image)]
    [InlineData("<a href=/x><noscript><img src=t.png alt=Teapot></noscript><img data-src=t.png alt=Teapot></a>", "Teapot", LinkKind.Image)]
    [InlineData("<a href=/x><img src=dot.gif><noscript><img src=t.png alt=Teapot></noscript></a>", "Teapot", LinkKind.Image)]
    [InlineData("<a href=/x><img alt=Teapot><noscript><picture><img alt='A teapot'></picture></noscript></a>", "Teapot", LinkKind.Image)]
    [InlineData("<a href=/x><img alt=One><img alt=Two><noscript><img alt=One><img alt=Two></noscript></a>", "OneTwo", LinkKind.Image)]
    [InlineData("<a href=/x><img alt=Tea> and <noscript><img alt=cake></noscript></a>", "Tea and cake", LinkKind.Text)]
    [InlineData("<a href=/x><img alt=Tea> <img alt=Tea></a>", "Tea Tea", LinkKind.Image)]
    [InlineData("<a href=/x></a>", "", LinkKind.Text)]
    [InlineData("<a href=/x>x<script>y</script><style>z</style><template>t</template></a>", "x", LinkKind.Text)]
    [InlineData("<map><area href=/x alt=' the  shop '></map>", "the shop", LinkKind.Area)]
    [InlineData("<map><area href=/x></map>", "", LinkKind.Area)]
    public void An_anchor_is_what_a_reader_sees(string html, string anchor, LinkKind kind)
    {
        var link = Assert.Single(PageAnswer.Read(html).Links);

        Assert.Equal((anchor, kind), (link.Anchor, link.Kind));
    }

    [Fact]
    public void A_long_anchor_is_cut_between_characters()
    {
        var anchor = new string('x', PageLink.MaxAnchorLength - 1) + "\U0001F600 and more";

        var link = Assert.Single(PageAnswer.Read($"<a href=/x>{anchor}</a>").Links);

        Assert.Equal(anchor[..(PageLink.MaxAnchorLength - 1)], link.Anchor);
    }

    [Theory]
    [InlineData("/x", null, "https://blog.example.net/x")]
    [InlineData("x", null, "https://blog.example.net/posts/x")]
    [InlineData("x", "/base/", "https://blog.example.net/base/x")]
    [InlineData("x", "https://other.example/base/", "https://other.example/base/x")]
    [InlineData("x", "data:text/html,x", "https://blog.example.net/posts/x")]
    [InlineData("x", "javascript:x", "https://blog.example.net/posts/x")]
    [InlineData("x", "https://[", "https://blog.example.net/posts/x")]
    [InlineData("https://[", null, null)]
    [InlineData("  //shop.example/\n a", null, "https://shop.example/%20a")]
    public void A_url_is_resolved_against_the_base(string href, string? baseHref, string? expected)
    {
        var page = PageAnswer.Read($"{(baseHref is null ? "" : $"<base href='{baseHref}'>")}<a href='{href}'>x</a>");

        Assert.Equal(expected, Assert.Single(page.Links).Url?.Href);
    }

    [Fact]
    public void The_first_base_with_an_href_counts_even_for_links_before_it()
    {
        var page = PageAnswer.Read("<a href=x>x</a><base target=_blank><base href=/one/><base href=/two/>");

        Assert.Equal("https://blog.example.net/one/", page.Base?.Href);
        Assert.Equal("https://blog.example.net/one/x", Assert.Single(page.Links).Url?.Href);
    }

    [Fact]
    public void Rel_is_split_on_white_space_and_commas_without_case()
    {
        var link = Assert.Single(PageAnswer.Read("<a href=/x rel='NoFollow,UGC\n noopener  ugc'>x</a>").Links);

        Assert.Equal(["nofollow", "ugc", "noopener"], link.Rel);
        Assert.Equal(RelQualifiers.Nofollow | RelQualifiers.Ugc, link.Qualifiers);
        Assert.False(link.Follow);
    }

    [Theory]
    [InlineData("", "noopener", true)]
    [InlineData("", "sponsored", false)]
    [InlineData("<meta name=robots content=nofollow>", "", false)]
    public void A_link_is_followed_when_neither_it_nor_the_page_says_otherwise(string meta, string rel, bool follow)
    {
        Assert.Equal(follow, Assert.Single(PageAnswer.Read($"{meta}<a href=/x rel='{rel}'>x</a>").Links).Follow);
    }

    [Theory]
    [InlineData(
        "<A HREF=/x title='a\"b&lt;'>one <b>&amp; two</b><br>&nbsp;</A>",
        "<a href=\"/x\" title=\"a&quot;b&lt;\">one <b>&amp; two</b><br>&nbsp;</a>")]
    [InlineData("<map><area href=/x></map>", "<area href=\"/x\">")]
    public void A_snippet_is_the_element_as_parsed(string html, string snippet)
    {
        Assert.Equal(snippet, Assert.Single(PageAnswer.Read(html).Links).Snippet);
    }

    [Fact]
    public void A_snippet_is_cut_at_1000_characters_and_never_inside_one()
    {
        var start = "<a href=\"/x\">";
        var text = new string('x', 999 - start.Length) + "\U0001F600 and more";

        var link = Assert.Single(PageAnswer.Read($"{start}{text}</a>").Links);

        Assert.Equal(999, link.Snippet.Length);
        Assert.EndsWith("x", link.Snippet, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_of_noscript_count_because_scripting_is_off()
    {
        var page = PageAnswer.Read(
            "<head><noscript><link rel=canonical href=/c></noscript></head><noscript><a href=/x>shown</a></noscript>");

        Assert.Equal("shown", Assert.Single(page.Links).Anchor);
        Assert.Equal("https://blog.example.net/c", page.Canonical?.Href);
    }
}
