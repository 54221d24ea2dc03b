using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using SendGrid;
using SendGrid.Helpers.Mail;
using EmailAddress = LinkMonitor.Mail.EmailAddress;

namespace LinkMonitor.Alerts.SendGrid;

/// <summary>What SendGrid's answers mean.</summary>
internal static class SendGridAnswer
{
    private const int MaxReason = 500;

    public static async Task<DeliveryResult> ReadAsync(Response response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // 200 is the sandbox's success.
        if (response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK)
            return new DeliveryResult.Accepted(Header(response, "X-Message-Id"));
        var errors = await ErrorsAsync(response, cancellationToken);
        var reason = Reason(response, errors);
        if (IsPassing(response.StatusCode))
            return new DeliveryResult.Retry(reason, Wait(response, now)) { IsOfRoute = true };
        return response.StatusCode == HttpStatusCode.BadRequest && errors.Any(IsAboutRecipient)
            ? new DeliveryResult.Unusable(reason)
            : new DeliveryResult.Refused(reason);
    }

    /// <summary>For example <c>personalizations.0.to.0.email</c>: the address itself is what SendGrid will never take.</summary>
    private static bool IsAboutRecipient(SendGridError error) =>
        error.Field is { } field
        && field.StartsWith("personalizations.", StringComparison.Ordinal)
        && field.EndsWith(".email", StringComparison.Ordinal);

    /// <summary>
    /// A wrong key or sender (401, 403) is a mistake in our settings, not in the message: nothing is given up while somebody can fix it.
    /// </summary>
    private static bool IsPassing(HttpStatusCode status) => status
        is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    private static TimeSpan? Wait(Response response, DateTimeOffset now) =>
        RetryPause.Of(response.Headers, now) ?? RetryPause.Bound(
            long.TryParse(Header(response, "X-RateLimit-Reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var reset)
            && reset <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                ? DateTimeOffset.FromUnixTimeSeconds(reset) - now
                : null);

    /// <summary>The status and the messages of the errors array; any other body is not repeated.</summary>
    private static string Reason(Response response, IReadOnlyList<SendGridError> errors)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"SendGrid answered {(int)response.StatusCode}");
        if (errors.Count == 0)
            return $"{status}.";
        var reason = AlertHeaders.OneLine($"{status}: {string.Join("; ", errors.Select(Describe))}");
        return reason.Length > MaxReason ? reason[..MaxReason] + "…" : reason;
    }

    private static async Task<IReadOnlyList<SendGridError>> ErrorsAsync(Response response, CancellationToken cancellationToken)
    {
        var body = await response.Body.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            var answer = JsonSerializer.Deserialize(body, SendGridJsonContext.Default.SendGridErrorBody);
            return [.. (answer?.Errors ?? []).OfType<SendGridError>().Where(error => error.Message is not null)];
        }
        catch (JsonException)
        {
            // A proxy's own error page, or a cut one: the status alone decides.
            return [];
        }
    }

    private static string Describe(SendGridError error) =>
        error.Field is { Length: > 0 } field ? $"{field}: {error.Message}" : error.Message!;

    private static string? Header(Response response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}

/// <summary>The body of an answer that is no success.</summary>
internal sealed record SendGridErrorBody(IReadOnlyList<SendGridError?>? Errors);

/// <param name="Field">For example <c>personalizations.0.to.0.email</c>; null for the whole request.</param>
internal sealed record SendGridError(string? Message, string? Field);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SendGridErrorBody))]
internal sealed partial class SendGridJsonContext : JsonSerializerContext;

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
