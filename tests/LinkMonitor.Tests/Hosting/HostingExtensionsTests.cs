using LinkMonitor.Hosting.Triggers;
using Microsoft.Extensions.Configuration;

namespace LinkMonitor.Tests.Hosting;

public sealed class HostingExtensionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Behind_the_host_only_the_port_it_gave_is_listened_on()
    {
        var (other, third) = (HostedApp.FreePort(), HostedApp.FreePort());

        await using var app = await HostedApp.StartAsync(behindHost: true, Cancellation,
            ("urls", $"http://127.0.0.1:{other}"), ("http_ports", $"{other}"), ("Kestrel:Endpoints:Extra:Url", $"http://127.0.0.1:{third}"));

        var url = Assert.Single(app.Urls);
        Assert.StartsWith("http://127.0.0.1:", url, StringComparison.Ordinal);
        Assert.DoesNotContain(new Uri(url).Port, new[] { other, third });
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Without_the_port_setting_there_is_no_host(string? value)
    {
        Assert.Null(FunctionsHost.From(Configuration(value)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("http")]
    public void A_port_setting_that_is_no_port_is_refused(string value)
    {
        Assert.Throws<InvalidOperationException>(() => FunctionsHost.From(Configuration(value)));
    }

    private static IConfigurationRoot Configuration(string? value) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(FunctionsHost.PortSetting, value)]).Build();
}
