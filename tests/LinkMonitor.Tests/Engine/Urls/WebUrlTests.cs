using System.Text;
using System.Text.Json;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Urls;

public sealed class WebUrlTests
{
    [Fact]
    public void Every_part_is_given()
    {
        Assert.True(WebUrl.TryParse("HTTPS://u:p@Example.com:8443/a/b?x=1#top", out var url));

        Assert.Equal("https://u:p@example.com:8443/a/b?x=1#top", url.Href);
        Assert.Equal("https", url.Scheme);
        Assert.Equal("u", url.UserName);
        Assert.Equal("p", url.Password);
        Assert.True(url.HasCredentials);
        Assert.Equal("example.com", url.Host);
        Assert.Equal(8443, url.Port);
        Assert.Equal(8443, url.EffectivePort);
        Assert.Equal("/a/b", url.Path);
        Assert.Equal("x=1", url.Query);
        Assert.Equal("top", url.Fragment);
        Assert.Equal("https://example.com:8443", url.Origin);
        Assert.True(url.IsHttp);
        Assert.Equal(url.Href, url.ToString());
    }

    [Theory]
    [InlineData("http://h/", 80, "http://h", true)]
    [InlineData("https://h/", 443, "https://h", true)]
    [InlineData("ftp://h/", 21, "ftp://h", false)]
    [InlineData("ws://h/", 80, "ws://h", false)]
    [InlineData("file:///x", null, "null", false)]
    [InlineData("mailto:a@b", null, "null", false)]
    [InlineData("foo://h/", null, "null", false)]
    public void Defaults_follow_the_scheme(string input, int? port, string origin, bool isHttp)
    {
        var url = TestUrls.Parse(input);

        Assert.Null(url.Port);
        Assert.Equal(port, url.EffectivePort);
        Assert.Equal(origin, url.Origin);
        Assert.Equal(isHttp, url.IsHttp);
        Assert.False(url.HasCredentials);
    }

    [Fact]
    public void No_input_is_no_url()
    {
        Assert.False(WebUrl.TryParse(null, out var url));
        Assert.Null(url);
    }

    [Fact]
    public void Urls_are_equal_when_they_serialise_alike()
    {
        var one = TestUrls.Parse("HTTP://a:80/x/../%41");
        var same = TestUrls.Parse("http://a/%41");
        var other = TestUrls.Parse("http://a/A");

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, other);
        Assert.False(one.Equals((WebUrl?)null));
    }

    [Theory]
    [InlineData("http://u:p@h:8/a?b#c", "http://u:p@h:8/a?b")]
    [InlineData("http://h/#", "http://h/")]
    [InlineData("http://h/?", "http://h/?")]
    [InlineData("mailto:a?b#c", "mailto:a?b")]
    [InlineData("foo:/.//p#c", "foo:/.//p")]
    [InlineData("foo://h#c", "foo://h")]
    public void The_fragment_can_be_dropped(string input, string expected)
    {
        var url = TestUrls.Parse(input);

        Assert.Equal(expected, url.WithoutFragment().Href);
    }

    [Fact]
    public void Json_is_the_href()
    {
        var url = TestUrls.Parse("HTTP://é.example/'?'");

        var json = JsonSerializer.Serialize(new[] { url, null });

        var read = JsonSerializer.Deserialize<WebUrl?[]>(json)!;
        Assert.Equal(2, read.Length);
        Assert.Equal(url, read[0]);
        Assert.Null(read[1]);
        Assert.Equal("http://xn--9ca.example/'?%27", JsonSerializer.Deserialize<string[]>(json)![0]);
    }

    [Theory]
    [InlineData("\"/relative\"")]
    [InlineData("\"\"")]
    [InlineData("1")]
    [InlineData("{}")]
    public void Json_that_is_no_url_is_refused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<WebUrl>(json));

    [Theory]
    [InlineData("windows-1252", "é€", "%E9%80")]
    [InlineData("windows-1252", "日'\"", "%26%2326085%3B%27%22")]
    [InlineData("windows-1252", "💩&a=%E9", "%26%23128169%3B&a=%E9")]
    [InlineData("shift_jis", "日", "%93%FA")]
    [InlineData("iso-8859-2", "ł", "%B3")]
    [InlineData("utf-16", "é", "%C3%A9")]
    [InlineData("utf-8", "é", "%C3%A9")]
    public void The_query_of_a_link_is_written_in_the_encoding_of_its_page(string encoding, string query, string expected)
    {
        var page = TestUrls.Parse("http://h/a");
        var pageEncoding = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);

        Assert.True(WebUrl.TryParse($"é?{query}#é", page, pageEncoding, out var url));

        Assert.Equal($"http://h/%C3%A9?{expected}#%C3%A9", url.Href);
    }

    // Not rows of the tables: metadata of attributes cannot hold a lone surrogate.
    [Fact]
    public void A_lone_surrogate_is_the_replacement_character()
    {
        Assert.True(WebUrl.TryParse("http://u\uD800@h/\uDC00a?\uD800#\uDC00", null, Encoding.Latin1, out var url));

        Assert.Equal("http://u%EF%BF%BD@h/%EF%BF%BDa?%26%2365533%3B#%EF%BF%BD", url.Href);
        Assert.False(WebUrl.TryParse("http://a\uD800.example/", out _));
    }

    [Theory]
    [InlineData("ws://h/?é")]
    [InlineData("wss://h/?é")]
    [InlineData("foo://h/?é")]
    public void Only_queries_that_are_sent_over_http_follow_the_page(string input)
    {
        Assert.True(WebUrl.TryParse(input, null, Encoding.Latin1, out var url));

        Assert.Equal("%C3%A9", url.Query);
    }
}
