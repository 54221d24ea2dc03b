using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Alerts.SendGrid;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Alerts.Posting;

/// <summary>What a server's certificate names is not fetched for messages either: https only goes through the gate.</summary>
public sealed class OutgoingCertificatesTests : IAsyncLifetime
{
    private LocalWeb _issuer = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _issuer = await LocalWeb.StartAsync(Token);

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Theory]
    [InlineData(MessagePoster.HttpClientName)]
    [InlineData(SendGridChannel.HttpClientName)]
    public async Task No_certificate_is_fetched_for_a_message(string client)
    {
        using var certificate = IssuedCertificate.Create(_issuer.Origin);
        await using var server = IssuedCertificate.Serve(certificate);
        await using var host = new AlertChannelHost(
            TimeProvider.System,
            ("LinkMonitor:Channels:AllowPrivateNetworks", "true"),
            ("LinkMonitor:Mail:SendGrid:BaseUrl", "https://127.0.0.1"));
        using var http = host.Http(client);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => http.PostAsync(new Uri($"https://127.0.0.1:{server.Port}/"), new StringContent("{}"), Token));

        Assert.Contains("leaves out an intermediate certificate", failure.InnerException?.Message, StringComparison.Ordinal);
        Assert.Equal(0, _issuer.Connections);
    }

    [Fact]
    public async Task No_certificate_is_fetched_for_a_mail()
    {
        using var certificate = IssuedCertificate.Create(_issuer.Origin);
        await using var server = IssuedCertificate.Serve(certificate);
        await using var host = new AlertChannelHost(
            TimeProvider.System,
            ("LinkMonitor:Mail:Transport", "smtp"),
            ("LinkMonitor:Mail:From", "robot@example.net"),
            ("LinkMonitor:Mail:Smtp:Host", "127.0.0.1"),
            ("LinkMonitor:Mail:Smtp:Port", $"{server.Port}"),
            ("LinkMonitor:Mail:Smtp:Security", "Tls"));

        var retry = Assert.IsType<DeliveryResult.Retry>(await host.Channel.SendAsync(SampleMessage.To("anna@example.org"), Token));

        Assert.Contains("certificate", retry.Reason, StringComparison.Ordinal);
        Assert.Equal(0, _issuer.Connections);
    }
}
