using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Wording;

public sealed class MarkupTests
{
    [Fact]
    public void Values_are_encoded_and_markup_is_not()
    {
        var bold = Markup.Of($"<b>{"<&\"'>"}</b>");

        var html = Markup.Of($"<p title=\"{"a\" onclick=\"b"}\">{bold}</p>").Html;

        Assert.Equal("<p title=\"a&quot; onclick=&quot;b\"><b>&lt;&amp;&quot;&#x27;&gt;</b></p>", html);
    }

    [Theory]
    [InlineData("https://example.org/?a=1&b=2", "href=\"https://example.org/?a=1&amp;b=2\"")]
    [InlineData("http://example.org/", "href=\"http://example.org/\"")]
    public void Web_URLs_become_links(string url, string expected) =>
        Assert.Contains(expected, Markup.Anchor(url, "text").Html, StringComparison.Ordinal);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JAVASCRIPT:alert(1)")]
    [InlineData("data:text/html,<script>")]
    [InlineData("//example.org/")]
    [InlineData("")]
    public void Nothing_else_does(string url) => Assert.Equal("text", Markup.Anchor(url, "text").Html);
}
