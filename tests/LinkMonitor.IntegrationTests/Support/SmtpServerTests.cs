using System.Net.Mail;

namespace LinkMonitor.IntegrationTests.Support;

public sealed class SmtpServerTests(SmtpFixture smtp)
{
    [Fact]
    public async Task A_message_reaches_the_inbox_of_its_recipient()
    {
        var recipient = smtp.UniqueRecipient("support");
        using var client = new SmtpClient(SmtpServer.Host, smtp.Server.Port);

        await client.SendMailAsync("robot@example.net", recipient, "Hello", "Body", TestContext.Current.CancellationToken);

        var mail = await smtp.Server.NextAsync(recipient, TestContext.Current.CancellationToken);
        Assert.Equal("robot@example.net", mail.From);
        Assert.Contains("Subject: Hello\r\n", mail.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_gives_a_recipient_its_own_answer()
    {
        var recipient = smtp.UniqueRecipient("support");
        using var client = new SmtpClient(SmtpServer.Host, smtp.Server.Port);
        await smtp.Server.AnswerAsync(recipient, "rcpt", 550, "5.1.1 No such user", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<SmtpFailedRecipientException>(
            () => client.SendMailAsync("robot@example.net", recipient, "Hello", "Body", TestContext.Current.CancellationToken));

        Assert.Equal(SmtpStatusCode.MailboxUnavailable, refused.StatusCode);
        Assert.Equal(0, smtp.Server.Waiting(recipient));
    }
}
