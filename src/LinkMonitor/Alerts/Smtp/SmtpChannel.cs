using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Smtp;

/// <summary>Hands mail to a mail server, one connection per message.</summary>
internal sealed partial class SmtpChannel(IOptions<MailOptions> mail, IOptions<SmtpOptions> options, TimeProvider time) : IAlertChannel
{
    private const int MaxReason = 500;

    public string Kind => "smtp";

    public async Task<DeliveryResult> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        if (!AlertHeaders.IsAddress(message.Recipient))
            return new DeliveryResult.Refused($"'{AlertHeaders.OneLine(message.Recipient)}' is no ASCII e-mail address.");
        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var client = CreateClient();
        using var letter = SmtpMessage.Create(message, mail.Value.Sender);
        try
        {
            await client.SendMailAsync(letter, stop.Token);
            return new DeliveryResult.Accepted(AlertHeaders.MessageId(message, mail.Value.Sender));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult.Retry($"{options.Value.Host} did not finish within {options.Value.Timeout}.");
        }
        catch (SmtpException e)
        {
            return Interpret(e);
        }
    }

    private SmtpClient CreateClient()
    {
        var settings = options.Value;
        return new SmtpClient(settings.Host, settings.Port)
        {
            EnableSsl = settings.Security == SmtpSecurity.StartTls,
            UseDefaultCredentials = false,
            Credentials = settings.User is null ? null : new NetworkCredential(settings.User, settings.Password),
            DeliveryMethod = SmtpDeliveryMethod.Network,
        };
    }

    /// <summary>
    /// 5yz is a permanent answer, 4yz a passing one (https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1). Without an answer, as when the
    /// connection fails, the code is not from the server, and later may be better. A refused login (530, 534, 535, 538;
    /// https://www.rfc-editor.org/rfc/rfc4954#section-6) is a mistake in our settings: nothing is given up while somebody can mend it.
    /// </summary>
    private static DeliveryResult Interpret(SmtpException e)
    {
        var code = (int)e.StatusCode;
        var detail = e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message;
        var reason = AlertHeaders.OneLine(detail.Length > MaxReason ? detail[..MaxReason] + "…" : detail);
        return code switch
        {
            530 or 534 or 535 or 538 => new DeliveryResult.Retry(string.Create(CultureInfo.InvariantCulture, $"SMTP {code}: {reason}")),
            550 or 551 or 553 when NoSuchAddress().IsMatch(detail) =>
                new DeliveryResult.Unusable(string.Create(CultureInfo.InvariantCulture, $"SMTP {code}: {reason}")),
            >= 500 and <= 599 => new DeliveryResult.Refused(string.Create(CultureInfo.InvariantCulture, $"SMTP {code}: {reason}")),
            >= 400 and <= 499 => new DeliveryResult.Retry(string.Create(CultureInfo.InvariantCulture, $"SMTP {code}: {reason}")),
            _ => new DeliveryResult.Retry(reason),
        };
    }

    // Bad mailbox, bad system, bad syntax, moved without a new address, and a domain that takes no mail:
    // https://www.iana.org/assignments/smtp-enhanced-status-codes. 5.1.7 and 5.1.8 are about the sender, which is ours.
    [GeneratedRegex(@"\b5\.1\.(1|2|3|6|10)\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NoSuchAddress();
}
