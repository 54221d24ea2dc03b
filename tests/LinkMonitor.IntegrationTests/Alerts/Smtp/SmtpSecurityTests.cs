using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Smtp;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Alerts.Smtp;

public sealed class SmtpSecurityTests : IAsyncLifetime
{
    private const string User = "mailer";
    private const string Password = "correct horse";
    private const string Recipient = "anna@inbox.example.org";

    private SmtpServer _server = null!;

    private SmtpTrust Trusted => new([_server.Certificate]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await SmtpServer.StartAsync(
        new SmtpServerSettings { User = User, Password = Password, StartTls = "required" }, Cancellation);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Over_STARTTLS_the_login_is_sent_and_the_mail_arrives()
    {
        var result = await SendAsync(Password, Trusted);

        Assert.IsType<DeliveryResult.Accepted>(result);
        var mail = await _server.NextAsync(Recipient, Cancellation);
        Assert.Equal(User, mail.User);
        Assert.True(mail.Secure);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_again_and_never_repeated_in_the_reason()
    {
        var retry = Assert.IsType<DeliveryResult.Retry>(await SendAsync("wrong horse", Trusted));

        Assert.DoesNotContain("wrong horse", retry.Reason, StringComparison.Ordinal);
        Assert.Equal(0, _server.Waiting(Recipient));
    }

    [Fact]
    public async Task A_certificate_nobody_trusts_gets_no_mail()
    {
        var result = await SendAsync(Password, SmtpTrust.System);

        var retry = Assert.IsType<DeliveryResult.Retry>(result);
        Assert.Contains("certificate", retry.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, _server.Waiting(Recipient));
    }

    [Fact]
    public async Task TLS_from_the_first_byte_carries_the_login_and_the_mail()
    {
        await using var server = await SmtpServer.StartAsync(
            new SmtpServerSettings { User = User, Password = Password, StartTls = "implicit" }, Cancellation);
        await using var host = new AlertChannelHost(TimeProvider.System, new SmtpTrust([server.Certificate]),
            ("LinkMonitor:Mail:Transport", "smtp"), ("LinkMonitor:Mail:From", "robot@example.net"),
            ("LinkMonitor:Mail:Smtp:Host", SmtpServer.Host),
            ("LinkMonitor:Mail:Smtp:Port", $"{server.Port}"), ("LinkMonitor:Mail:Smtp:Security", "Tls"),
            ("LinkMonitor:Mail:Smtp:User", User), ("LinkMonitor:Mail:Smtp:Password", Password));

        Assert.IsType<DeliveryResult.Accepted>(await host.Channel.SendAsync(SampleMessage.To(Recipient), Cancellation));

        var mail = await server.NextAsync(Recipient, Cancellation);
        Assert.Equal(User, mail.User);
        Assert.True(mail.Secure);
    }

    [Fact]
    public async Task A_certificate_for_another_name_gets_no_mail()
    {
        await using var host = new AlertChannelHost(TimeProvider.System, Trusted,
            ("LinkMonitor:Mail:Transport", "smtp"), ("LinkMonitor:Mail:From", "robot@example.net"),
            ("LinkMonitor:Mail:Smtp:Host", "127.0.0.2"),
            ("LinkMonitor:Mail:Smtp:Port", $"{_server.Port}"));

        Assert.IsType<DeliveryResult.Retry>(await host.Channel.SendAsync(SampleMessage.To(Recipient), Cancellation));
        Assert.Equal(0, _server.Waiting(Recipient));
    }

    private async Task<DeliveryResult> SendAsync(string password, SmtpTrust trust)
    {
        await using var host = new AlertChannelHost(TimeProvider.System, trust,
            ("LinkMonitor:Mail:Transport", "smtp"), ("LinkMonitor:Mail:From", "robot@example.net"),
            ("LinkMonitor:Mail:Smtp:Host", SmtpServer.Host),
            ("LinkMonitor:Mail:Smtp:Port", $"{_server.Port}"), ("LinkMonitor:Mail:Smtp:User", User),
            ("LinkMonitor:Mail:Smtp:Password", password));
        return await host.Channel.SendAsync(SampleMessage.To(Recipient), Cancellation);
    }
}
