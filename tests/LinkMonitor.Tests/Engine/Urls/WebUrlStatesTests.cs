using LinkMonitor.Engine.Urls;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Urls;

/// <summary>One table for each state of the basic URL parser.</summary>
public sealed class WebUrlStatesTests
{
    [Theory]
    [InlineData("  \u0000\u001F http://a/ \n", "http://a/")]
    [InlineData("ht\ntp\t:/\r/a/b\nc", "http://a/bc")]
    [InlineData("HTTP://A/", "http://a/")]
    [InlineData("a+1-.b:x", "a+1-.b:x")]
    public void Controls_around_and_line_breaks_inside_are_dropped_and_the_scheme_is_lower_cased(string input, string href) =>
        AssertHref(href, input);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("example.com")]
    [InlineData("/path")]
    [InlineData("//host/path")]
    [InlineData("#fragment")]
    [InlineData("1http://a/")]
    [InlineData("ht tp://a/")]
    [InlineData("hö:x")]
    [InlineData(":x")]
    [InlineData("http")]
    public void Without_a_scheme_and_a_base_there_is_no_url(string input) => Assert.False(WebUrl.TryParse(input, out _));

    [Theory]
    [InlineData("//other/x", "https://other/x")]
    [InlineData("\\\\other\\x", "https://other/x")]
    [InlineData("/\\/\\other", "https://other/")]
    [InlineData("/x", "https://u:p@h:8/x")]
    [InlineData("\\x", "https://u:p@h:8/x")]
    [InlineData("x", "https://u:p@h:8/a/b/x")]
    [InlineData("./x", "https://u:p@h:8/a/b/x")]
    [InlineData("../x", "https://u:p@h:8/a/x")]
    [InlineData("../../../x", "https://u:p@h:8/x")]
    [InlineData("..", "https://u:p@h:8/a/")]
    [InlineData("", "https://u:p@h:8/a/b/c?q")]
    [InlineData("?r", "https://u:p@h:8/a/b/c?r")]
    [InlineData("?", "https://u:p@h:8/a/b/c?")]
    [InlineData("#g", "https://u:p@h:8/a/b/c?q#g")]
    [InlineData("https:x", "https://u:p@h:8/a/b/x")]
    [InlineData("https:/x", "https://u:p@h:8/x")]
    [InlineData("https:?r", "https://u:p@h:8/a/b/c?r")]
    [InlineData("http:x", "http://x/")]
    [InlineData("mailto:x", "mailto:x")]
    public void A_reference_resolves_against_a_special_base(string input, string href) =>
        AssertHref(href, input, "https://u:p@h:8/a/b/c?q#f");

    [Theory]
    [InlineData("foo://h/a/b", "\\x", "foo://h/a/\\x")]
    [InlineData("foo://h/a/b", "//o", "foo://o")]
    [InlineData("foo://h/a/b", "/x", "foo://h/x")]
    [InlineData("foo://h/a/b", "foo:x", "foo:x")]
    [InlineData("foo://h/", "..", "foo://h/")]
    [InlineData("foo://h", ".", "foo://h/")]
    [InlineData("foo:/a/b", "x", "foo:/a/x")]
    [InlineData("foo:/a", "/.//p", "foo:/.//p")]
    [InlineData("http://h/?", "#f", "http://h/?#f")]
    [InlineData("mailto:a?b", "#c", "mailto:a?b#c")]
    public void A_reference_resolves_against_other_bases(string baseInput, string input, string href) => AssertHref(href, input, baseInput);

    [Theory]
    [InlineData("x")]
    [InlineData("x#f")]
    [InlineData("?x")]
    [InlineData("/x")]
    [InlineData("")]
    public void An_opaque_base_takes_nothing_but_a_fragment(string input)
    {
        var baseUrl = TestUrls.Parse("mailto:a@b");

        Assert.False(WebUrl.TryParse(input, baseUrl, out _));
    }

    [Theory]
    [InlineData("http:a", "http://a/")]
    [InlineData("http:/a", "http://a/")]
    [InlineData("http:////a", "http://a/")]
    [InlineData("http:\\/a\\b", "http://a/b")]
    [InlineData("foo://a\\b", null)]
    [InlineData("foo:/a", "foo:/a")]
    [InlineData("foo:a/../b", "foo:a/../b")]
    [InlineData("foo://", "foo://")]
    [InlineData("foo:///", "foo:///")]
    public void Special_schemes_forgive_any_number_and_kind_of_slashes(string input, string? href) => AssertHref(href, input);

    [Theory]
    [InlineData("http://u@h/", "http://u@h/")]
    [InlineData("http://u:p@h/", "http://u:p@h/")]
    [InlineData("http://:p@h/", "http://:p@h/")]
    [InlineData("http://u:@h/", "http://u@h/")]
    [InlineData("http://@h/", "http://h/")]
    [InlineData("http://:@h/", "http://h/")]
    [InlineData("http://a@b@h/", "http://a%40b@h/")]
    [InlineData("http://a:b:c@h/", "http://a:b%3Ac@h/")]
    [InlineData("http://é ^|[]=;%zz@h/", "http://%C3%A9%20%5E%7C%5B%5D%3D%3B%zz@h/")]
    [InlineData("http://u/@h/", "http://u/@h/")]
    [InlineData("http://evil.com\\@h/", "http://evil.com/@h/")]
    [InlineData("foo://evil.com\\@h/", "foo://evil.com%5C@h/")]
    [InlineData("http://u@/", null)]
    [InlineData("http://@", null)]
    [InlineData("foo://u@/", null)]
    public void Credentials_end_at_the_last_at_sign_before_the_path(string input, string? href) => AssertHref(href, input);

    [Theory]
    [InlineData("http://h:/", "http://h/")]
    [InlineData("http://h:80/", "http://h/")]
    [InlineData("https://h:80/", "https://h:80/")]
    [InlineData("https://h:0443/", "https://h/")]
    [InlineData("ftp://h:21/", "ftp://h/")]
    [InlineData("wss://h:443/", "wss://h/")]
    [InlineData("foo://h:80/", "foo://h:80/")]
    [InlineData("http://h:0/", "http://h:0/")]
    [InlineData("http://h:000000000000000065535/", "http://h:65535/")]
    [InlineData("http://h:65536/", null)]
    [InlineData("http://h:99999999999999999999/", null)]
    [InlineData("http://h:8a/", null)]
    [InlineData("http://h:+8/", null)]
    [InlineData("http://h:８/", null)]
    [InlineData("http://h:80:80/", null)]
    [InlineData("http://:80/", null)]
    [InlineData("foo://:80/", null)]
    [InlineData("http://h:8\\x", "http://h:8/x")]
    public void Ports_are_decimal_and_the_default_one_is_dropped(string input, string? href) => AssertHref(href, input);

    [Theory]
    [InlineData("file:", null, "file:///")]
    [InlineData("file:a", null, "file:///a")]
    [InlineData("file:/a", null, "file:///a")]
    [InlineData("file://h/a", null, "file://h/a")]
    [InlineData("file://LOCALHOST/a", null, "file:///a")]
    [InlineData("file:////a", null, "file:////a")]
    [InlineData("file:\\\\h\\a", null, "file://h/a")]
    [InlineData("file:///C|/a", null, "file:///C:/a")]
    [InlineData("file://C|/a", null, "file:///C:/a")]
    [InlineData("file:///C:/../..", null, "file:///C:/")]
    [InlineData("file:///a/C|/b", null, "file:///a/C|/b")]
    [InlineData("file://u@h/", null, null)]
    [InlineData("file://h:80/", null, null)]
    [InlineData("file:?q", "file:///C:/a/b?p", "file:///C:/a/b?q")]
    [InlineData("#f", "file:///C:/a/b?p", "file:///C:/a/b?p#f")]
    [InlineData("x", "file:///C:/a/b", "file:///C:/a/x")]
    [InlineData("/x", "file:///C:/a/b", "file:///C:/x")]
    [InlineData("/D:/x", "file:///C:/a/b", "file:///D:/x")]
    [InlineData("D|/x", "file:///C:/a/b", "file:///D:/x")]
    [InlineData("D|x", "file:///C:/a/b", "file:///C:/a/D|x")]
    [InlineData("/x", "file://h/C:/a/b", "file://h/C:/x")]
    [InlineData("//o/x", "file://h/C:/a/b", "file://o/x")]
    [InlineData("///x", "file://h/C:/a/b", "file:///x")]
    [InlineData("file:x", "http://h/a/b", "file:///x")]
    public void File_urls_know_hosts_and_drive_letters(string input, string? baseInput, string? href) => AssertHref(href, input, baseInput);

    [Theory]
    [InlineData("http://h", "/")]
    [InlineData("http://h?q", "/")]
    [InlineData("http://h/a/./b/../c", "/a/c")]
    [InlineData("http://h/a/%2e/b/%2E%2e/c/.%2e", "/a/")]
    [InlineData("http://h/a/..", "/")]
    [InlineData("http://h/a/.", "/a/")]
    [InlineData("http://h/../../a", "/a")]
    [InlineData("http://h/a/.../%2e%2e%2e", "/a/.../%2e%2e%2e")]
    [InlineData("http://h//a///b", "//a///b")]
    [InlineData("http://h/a\\b\\..\\c", "/a/c")]
    [InlineData("http://h/ \"<>`{}^", "/%20%22%3C%3E%60%7B%7D%5E")]
    [InlineData("http://h/é💩\u007F\u0001x", "/%C3%A9%F0%9F%92%A9%7F%01x")]
    [InlineData("http://h/'|~[]!$&()*+,;=:@", "/'|~[]!$&()*+,;=:@")]
    [InlineData("http://h/%zz%4%41%c3", "/%zz%4%41%c3")]
    [InlineData("http://h/a ?q", "/a%20")]
    public void Paths_lose_dot_segments_and_keep_escapes_as_written(string input, string path) =>
        Assert.Equal(path, TestUrls.Parse(input).Path);

    [Theory]
    [InlineData("javascript:alert('ä b')", "javascript:alert('%C3%A4 b')")]
    [InlineData("data:a  ?q", "data:a %20?q")]
    [InlineData("data:a #f", "data:a%20#f")]
    [InlineData("data:a ", "data:a")]
    [InlineData("mailto:a^b{c}", "mailto:a^b{c}")]
    public void Opaque_paths_are_kept_but_for_controls_and_a_last_space(string input, string href) => AssertHref(href, input);

    [Theory]
    [InlineData("http://h/?a=' \"<>`{}|\\^[]", "a=%27%20%22%3C%3E`{}|\\^[]", null)]
    [InlineData("foo://h/?a='", "a='", null)]
    [InlineData("http://h/?é?x/../y", "%C3%A9?x/../y", null)]
    [InlineData("http://h/?", "", null)]
    [InlineData("http://h/#", null, "")]
    [InlineData("http://h/?#", "", "")]
    [InlineData("http://h/#a b\"<>`é#?{}'", null, "a%20b%22%3C%3E%60%C3%A9#?{}'")]
    public void Query_and_fragment_have_their_own_escapes(string input, string? query, string? fragment)
    {
        var url = TestUrls.Parse(input);

        Assert.Equal(query, url.Query);
        Assert.Equal(fragment, url.Fragment);
    }


    private static void AssertHref(string? href, string input, string? baseInput = null)
    {
        var baseUrl = baseInput is null ? null : TestUrls.Parse(baseInput);

        var url = TestUrls.ParseOrNull(input, baseUrl);

        Assert.Equal(href, url?.Href);
    }
}
