using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Mail;

namespace LinkMonitor.Alerts;

/// <summary>The header values that are the same whatever way a mail leaves.</summary>
internal static class AlertHeaders
{
    public const string EventIdsName = "X-LinkMonitor-Event-Ids";
    public const string EventCountName = "X-LinkMonitor-Event-Count";
    /// <summary>https://www.rfc-editor.org/rfc/rfc3282.</summary>
    public const string LanguageName = "Content-Language";

    public const string AutoSubmittedName = "Auto-Submitted";

    /// <summary>Not a person's mail, so that no out-of-office reply comes back: https://www.rfc-editor.org/rfc/rfc3834#section-5.</summary>
    public const string AutoSubmitted = "auto-generated";

    private const int RecipientHashBytes = 8;

    /// <summary>The same for the same alert and recipient, so that mail clients and readers recognise a repeat. With angle brackets.</summary>
    public static string MessageId(AlertMessage message, EmailAddress sender) =>
        $"<{message.AlertId}.{RecipientHash(message)}@{sender.Domain}>";

    /// <summary>Tells recipients of one alert apart without naming them: 16 hexadecimal characters.</summary>
    public static string RecipientHash(AlertMessage message) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(message.Recipient.ToLowerInvariant())).AsSpan(0, RecipientHashBytes));

    /// <summary>As many ids as fit, separated by one character; whoever gets fewer than <c>EventIds.Count</c> must be told the count.</summary>
    public static string EventIds(AlertMessage message, char separator, int maxLength)
    {
        var text = new StringBuilder();
        foreach (var id in message.EventIds)
        {
            if (text.Length + 1 + id.Length > maxLength)
                break;
            text.Append(text.Length > 0 ? separator.ToString() : "").Append(id);
        }

        return text.ToString();
    }

    public static string EventCount(AlertMessage message) => message.EventIds.Count.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The headers that let a mail client show its own "unsubscribe" button: https://www.rfc-editor.org/rfc/rfc8058#section-3. One click needs https.
    /// Empty when there is no such address.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Unsubscribe(AlertMessage message)
    {
        var headers = new Dictionary<string, string>();
        if (message.UnsubscribeUrl is { } address)
            headers["List-Unsubscribe"] = $"<{address.AbsoluteUri}>";
        if (message.UnsubscribeUrl is { Scheme: "https" })
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        return headers;
    }

    /// <summary>Who sends it, as mail clients show it: the project's word, or the installation's.</summary>
    public static string SenderName(AlertMessage message, MailOptions sender) => OneLine(message.SenderName ?? sender.FromName);

    /// <summary>The text with every control character, line ends above all, replaced by a space.</summary>
    public static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
