using LinkMonitor.Engine.Urls;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Urls;

public sealed class TargetMatcherTests
{
    [Theory]
    [InlineData("https://h/a", "https://h/a", true)]
    [InlineData("https://h/a", "HTTPS://H:443/x/../a#", true)]
    [InlineData("https://h/a", "https://h/a#f", false)]
    [InlineData("https://h/a#f", "https://h/a#f", true)]
    [InlineData("https://h/a", "http://h/a", false)]
    [InlineData("https://h/a", "https://h/a/", false)]
    [InlineData("https://h/a", "https://h/a?", false)]
    [InlineData("https://h/~", "https://h/%7E", false)]
    public void Exact_is_the_same_serialised_url(string target, string candidate, bool expected) =>
        AssertMatch(TargetMatch.Exact, target, candidate, expected);

    [Theory]
    [InlineData("https://h.io/a", "http://www.h.io/a/?utm_campaign=x#f", true)]
    [InlineData("https://h/a?x=1&y=2", "https://h/a?y=2&x=1&gclid=3", true)]
    [InlineData("https://h/a?utm_source=us", "https://h/a", true)]
    [InlineData("https://h/a", "https://h/a?x=1", false)]
    [InlineData("https://h/a", "https://h/b", false)]
    [InlineData("https://h/a", "https://sub.h/a", false)]
    [InlineData("https://h/a", "mailto:a@h", false)]
    [InlineData("mailto:a@h", "mailto:a@h", true)]
    public void Page_is_the_same_page(string target, string candidate, bool expected)
    {
        AssertMatch(TargetMatch.Page, target, candidate, expected);
        AssertMatch(TargetMatch.Page, candidate, target, expected);
    }

    [Theory]
    [InlineData("https://h/shop", "https://h/shop", true)]
    [InlineData("https://h.io/shop", "http://www.h.io/shop/", true)]
    [InlineData("https://h/shop", "https://h/shop/a", true)]
    [InlineData("https://h/shop", "https://h/shop?x=1", true)]
    [InlineData("https://h/shop/", "https://h/shop", true)]
    [InlineData("https://h/shop", "https://h/shopping", false)]
    [InlineData("https://h/shop", "https://h/", false)]
    [InlineData("https://h/shop", "https://h/a/shop", false)]
    [InlineData("https://h/shop", "https://h/shop/../x", false)]
    [InlineData("https://h/", "https://h/anything?x#y", true)]
    [InlineData("https://h/", "https://h.evil/", false)]
    [InlineData("https://h/", "https://h:8080/", false)]
    [InlineData("https://h/", "ftp://h/", false)]
    [InlineData("https://h/a?x=1", "https://h/a?y=2&x=1", true)]
    [InlineData("https://h/a?x=1", "https://h/a?x=12", false)]
    [InlineData("https://h/a?x=1&x=1", "https://h/a?x=1", false)]
    [InlineData("https://h/a?x=1", "https://h/a/b?x=1", false)]
    public void Prefix_ends_at_a_segment(string target, string candidate, bool expected) =>
        AssertMatch(TargetMatch.Prefix, target, candidate, expected);

    [Theory]
    [InlineData("https://h.example/a", "http://www.h.example:8080/b", true)]
    [InlineData("https://www.h.example/a", "https://h.example./", true)]
    [InlineData("https://h.example/a", "https://sub.h.example/a", false)]
    [InlineData("https://h.example/a", "https://h.example.evil/a", false)]
    [InlineData("https://h.example/a", "https://h.example@evil/", false)]
    [InlineData("https://h.example/a", "ftp://h.example/a", false)]
    [InlineData("https://127.0.0.1/", "http://0x7f.1:8080/", true)]
    public void Host_is_the_same_host_on_any_port(string target, string candidate, bool expected) =>
        AssertMatch(TargetMatch.Host, target, candidate, expected);

    [Theory]
    [InlineData("https://h.example/", "http://www.h.example/x", true)]
    [InlineData("https://www.h.example/", "https://shop.h.example/x", true)]
    [InlineData("https://h.example/", "https://a.b.h.example/", true)]
    [InlineData("https://shop.h.example/", "https://h.example/", false)]
    [InlineData("https://h.example/", "https://evilh.example/", false)]
    [InlineData("https://127.0.0.1/", "https://127.0.0.1:8080/", true)]
    [InlineData("https://0.0.0.1/", "https://127.0.0.1/", false)]
    [InlineData("https://[::1]/", "http://[0::1]/", true)]
    [InlineData("https://[::1]/", "http://[::2]/", false)]
    [InlineData("https://h.example/", "mailto:a@h.example", false)]
    [InlineData("mailto:a", "mailto:a", false)]
    public void A_site_is_its_host_and_the_subdomains(string target, string candidate, bool expected) =>
        Assert.Equal(expected, TargetMatcher.IsSameSite(TestUrls.Parse(target), TestUrls.Parse(candidate)));

    [Fact]
    public void An_unknown_mode_is_a_bug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AssertMatch((TargetMatch)99, "https://h/", "https://h/", expected: false));

    private static void AssertMatch(TargetMatch mode, string target, string candidate, bool expected) =>
        Assert.Equal(expected, TargetMatcher.Matches(TestUrls.Parse(target), mode, TestUrls.Parse(candidate)));
}
