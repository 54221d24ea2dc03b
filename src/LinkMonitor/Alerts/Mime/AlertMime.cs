using System.Text;
using System.Text.RegularExpressions;
using LinkMonitor.Mail;
using MimeKit;
using MimeKit.Encodings;

namespace LinkMonitor.Alerts.Mime;

/// <summary>
/// Writes an alert as a MIME message: multipart/alternative, UTF-8 in quoted-printable, so that a file of it can also be read and searched
/// as it is. The same copy always gives the same bytes.
/// </summary>
internal static partial class AlertMime
{
    /// <summary>Lines end with CRLF and headers are ASCII, whatever the server says it could take.</summary>
    public static readonly FormatOptions Format = new() { NewLineFormat = NewLineFormat.Dos, International = false };

    private const int MaxEventIdsLength = 8_000;

    // With the two characters that an encoded line start adds, a line stays under the 76 of RFC 2045.
    private const int MaxEncodedLine = 72;

    /// <param name="recipient">The one reader of this copy.</param>
    public static MimeMessage Write(AlertMessage message, MailOptions sender, EmailAddress recipient)
    {
        var mail = new MimeMessage
        {
            Date = message.CreatedAt.ToUniversalTime(),
            Subject = AlertHeaders.OneLine(message.Subject),
            Body = Bodies(message),
        };
        mail.From.Add(new MailboxAddress(Encoding.UTF8, AlertHeaders.SenderName(message, sender), sender.Sender.Ascii));
        mail.To.Add(new MailboxAddress(null, recipient.Ascii));
        mail.Headers.Replace(HeaderId.MessageId, AlertHeaders.MessageId(message, sender.Sender));
        mail.Headers.Add(AlertHeaders.AutoSubmittedName, AlertHeaders.AutoSubmitted);
        mail.Headers.Add(AlertHeaders.LanguageName, message.Language);
        mail.Headers.Add(AlertHeaders.EventCountName, AlertHeaders.EventCount(message));
        if (message.EventIds.Count > 0)
            mail.Headers.Add(AlertHeaders.EventIdsName, AlertHeaders.EventIds(message, ' ', MaxEventIdsLength));
        foreach (var (name, value) in AlertHeaders.Unsubscribe(message))
            mail.Headers.Add(name, value);
        return mail;
    }

    private static MultipartAlternative Bodies(AlertMessage message)
    {
        // The plain text first: a reader takes the last that it can show. A random boundary would make every repeat another file.
        var bodies = new MultipartAlternative { Body("plain", message.Text), Body("html", message.Html) };
        bodies.Boundary = $"=_linkmonitor_{AlertHeaders.RecipientHash(message)}";
        return bodies;
    }

    private static MimePart Body(string subtype, string text) => new("text", subtype)
    {
        ContentType = { Charset = "utf-8" },
        ContentTransferEncoding = ContentEncoding.QuotedPrintable,
        Content = new MimeContent(new MemoryStream(Encode(text)), ContentEncoding.QuotedPrintable),
    };

    private static byte[] Encode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
        var encoder = new QuotedPrintableEncoder(MaxEncodedLine);
        var output = new byte[encoder.EstimateOutputLength(bytes.Length)];
        var length = encoder.Flush(bytes, 0, bytes.Length, output);
        var lines = Encoding.ASCII.GetString(output, 0, length).ReplaceLineEndings("\r\n");
        return Encoding.ASCII.GetBytes(Touched().Replace(lines, start => $"={(int)start.Value[0]:X2}"));
    }

    // A dot at the start of a line is touched by SMTP, "From " by mail folders: https://www.rfc-editor.org/rfc/rfc2049#section-3.
    [GeneratedRegex(@"^(\.|F(?=rom ))", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Touched();
}
