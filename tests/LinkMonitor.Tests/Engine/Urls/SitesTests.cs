using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Tests.Engine.Urls;

/// <summary>Which hosts are one site, for links, cookies, files and marks alike.</summary>
public sealed class SitesTests
{
    [Theory]
    [InlineData("example.org", "example.org", true)]
    [InlineData("example.org", "a.b.example.org", true)]
    [InlineData("example.org", "notexample.org", false)]
    [InlineData("a.example.org", "example.org", false)]
    [InlineData("a.wordpress.com", "b.wordpress.com", false)]
    [InlineData("2.1", "192.0.2.1", false)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("[::1]", "[::1]", true)]
    [InlineData("", "example.org", false)]
    public void A_site_has_its_host_and_those_below_it(string site, string host, bool expected) =>
        Assert.Equal(expected, Sites.Has(site, host));

    [Theory]
    [InlineData("www.example.org", "example.org")]
    [InlineData("a.example.org.", "a.example.org")]
    [InlineData("www.com", "www.com")]
    public void A_host_is_compared_without_what_makes_no_other_site(string host, string key) => Assert.Equal(key, Sites.KeyOf(host));

    [Theory]
    [InlineData("a.b.example.org", "example.org")]
    [InlineData("a.blog.net", "a.blog.net")]
    [InlineData("x.shop.example.com", "shop.example.com")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    public void A_host_is_on_the_site_of_the_highest_that_is_known(string host, string site) =>
        Assert.Equal(site, Sites.Of(host, new HashSet<string> { "example.org", "b.example.org", "shop.example.com", "2.1", host }));
}
