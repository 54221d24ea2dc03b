using LinkMonitor.Hosting.Serving;
using Microsoft.Extensions.Configuration;

namespace LinkMonitor.Tests.Hosting.Serving;

public sealed class PortCheckTests
{
    [Theory]
    [InlineData("http://localhost:0;https://127.0.0.1:0")]
    [InlineData("")]
    public void Addresses_that_can_be_listened_at_are_fine(string urls) => Assert.Empty(PortCheck.Unreadable(Urls(urls)));

    [Fact]
    public void An_address_that_is_none_is_named_and_taken_by_nobody()
    {
        var configuration = Urls("http://localhost:0;zzz");

        Assert.Contains("'zzz' is not an address", Assert.Single(PortCheck.Unreadable(configuration)), StringComparison.Ordinal);
        Assert.Null(PortCheck.Taken(configuration));
    }

    private static IConfigurationRoot Urls(string urls) =>
        new ConfigurationBuilder().AddInMemoryCollection([new KeyValuePair<string, string?>("urls", urls)]).Build();
}
