using LinkMonitor.Alerts.Mime;
using LinkMonitor.Mail;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;

namespace LinkMonitor.Alerts.Smtp;

/// <summary>Hands mail to a mail server.</summary>
internal sealed class SmtpChannel(IOptions<MailOptions> mail, IOptions<SmtpOptions> options, SmtpConnections connections, TimeProvider time)
    : IAlertChannel
{
    public string Kind => "smtp";

    public async Task<DeliveryResult> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(message.Recipient, out var recipient))
            return new DeliveryResult.Refused($"'{AlertHeaders.OneLine(message.Recipient)}' is no ASCII e-mail address.");
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
            return $"The mail server {options.Value.Host}:{options.Value.Port} takes no mail from {mail.Value.Sender}: "
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
