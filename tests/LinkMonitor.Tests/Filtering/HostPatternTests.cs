using LinkMonitor.Filtering;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Alerts.Composing;

namespace LinkMonitor.Tests.Filtering;

public sealed class HostPatternTests
{
    [Theory]
    [InlineData("EXAMPLE.com", "example.com")]
    [InlineData(" www.example.com. ", "www.example.com")]
    [InlineData("*.Grün.example", "*.xn--grn-ioa.example")]
    [InlineData("a*b.example.*", "a*b.example.*")]
    [InlineData("*", "*")]
    [InlineData("192.168.0.1", "192.168.0.1")]
    [InlineData("[::1]", "[::1]")]
    public void A_host_is_written_as_urls_have_it(string text, string host) => Assert.Equal((host, null), HostPattern.Normalise(text));

    [Theory]
    [InlineData("example.com/path")]
    [InlineData("example.com:8080")]
    [InlineData("user@example.com")]
    [InlineData("grü*n.example")]
    [InlineData("a b")]
    [InlineData(".")]
    [InlineData("?")]
    public void What_is_no_host_is_refused(string text)
    {
        var (host, problem) = HostPattern.Normalise(text);

        Assert.Null(host);
        Assert.Contains("is no host", problem, StringComparison.Ordinal);
    }

    /// <summary>URLs are stored in ASCII; people look for what they read.</summary>
    [Theory]
    [InlineData("bücher", true)]
    [InlineData("BÜCHER.example", true)]
    [InlineData("日本", true)]
    [InlineData("xn--bcher", true)]
    [InlineData("b\u00FCrger", false)]
    public void Text_is_found_in_a_url_as_people_read_it(string text, bool isFound)
    {
        var link = LinkFacts.Of(StorageSamples.Link(new ProjectId("prj_a")) with { Page = Sample.Url("https://bücher.example/日本") });

        Assert.Equal(isFound, HostPattern.InPage(text)(link));
        Assert.Equal(isFound, HostPattern.InText(text)(link));
        Assert.False(HostPattern.InTarget(text)(link));
    }
}
