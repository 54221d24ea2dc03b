using LinkMonitor.Filtering;

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
}
