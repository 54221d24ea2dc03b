using LinkMonitor.Alerts.Posting;
using LinkMonitor.Channels;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Tests.Engine.Fetching;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Channels;

public sealed class ChannelAddressTests
{
    private static readonly OutgoingPolicy Public = new(Options.Create(new ChannelOptions()));

    [Theory]
    [InlineData(ChannelKind.Webhook)]
    [InlineData(ChannelKind.Slack)]
    [InlineData(ChannelKind.Teams)]
    public void No_evasion_leads_to_what_is_not_public(ChannelKind kind)
    {
        foreach (var url in AddressEvasions.All.Select(evasion => evasion.Url).SelectMany(url => new[] { url, url.Replace("http:", "https:", StringComparison.OrdinalIgnoreCase) }))
        {
            Assert.True(ChannelAddress.Read(kind, url, Public, out var error) is null, url);
            Assert.NotEmpty(error!);
        }
    }

    [Theory]
    [InlineData("https://127.0.0.1/", "loopback")]
    [InlineData("https://169.254.169.254/", "link-local")]
    [InlineData("https://build.internal/", "private networks")]
    [InlineData("http://hooks.example.org/", "only posted over https")]
    [InlineData("https://hooks.example.org:444/", "port 443")]
    public void The_reason_is_told(string url, string reason)
    {
        Assert.Null(ChannelAddress.Read(ChannelKind.Webhook, url, Public, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Private_networks_can_be_allowed() => Assert.Equal(
        "http://127.0.0.1:8080/hook",
        ChannelAddress.Read(ChannelKind.Webhook, "http://127.0.0.1:8080/hook", new OutgoingPolicy(Options.Create(new ChannelOptions { AllowPrivateNetworks = true })), out _));
}
