using LinkMonitor.Engine.Naming;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading;

/// <summary>
/// Shadow roots that a page declares are content: https://html.spec.whatwg.org/multipage/scripting.html#attr-template-shadowrootmode
/// </summary>
public sealed class ShadowRootTests
{
    [Theory]
    [InlineData("<x-card><template shadowrootmode=open><a href=/1>one</a></template></x-card>", "one")]
    [InlineData("<x-card><template shadowrootmode=CLOSED><a href=/1>one</a></template></x-card>", "one")]
    [InlineData("<div><p>before <template shadowrootmode=open><a href=/1>one</a></template>after</div>", "one")]
    [InlineData(
        "<x-a><template shadowrootmode=open><x-b><template shadowrootmode=closed><a href=/1>one</a></template></x-b></template></x-a>",
        "one")]
    [InlineData("<a href=/1><span><template shadowrootmode=open>one</template></span></a>", "one")]
    [InlineData("<body><template shadowrootmode=open><a href=/1>one</a></template>", "one")]
    [InlineData("<x-card><a href=/2>two</a><template shadowrootmode=open><a href=/1>one</a></template></x-card>", "one|two")]
    [InlineData(
        "<x-card><template shadowrootmode=open><a href=/1>one</a></template><template shadowrootmode=open><a "
            + "href=/2>two</a></template></x-card>",
        "one")]
    [InlineData("<x-card><template shadowrootmode=no><a href=/1>one</a></template></x-card>", "")]
    [InlineData("<x-card><template><a href=/1>one</a></template></x-card>", "")]
    [InlineData("<ul><template shadowrootmode=open><a href=/1>one</a></template></ul>", "")]
    [InlineData("<svg><font-face><foreignObject><template shadowrootmode=open><a href=/1>one</a></template></foreignObject></svg>", "")]
    [InlineData("<annotation-xml><template shadowrootmode=open><a href=/1>one</a></template></annotation-xml>", "")]
    [InlineData("<template><x-card><template shadowrootmode=open><a href=/1>one</a></template></x-card></template>", "")]
    [InlineData("<html><template shadowrootmode=open><a href=/1>one</a></template>", "")]
    public void Links_in_a_declared_shadow_root_are_on_the_page(string html, string anchors) =>
        Assert.Equal(anchors, string.Join('|', PageAnswer.Read($"<!doctype html>{html}").Links.Select(link => link.Anchor)));

    [Fact]
    public void What_speaks_of_the_document_does_not_count_in_a_shadow_root()
    {
        var page = PageAnswer.Read(
            "<body><div><template shadowrootmode=open><base href=/b/><meta name=robots content=noindex><link rel=canonical "
                + "href=/c><title>Shadow</title>" +
            "<a href=x>text</a></template></div><title>Page</title>");

        Assert.Equal("https://blog.example.net/posts/x", Assert.Single(page.Links).Url?.Href);
        Assert.Equal((true, null, null, "Page", "text"), (page.Robots.Index, page.Base, page.Canonical, page.Title, page.Text));
    }

    [Fact]
    public void The_landmarks_around_a_shadow_root_and_in_it_count()
    {
        var page = PageAnswer.Read(
            "<footer><x-a><template shadowrootmode=open><a href=/1>1</a></template></x-a></footer><x-b><template "
                + "shadowrootmode=open><nav><a href=/2>2</a></nav></template></x-b>");

        Assert.Equal(["footer", "nav"], page.Links.Select(link => WireName.Of(link.Placement)));
    }
}
