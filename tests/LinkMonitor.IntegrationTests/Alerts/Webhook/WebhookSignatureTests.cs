using System.Text.Json;
using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Webhook;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Alerts.Webhook;

/// <summary>The reference library of Standard Webhooks takes what we sign, and nothing else.</summary>
public sealed class WebhookSignatureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_reference_library_verifies_our_signature_with_either_secret()
    {
        var (secret, former) = (WebhookSecret.New(), WebhookSecret.New());
        var request = await SentAsync(secret, former);

        Assert.Equal("ok", await VerifyAsync(secret, request, request.BodyText));
        Assert.Equal("ok", await VerifyAsync(former, request, request.BodyText));
        Assert.NotEqual("ok", await VerifyAsync(WebhookSecret.New(), request, request.BodyText));
        Assert.NotEqual(
            "ok", await VerifyAsync(secret, request, request.BodyText.Replace("links.changed", "links.altered", StringComparison.Ordinal)));
    }

    private static async Task<RecordedRequest> SentAsync(string secret, string former)
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapStatus("/hook", 200);
        // The library compares the time with that of its machine.
        await using var host = new AlertChannelHost(TimeProvider.System, ("LinkMonitor:Channels:AllowPrivateNetworks", "true"));
        var message = SampleMessage.To(web.Url("/hook")) with { ProjectId = "prj_a", Secret = secret, FormerSecret = former };
        Assert.IsType<DeliveryResult.Accepted>(await host.Of(ChannelKind.Webhook).SendAsync(message, Token));
        return web.Requests.Single();
    }

    private static async Task<string> VerifyAsync(string secret, RecordedRequest request, string body)
    {
        await NodeModules.FileAsync(Path.Combine("standardwebhooks", "package.json"), Token);
        var script = Path.Combine(RepositoryRoot.Path, "tests", "LinkMonitor.IntegrationTests", "Support", "verify-webhook.cjs");
        var headers = request.Headers
            .Where(header => header.Key.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key, header => header.Value);
        using var node = NodeModules.Start("node", RepositoryRoot.Path, [script, JsonSerializer.Serialize(new { secret, headers, body })]);
        var output = await node.StandardOutput.ReadToEndAsync(Token);
        await node.WaitForExitAsync(Token);
        Assert.True(node.ExitCode == 0, await node.StandardError.ReadToEndAsync(Token));
        return output;
    }
}
