using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace LinkMonitor.Alerts.Smtp;

/// <summary>Makes the <see cref="MailMessage"/> of an alert.</summary>
internal static class SmtpMessage
{
    private const int MaxEventIdsLength = 8_000;

    public static MailMessage Create(AlertMessage message, MailAddress sender)
    {
        var mail = new MailMessage(sender, new MailAddress(message.Recipient))
        {
            Subject = AlertHeaders.OneLine(message.Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        mail.Headers.Add("Message-ID", AlertHeaders.MessageId(message, sender));
        mail.Headers.Add(AlertHeaders.AutoSubmittedName, AlertHeaders.AutoSubmitted);
        mail.Headers.Add(AlertHeaders.EventCountName, AlertHeaders.EventCount(message));
        // .NET refuses a header without a value.
        if (message.EventIds.Count > 0)
            mail.Headers.Add(AlertHeaders.EventIdsName, AlertHeaders.EventIds(message, ' ', MaxEventIdsLength));
        foreach (var (name, value) in AlertHeaders.Unsubscribe(message))
            mail.Headers.Add(name, value);
        mail.AlternateViews.Add(View(message.Text, MediaTypeNames.Text.Plain));
        mail.AlternateViews.Add(View(message.Html, MediaTypeNames.Text.Html));
        return mail;
    }

    // Base 64, because .NET's quoted-printable writes line ends as =0D=0A, which some clients show as one endless line.
    private static AlternateView View(string content, string type)
    {
        var view = AlternateView.CreateAlternateViewFromString(content.ReplaceLineEndings("\r\n"), Encoding.UTF8, type);
        view.TransferEncoding = TransferEncoding.Base64;
        return view;
    }
}
