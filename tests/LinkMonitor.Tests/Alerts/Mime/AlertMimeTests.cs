using System.Text;
using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Mime;
using LinkMonitor.Mail;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Alerts.Mime;

public sealed class AlertMimeTests
{
    private static readonly MailOptions Sender = new() { From = "robot@example.net", FromName = "Link Müller" };

    [Fact]
    public void The_same_copy_is_the_same_bytes() =>
        Assert.Equal(Write(SampleMessage.To("anna@example.org")), Write(SampleMessage.To("anna@example.org")));

    [Theory]
    [InlineData(".", "=2E")]
    [InlineData("..two", "=2E.two")]
    [InlineData("From here", "=46rom here")]
    [InlineData("Fromage", "Fromage")]
    [InlineData("a=b", "a=3Db")]
    [InlineData("end ", "end=20")]
    public void What_relays_and_mail_folders_touch_is_encoded(string line, string encoded)
    {
        var raw = Write(SampleMessage.To("anna@example.org") with { Text = $"first\n{line}\nlast" });

        Assert.Contains($"\r\nfirst\r\n{encoded}\r\nlast", raw, StringComparison.Ordinal);
        Assert.Equal($"first\r\n{line}\r\nlast", ParsedMail.Parse(raw).Text);
    }

    [Fact]
    public void Long_lines_of_any_script_are_broken_and_joined_again()
    {
        var text = string.Concat(Enumerable.Repeat("Grüße an 東京 и Москву 👋🏽 .From ", 200));

        var raw = Write(SampleMessage.To("anna@example.org") with { Text = text, Html = $"<p>{text}</p>" });

        Assert.All(raw.Split("\r\n"), line => Assert.True(line.Length <= 78, line));
        Assert.Equal(text, ParsedMail.Parse(raw).Text);
        Assert.Equal($"<p>{text}</p>", ParsedMail.Parse(raw).Html);
    }

    [Fact]
    public void A_name_with_signs_of_the_syntax_stays_a_name()
    {
        var mail = Write(
            SampleMessage.To("anna@example.org"),
            new MailOptions { From = "robot@example.net", FromName = "Links, \"the\" <robot>\r\nBcc: x" });

        var parsed = ParsedMail.Parse(mail);
        Assert.DoesNotContain(parsed.Headers, header => header.Key == "Bcc");
        Assert.EndsWith("<robot@example.net>", parsed["From"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Link Müller")]
    [InlineData("Example Agency", "Example Agency")]
    [InlineData("Agency\r\nBcc: x", "Agency  Bcc: x")]
    public void A_project_may_have_a_sender_of_its_own(string? name, string shown)
    {
        var message = SampleMessage.To("anna@example.org") with { SenderName = name };

        using var mail = AlertMime.Write(message, Sender, EmailAddress.Parse(message.Recipient));

        Assert.Equal((shown, "robot@example.net"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
    }

    [Fact]
    public void A_mail_names_its_language() =>
        Assert.Contains(
            "\r\nContent-Language: de\r\n", Write(SampleMessage.To("anna@example.org") with { Language = "de" }), StringComparison.Ordinal);

    private static string Write(AlertMessage message, MailOptions? sender = null)
    {
        using var mail = AlertMime.Write(message, sender ?? Sender, EmailAddress.Parse(message.Recipient));
        using var bytes = new MemoryStream();
        mail.WriteTo(AlertMime.Format, bytes, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
