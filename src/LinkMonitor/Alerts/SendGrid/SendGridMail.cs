using SendGrid.Helpers.Mail;
using EmailAddress = LinkMonitor.Mail.EmailAddress;

namespace LinkMonitor.Alerts.SendGrid;

/// <summary>Makes SendGrid's message of an alert: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send.</summary>
internal static class SendGridMail
{
    // All custom arguments together must stay under 10,000 bytes; event_count says when there are more ids than fit.
    private const int MaxEventIdsLength = 9_000;

    public static SendGridMessage Create(AlertMessage message, MailOptions sender, EmailAddress recipient, bool isSandbox)
    {
        var mail = new SendGridMessage
        {
            From = new global::SendGrid.Helpers.Mail.EmailAddress(sender.Sender.Ascii, AlertHeaders.SenderName(message, sender)),
            Subject = AlertHeaders.OneLine(message.Subject),
            PlainTextContent = message.Text,
            HtmlContent = message.Html,
            MailSettings = isSandbox ? new MailSettings { SandboxMode = new SandboxMode { Enable = true } } : null,
        };
        mail.AddTo(recipient.Ascii);
        mail.AddGlobalHeader(AlertHeaders.AutoSubmittedName, AlertHeaders.AutoSubmitted);
        mail.AddGlobalHeader(AlertHeaders.LanguageName, message.Language);
        foreach (var (name, value) in AlertHeaders.Unsubscribe(message))
            mail.AddGlobalHeader(name, value);
        // SendGrid knows no idempotency key, so our ids go along.
        mail.AddCustomArg("alert_id", message.AlertId);
        mail.AddCustomArg("event_count", AlertHeaders.EventCount(message));
        mail.AddCustomArg("event_ids", AlertHeaders.EventIds(message, ',', MaxEventIdsLength));
        // Tracking would rewrite every URL we show as proof, and load a picture from outside.
        mail.SetClickTracking(enable: false, enableText: false);
        mail.SetOpenTracking(enable: false);
        return mail;
    }
}
