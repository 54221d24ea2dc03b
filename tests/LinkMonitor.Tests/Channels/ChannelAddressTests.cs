using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Alerts.Posting;
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
        foreach (var url in AddressEvasions.All
            .Select(evasion => evasion.Url)
            .SelectMany(url => new[] { url, url.Replace("http:", "https:", StringComparison.OrdinalIgnoreCase) }))
        {
            Assert.True(Read(kind, url, Public, out var error) is null, url);
            Assert.NotEmpty(error!);
        }
    }

    [Theory]
    [InlineData("https://127.0.0.1/", "loopback")]
    [InlineData("https://169.254.169.254/", "link-local")]
    [InlineData("https://build.internal/", "private networks")]
    [InlineData("http://hooks.example.org/", "posted only over https")]
    [InlineData("https://hooks.example.org:444/", "port 443")]
    public void The_reason_is_told(string url, string reason)
    {
        Assert.Null(Read(ChannelKind.Webhook, url, Public, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Private_networks_can_be_allowed() => Assert.Equal(
        "http://127.0.0.1:8080/hook",
        Read(
            ChannelKind.Webhook,
            "http://127.0.0.1:8080/hook",
            new OutgoingPolicy(Options.Create(new ChannelOptions { AllowPrivateNetworks = true })),
            out _));

    [Theory]
    [InlineData(ChannelKind.Slack, "https://hooks.slack.com/", "/services/T…/B…/…")]
    [InlineData(ChannelKind.Slack, "https://hooks.slack.com/services/T0/B0", "/services/T…/B…/…")]
    [InlineData(ChannelKind.Slack, "https://hooks.slack.com/services/T0/B0/abc/more", "/services/T…/B…/…")]
    [InlineData(ChannelKind.Slack, "https://hooks.slack.com/triggers/T0/1/abc", null)]
    [InlineData(ChannelKind.Slack, "https://hooks.slack.com/workflows/T0/A0/1/abc", null)]
    [InlineData(ChannelKind.Teams, "https://example.webhook.office.com/", "IncomingWebhook")]
    [InlineData(ChannelKind.Teams, "https://example.webhook.office.com/webhookb2/1", "IncomingWebhook")]
    [InlineData(ChannelKind.Teams, "https://outlook.office.com/webhook/1@2/IncomingWebhook/3/4", null)]
    [InlineData(ChannelKind.Teams, "https://prod-23.westeurope.logic.azure.com/", "sig=")]
    [InlineData(
        ChannelKind.Teams, "https://prod-23.westeurope.logic.azure.com/workflows/1/triggers/manual/paths/invoke?api-version=1", "sig=")]
    public void An_address_of_a_chat_is_whole(ChannelKind kind, string url, string? wanted)
    {
        var address = Read(kind, url, Public, out var error);

        Assert.Equal(wanted is null, address is not null);
        Assert.True(wanted is null ? error is null : error!.Contains(wanted, StringComparison.Ordinal), error);
    }

    [Theory]
    [InlineData(ChannelKind.Slack, "https://hooks.slack.com/services/T0/B0/abc", true)]
    [InlineData(ChannelKind.Slack, "https://hooks.slack-gov.com/services/T0/B0/abc", true)]
    [InlineData(ChannelKind.Slack, "https://hooks.slack.com.evil.example/services/T0/B0/abc", false)]
    [InlineData(ChannelKind.Slack, "https://hooks.example.org/services/T0/B0/abc", false)]
    [InlineData(ChannelKind.Teams, "https://example.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4", true)]
    [InlineData(ChannelKind.Teams, "https://prod-23.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?sig=a", true)]
    [InlineData(
        ChannelKind.Teams,
        "https://default1.09.environment.api.powerplatform.com:443/powerautomate/automations/direct/"
            + "workflows/1/triggers/manual/paths/invoke?api-version=1&sig=a",
        true)]
    [InlineData(ChannelKind.Teams, "https://evillogic.azure.com.example/", false)]
    [InlineData(ChannelKind.Teams, "https://hooks.slack.com/services/T0/B0/abc", false)]
    [InlineData(ChannelKind.Webhook, "https://hooks.example.org/links", true)]
    public void A_chat_takes_its_own_hosts_only(ChannelKind kind, string url, bool isTaken)
    {
        var address = Read(kind, url, Public, out var error);

        Assert.Equal(isTaken, address is not null);
        Assert.Equal(isTaken, error is null);
        Assert.True(isTaken || error!.Contains("use the kind webhook", StringComparison.Ordinal), error);
    }

    [Fact]
    public void Where_private_networks_are_allowed_a_host_that_is_not_public_may_stand_in_for_a_chat_and_no_other()
    {
        var allowed = new OutgoingPolicy(Options.Create(new ChannelOptions { AllowPrivateNetworks = true }));

        Assert.NotNull(Read(ChannelKind.Slack, "http://127.0.0.1:8065/hooks/1", allowed, out _));
        Assert.Null(Read(ChannelKind.Slack, "https://hooks.example.org/1", allowed, out _));
    }

    private static string? Read(ChannelKind kind, string address, OutgoingPolicy policy, out string? error) =>
        ChannelCatalogue.Of(kind).Read(address, url => policy.Check(kind, url), out error);
}
