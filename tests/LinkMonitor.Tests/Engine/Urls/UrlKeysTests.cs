using LinkMonitor.Engine.Urls;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Urls;

public sealed class UrlKeysTests
{
    [Theory]
    [InlineData("HTTP://Example.com:80/a#f", "http://example.com/a")]
    [InlineData("http://h/%7Ea%41%2d%2fb%c3%a9", "http://h/~aA-%2Fb%C3%A9")]
    [InlineData("http://h/?b=%7e&a=%3d&utm_source=x", "http://h/?b=~&a=%3D&utm_source=x")]
    [InlineData("http://www.h/a/?", "http://www.h/a/?")]
    [InlineData("http://h/%%32e/%4%31/%zz", "http://h/%%32e/%4%31/%zz")]
    [InlineData("http://h/%a%62", "http://h/%a%62")]
    [InlineData("http://h/%25%32e", "http://h/%252e")]
    [InlineData("http://u:p@h/", "http://u:p@h/")]
    [InlineData("mailto:%41@b#c", "mailto:%41@b")]
    public void A_page_keeps_all_that_may_choose_another_answer(string input, string expected) =>
        Assert.Equal(expected, UrlKeys.PageIdentity(TestUrls.Parse(input)).Href);

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("http://example.com")]
    [InlineData("http://www.example.com/#top")]
    [InlineData("https://www.www.example.com")]
    [InlineData("https://EXAMPLE.com.:443/?")]
    [InlineData("http://example.com:443///")]
    [InlineData("https://u:p@example.com:80/?&&=")]
    [InlineData("https://example.com/?utm_source=a&UTM_Medium=b&gclid=c&fbclid&_hsenc=d")]
    public void The_same_home_page_has_one_target_key(string input) =>
        Assert.Equal("https://example.com/", UrlKeys.TargetKey(TestUrls.Parse(input)));

    [Theory]
    [InlineData("http://h/a/b/", "https://h/a/b")]
    [InlineData("http://h:8080/a", "https://h:8080/a")]
    [InlineData("http://h/wiki/Foo_%28bar%29%2c", "https://h/wiki/Foo_(bar),")]
    [InlineData("http://h/a%2fb/%5c%25%7c|", "https://h/a%2Fb/%5C%25%7C%7C")]
    [InlineData("http://h/%%32e", "https://h/%252e")]
    [InlineData("http://h/A?B=C", "https://h/A?B=C")]
    [InlineData("http://h/?b=2&a=1", "https://h/?a=1&b=2")]
    [InlineData("http://h/?a=2&b&a=1", "https://h/?a=2&a=1&b")]
    [InlineData("http://h/?a=&b", "https://h/?a&b")]
    [InlineData("http://h/?q=a+b%20c%2Bd,e%2ce&x==", "https://h/?q=a%20b%20c%2Bd%2Ce%2Ce&x=%3D")]
    [InlineData("http://h/?utm=1&gclidx=2&ref=3", "https://h/?gclidx=2&ref=3&utm=1")]
    [InlineData("http://www.com/", "https://www.com/")]
    [InlineData("http://www.com./", "https://www.com/")]
    [InlineData("http://wwwx.h.example/", "https://wwwx.h.example/")]
    [InlineData("http://a../", "https://a../")]
    [InlineData("http://./", "https://./")]
    [InlineData("mailto:a@b?utm_source=x#c", "mailto:a@b?utm_source=x")]
    public void A_target_key_drops_what_makes_no_other_page(string input, string expected) =>
        Assert.Equal(expected, UrlKeys.TargetKey(TestUrls.Parse(input)));

    [Theory]
    [InlineData("http://h/a", "http://h/A")]
    [InlineData("http://h/a", "http://h/b")]
    [InlineData("http://h/a?x=1", "http://h/a")]
    [InlineData("http://h/a?x=1&x=2", "http://h/a?x=2&x=1")]
    [InlineData("http://h/a?x=1", "http://h/a?X=1")]
    [InlineData("http://h/a", "http://b.h/a")]
    [InlineData("http://h/a", "http://h:8080/a")]
    [InlineData("http://h/a%2Fb", "http://h/a/b")]
    [InlineData("http://h/?a%26b", "http://h/?a&b")]
    public void Other_pages_have_other_target_keys(string one, string other) =>
        Assert.NotEqual(UrlKeys.TargetKey(TestUrls.Parse(one)), UrlKeys.TargetKey(TestUrls.Parse(other)));

    [Fact]
    public void Every_tracking_parameter_is_ignored_whatever_its_case()
    {
        foreach (var parameter in TrackingParameter.All)
        {
            var name = parameter.Name + (parameter.IsPrefix ? "anything" : "");

            var key = UrlKeys.TargetKey(TestUrls.Parse($"https://h/?a=1&{name}=x&{name.ToUpperInvariant()}=y&z=2"));

            Assert.Equal("https://h/?a=1&z=2", key);
        }
    }

    [Theory]
    [InlineData("https://h/~a?b=%7E#c", "https://h/%7ea?b=~#d", true)]
    [InlineData("https://h/a?b=1", "https://h/a?b=2", false)]
    [InlineData("https://h/a", "https://h/a/", false)]
    [InlineData("https://h/a", "http://h/a", false)]
    [InlineData("https://h/a", "https://h:444/a", false)]
    [InlineData("https://h/a", "https://www.h/a", false)]
    [InlineData("mailto:a@h#b", "mailto:a@h#c", true)]
    [InlineData("mailto:%7Ea@h", "mailto:~a@h", false)]
    public void Pages_are_the_same_when_their_identities_are(string one, string other, bool isSame)
    {
        var (first, second) = (TestUrls.Parse(one), TestUrls.Parse(other));

        Assert.Equal(isSame, UrlKeys.IsSamePage(first, second));
        Assert.Equal(isSame, UrlKeys.IsSamePage(second, first));
        Assert.Equal(isSame, UrlKeys.PageIdentity(first).Equals(UrlKeys.PageIdentity(second)));
    }

    [Fact]
    public void A_hostile_host_costs_no_more_than_its_length()
    {
        var host = string.Concat(Enumerable.Repeat("www.", 1_000_000)) + "example.com";

        Assert.Equal("https://example.com/", UrlKeys.TargetKey(TestUrls.Parse($"http://{host}/")));
    }
}
