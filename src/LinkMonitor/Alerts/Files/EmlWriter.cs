using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace LinkMonitor.Alerts.Files;

/// <summary>
/// Writes a mail as RFC 5322 with MIME: multipart/alternative, UTF-8 in quoted-printable, so that the file can also be read and searched as
/// it is. .NET's own writer is no help here: it stamps the wall clock, random boundaries and pickup headers into the file.
/// </summary>
internal static class EmlWriter
{
    private const string NewLine = "\r\n";

    // 39 bytes are 52 characters of base 64; with its frame and "Subject: " the line stays under the 76 that RFC 2047 allows.
    private const int MaxEncodedWordBytes = 39;
    private const int MaxEventIdsLength = 8_000;

    public static string Write(AlertMessage message, MailAddress sender, MailAddress recipient)
    {
        var boundary = $"=_linkmonitor_{AlertHeaders.RecipientHash(message)}";
        var eml = new StringBuilder();
        Header(eml, "Date", message.CreatedAt.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(eml, "From", Name(sender) + $"<{AlertHeaders.AsciiAddress(sender)}>");
        Header(eml, "To", AlertHeaders.AsciiAddress(recipient));
        Header(eml, "Subject", Words(AlertHeaders.OneLine(message.Subject)));
        Header(eml, "Message-ID", AlertHeaders.MessageId(message, sender));
        Header(eml, AlertHeaders.AutoSubmittedName, AlertHeaders.AutoSubmitted);
        Header(eml, AlertHeaders.EventCountName, AlertHeaders.EventCount(message));
        Header(eml, AlertHeaders.EventIdsName, AlertHeaders.EventIds(message, ' ', MaxEventIdsLength).Replace(" ", NewLine + " ", StringComparison.Ordinal));
        foreach (var (name, value) in AlertHeaders.Unsubscribe(message))
            Header(eml, name, value);
        Header(eml, "MIME-Version", "1.0");
        Header(eml, "Content-Type", $"multipart/alternative;{NewLine} boundary=\"{boundary}\"");
        eml.Append(NewLine);
        Part(eml, boundary, "text/plain", message.Text);
        Part(eml, boundary, "text/html", message.Html);
        return eml.Append(CultureInfo.InvariantCulture, $"--{boundary}--{NewLine}").ToString();
    }

    private static void Header(StringBuilder eml, string name, string value) => eml.Append(name).Append(": ").Append(value).Append(NewLine);

    private static void Part(StringBuilder eml, string boundary, string type, string content)
    {
        eml.Append(CultureInfo.InvariantCulture, $"--{boundary}{NewLine}");
        Header(eml, "Content-Type", $"{type}; charset=utf-8");
        Header(eml, "Content-Transfer-Encoding", "quoted-printable");
        eml.Append(NewLine).Append(QuotedPrintable.Encode(content)).Append(NewLine);
    }

    private static string Name(MailAddress sender) => sender.DisplayName.Length > 0 ? $"{Words(sender.DisplayName)}{NewLine} " : "";

    /// <summary>Encoded words, folded: https://www.rfc-editor.org/rfc/rfc2047. Also for plain ASCII, so that quoting never matters.</summary>
    private static string Words(string text)
    {
        var words = new List<string>();
        var bytes = new List<byte>();
        Span<byte> buffer = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(buffer);
            if (bytes.Count + length > MaxEncodedWordBytes)
                Flush();
            bytes.AddRange(buffer[..length]);
        }

        if (bytes.Count > 0)
            Flush();
        return string.Join(NewLine + " ", words);

        void Flush()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=");
            bytes.Clear();
        }
    }
}
