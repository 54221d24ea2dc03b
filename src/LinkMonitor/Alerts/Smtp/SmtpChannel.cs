using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using LinkMonitor.Alerts.Mime;
using LinkMonitor.Mail;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace LinkMonitor.Alerts.Smtp;

/// <summary>Hands mail to a mail server.</summary>
internal sealed class SmtpChannel(
    IOptions<MailOptions> mail, IOptions<SmtpOptions> options, SmtpConnectionPool connections, TimeProvider time)
    : IAlertChannel
{
    public string Kind => "smtp";

    public async Task<DeliveryResult> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(message.Recipient, out var recipient))
            return new DeliveryResult.Refused($"'{AlertHeaders.OneLine(message.Recipient)}' is not an ASCII e-mail address.");
        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var letter = AlertMime.Write(message, mail.Value, recipient);
        try
        {
            await SendAsync(letter, stop.Token);
            return new DeliveryResult.Accepted(AlertHeaders.MessageId(message, mail.Value.Sender));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult.Retry($"{options.Value.Host} did not finish within {options.Value.Timeout}.") { IsOfRoute = true };
        }
        catch (Exception e) when (SmtpAnswer.IsOutside(e))
        {
            return SmtpAnswer.Read(e);
        }
    }

    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var connection = await connections.TakeAsync(stop.Token);
            using (connection)
                await connection.TrySenderAsync(mail.Value.Sender.Ascii, stop.Token);
            return null;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return $"The mail server {options.Value.Host}:{options.Value.Port} did not answer within {options.Value.Timeout}.";
        }
        catch (Exception e) when (SmtpAnswer.IsOutside(e))
        {
            return $"The mail server {options.Value.Host}:{options.Value.Port} accepts no mail from {mail.Value.Sender}: "
                + $"{Reason(SmtpAnswer.Read(e))}";
        }
    }

    private static string Reason(DeliveryResult result) => result switch
    {
        DeliveryResult.Retry retry => retry.Reason,
        DeliveryResult.Refused refused => refused.Reason,
        DeliveryResult.Unusable unusable => unusable.Reason,
        _ => string.Empty,
    };

    private async Task SendAsync(MimeMessage letter, CancellationToken cancellationToken)
    {
        var connection = await connections.TakeAsync(cancellationToken);
        var isClean = false;
        try
        {
            await connection.SendAsync(AlertMime.Format, letter, cancellationToken);
            isClean = true;
        }
        catch (SmtpCommandException)
        {
            // The server said no to this mail and takes the next: MailKit has reset the dialogue.
            isClean = true;
            throw;
        }
        finally
        {
            if (isClean)
                await connections.KeepAsync(connection);
            else
                connection.Dispose();
        }
    }
}

/// <summary>What a mail server's answers, and its silence, mean.</summary>
internal static partial class SmtpAnswer
{
    private const int MaxReason = 500;

    /// <summary>Whether it is the server's or the network's doing, not a bug of ours.</summary>
    public static bool IsOutside(Exception e) => e
        is CommandException or ProtocolException or AuthenticationException or SslHandshakeException
        or ServiceNotConnectedException or IOException or SocketException
        // The server does not offer STARTTLS, or no way to log in that we know.
        or NotSupportedException;

    /// <summary>
    /// 5yz is a permanent answer, 4yz a passing one (https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1). Without an answer, as when the
    /// connection fails, later may be better. A refused login (530, 534, 535, 538; https://www.rfc-editor.org/rfc/rfc4954#section-6) is a
    /// mistake in our settings: nothing is given up while somebody can fix it.
    /// </summary>
    public static DeliveryResult Read(Exception e) => e switch
    {
        SmtpCommandException { StatusCode: var status } => Read((int)status, Text(e)),
        AuthenticationException => new DeliveryResult.Retry($"The login was refused. {Text(e)}") { IsOfRoute = true },
        SslHandshakeException =>
            new DeliveryResult.Retry($"The server's certificate is not trusted, or TLS failed. {Text(e)}") { IsOfRoute = true },
        _ => new DeliveryResult.Retry(Text(e)) { IsOfRoute = true },
    };

    private static DeliveryResult Read(int status, string text)
    {
        var reason = string.Create(CultureInfo.InvariantCulture, $"SMTP {status}: {text}");
        return status switch
        {
            421 or 530 or 534 or 535 or 538 => new DeliveryResult.Retry(reason) { IsOfRoute = true },
            550 or 551 or 553 when NoSuchAddress().IsMatch(text) => new DeliveryResult.Unusable(reason),
            >= 500 and <= 599 => new DeliveryResult.Refused(reason),
            _ => new DeliveryResult.Retry(reason),
        };
    }

    private static string Text(Exception e)
    {
        var detail = AlertHeaders.OneLine(
            e is SmtpCommandException || e.InnerException is not { } inner ? e.Message : $"{e.Message} {inner.Message}");
        return detail.Length > MaxReason ? detail[..MaxReason] + "…" : detail;
    }

    // Bad mailbox, bad system, bad syntax, moved without a new address, and a domain that takes no mail:
    // https://www.iana.org/assignments/smtp-enhanced-status-codes. 5.1.7 and 5.1.8 are about the sender, which is ours.
    [GeneratedRegex(@"\b5\.1\.(1|2|3|6|10)\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NoSuchAddress();
}
