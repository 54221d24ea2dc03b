using LinkMonitor.Engine.Fetching.Cookies;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Fetching.Cookies;

public sealed class CookieJarTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData("https://www.example.org/", "a=1", "https://www.example.org/x", "a=1")]
    [InlineData("https://www.example.org/", "a=1", "https://example.org/", null)]
    [InlineData("https://example.org/", "a=1", "https://www.example.org/", null)]
    [InlineData("https://example.org/", "a=1; Domain=example.org", "https://www.example.org/", "a=1")]
    [InlineData("https://example.org/", "a=1; domain=.EXAMPLE.org", "https://www.example.org/", "a=1")]
    [InlineData("https://www.example.org/", "a=1; Domain=example.org", "https://example.org/", "a=1")]
    [InlineData("https://www.example.org/", "a=1; Domain=example.org", "https://badexample.org/", null)]
    [InlineData("https://www.example.org/", "a=1; Domain=other.example", "https://other.example/", null)]
    [InlineData("https://www.example.org/", "a=1; Domain=org", "https://other.org/", null)]
    [InlineData("https://www.example.co.uk/", "a=1; Domain=co.uk", "https://other.co.uk/", null)]
    [InlineData("https://www.example.co.uk/", "a=1; Domain=example.co.uk", "https://example.co.uk/", "a=1")]
    [InlineData("http://10.0.0.1/", "a=1; Domain=0.0.1", "http://20.0.0.1/", null)]
    [InlineData("http://10.0.0.1/", "a=1", "http://10.0.0.1/", "a=1")]
    public void A_cookie_goes_only_to_the_site_that_set_it(string setBy, string field, string asked, string? expected)
    {
        var cookies = Stored(setBy, field);

        Assert.Equal(expected, cookies.FieldFor(Web.Parse(asked)));
    }

    [Theory]
    [InlineData("http://a.example/x/y", "a=1", "http://a.example/x/z", "a=1")]
    [InlineData("http://a.example/x/y", "a=1", "http://a.example/x", "a=1")]
    [InlineData("http://a.example/x/y", "a=1", "http://a.example/xx", null)]
    [InlineData("http://a.example/x/y", "a=1", "http://a.example/", null)]
    [InlineData("http://a.example/x/y", "a=1; Path=/", "http://a.example/", "a=1")]
    [InlineData("http://a.example/x/y", "a=1; Path=nonsense", "http://a.example/x/", "a=1")]
    [InlineData("http://a.example/", "a=1; Path=/x/", "http://a.example/x/y", "a=1")]
    [InlineData("https://a.example/", "a=1; Secure", "http://a.example/", null)]
    [InlineData("https://a.example/", "a=1; Secure", "https://a.example/", "a=1")]
    public void Path_and_secure_are_kept(string setBy, string field, string asked, string? expected)
    {
        var cookies = Stored(setBy, field);

        Assert.Equal(expected, cookies.FieldFor(Web.Parse(asked)));
    }

    [Theory]
    [InlineData("a=b=c, d; HttpOnly", "a=b=c, d")]
    [InlineData(" a = \"quoted\" ;x", "a=\"quoted\"")]
    [InlineData("a=", "a=")]
    [InlineData("nameless", null)]
    [InlineData("=value", null)]
    [InlineData("a=1\u0001", null)]
    [InlineData("", null)]
    public void A_value_comes_back_as_it_was_set(string field, string? expected)
    {
        var cookies = Stored("http://a.example/", field);

        Assert.Equal(expected, cookies.FieldFor(Web.Parse("http://a.example/")));
    }

    [Theory]
    [InlineData("a=2; Max-Age=0")]
    [InlineData("a=2; Max-Age=-1")]
    [InlineData("a=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("a=2; Expires=Thu, 01-Jan-1970 00:00:00 GMT")]
    public void A_cookie_set_in_the_past_deletes_the_one_before(string field)
    {
        var cookies = Stored("http://a.example/", "a=1", field);

        Assert.Null(cookies.FieldFor(Web.Parse("http://a.example/")));
    }

    [Theory]
    [InlineData("a=2")]
    [InlineData("a=2; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("a=2; Expires=Fri, 01 Jan 2100 00:00:00 GMT")]
    [InlineData("a=2; Expires=whenever")]
    public void A_later_cookie_of_the_same_name_replaces_the_earlier(string field)
    {
        var cookies = Stored("http://a.example/", "a=1", field);

        Assert.Equal("a=2", cookies.FieldFor(Web.Parse("http://a.example/")));
    }

    [Fact]
    public void A_flood_of_cookies_is_bounded()
    {
        var cookies = Stored("http://a.example/", [.. Enumerable.Range(0, 1000).Select(i => $"c{i}=1"), "big=" + new string('x', 5000)]);

        Assert.Equal(50, cookies.FieldFor(Web.Parse("http://a.example/"))!.Split("; ").Length);
    }

    private CookieJar Stored(string setBy, params string[] fields)
    {
        var cookies = new CookieJar(_clock);
        cookies.Store(Web.Parse(setBy), fields);
        return cookies;
    }
}
