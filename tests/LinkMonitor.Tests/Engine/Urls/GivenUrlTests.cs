using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Tests.Engine.Urls;

public sealed class GivenUrlTests
{
    [Theory]
    [InlineData("example.com", "https://example.com/")]
    [InlineData(" example.com/a?b#c ", "https://example.com/a?b#c")]
    [InlineData("example.com:8080/x", "https://example.com:8080/x")]
    [InlineData("localhost:80", "https://localhost:80/")]
    [InlineData("//example.com/x", "https://example.com/x")]
    [InlineData("http://example.com/@x", "http://example.com/@x")]
    public void An_address_without_a_scheme_is_https(string text, string href)
    {
        Assert.True(GivenUrl.TryRead(text, out var url, out _));
        Assert.Equal(href, url.Href);
    }

    [Theory]
    [InlineData("nonsense", "'nonsense' is not a URL")]
    [InlineData("ftp://example.com/", "'ftp://example.com/' is not on the web")]
    [InlineData("https://me:secret@example.com/x", "'https://…@example.com/x' contains a user name or password")]
    [InlineData("https://me@example.com/", "'https://…@example.com/' contains a user name")]
    [InlineData("https://a@me:secret@example.com/", "'https://…@example.com/' contains a user name")]
    [InlineData("me:secret@example.com", "'…@example.com' is not on the web")]
    [InlineData("https://me:secret@exa mple.com/", "'https://…@exa mple.com/' is not a URL")]
    public void What_is_refused_is_named_without_user_and_password(string text, string start)
    {
        Assert.False(GivenUrl.TryRead(text, out _, out var error));
        Assert.StartsWith(start, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_is_cut() => Assert.Equal(101, GivenUrl.Shown(new string('x', 5_000)).Length);
}
