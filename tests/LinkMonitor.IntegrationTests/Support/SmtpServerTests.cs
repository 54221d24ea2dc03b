using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace LinkMonitor.IntegrationTests.Support;

public sealed class SmtpServerTests(SmtpFixture smtp)
{
    [Fact]
    public async Task A_message_reaches_the_inbox_of_its_recipient()
    {
        var recipient = smtp.UniqueRecipient("support");

        await SendAsync(recipient);

        var mail = await smtp.Server.NextAsync(recipient, TestContext.Current.CancellationToken);
        Assert.Equal("robot@example.net", mail.From);
        Assert.Contains("Subject: Hello\r\n", mail.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_gives_a_recipient_its_own_answer()
    {
        var recipient = smtp.UniqueRecipient("support");
        await smtp.Server.AnswerAsync(recipient, "rcpt", 550, "5.1.1 No such user", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync(recipient));

        Assert.Equal(SmtpStatusCode.MailboxUnavailable, refused.StatusCode);
        Assert.Equal(0, smtp.Server.Waiting(recipient));
    }

    private async Task SendAsync(string recipient)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync(SmtpServer.Host, smtp.Server.Port, SecureSocketOptions.None, TestContext.Current.CancellationToken);
        using var message = new MimeMessage(
            [MailboxAddress.Parse("robot@example.net")], [MailboxAddress.Parse(recipient)], "Hello",
            new TextPart("plain") { Text = "Body" });
        await client.SendAsync(message, TestContext.Current.CancellationToken);
    }
}
