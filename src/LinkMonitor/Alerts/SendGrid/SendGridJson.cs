using System.Net.Mail;
using System.Text.Json.Serialization;

namespace LinkMonitor.Alerts.SendGrid;

/// <summary>The body of <c>POST /v3/mail/send</c>: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send.</summary>
internal sealed record SendGridMail
{
    public required IReadOnlyList<SendGridPersonalization> Personalizations { get; init; }

    public required SendGridAddress From { get; init; }

    public required string Subject { get; init; }

    public required IReadOnlyList<SendGridContent> Content { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required SendGridTracking TrackingSettings { get; init; }

    public SendGridMailSettings? MailSettings { get; init; }

    private const int MaxEventIdsLength = 9_000;

    public static SendGridMail Create(AlertMessage message, MailAddress sender, bool isSandbox) => new()
    {
        Personalizations =
        [
            new SendGridPersonalization([new SendGridAddress(AlertHeaders.AsciiAddress(new MailAddress(message.Recipient)), null)], CustomArgs(message)),
        ],
        From = new SendGridAddress(AlertHeaders.AsciiAddress(sender), sender.DisplayName),
        Subject = AlertHeaders.OneLine(message.Subject),
        Content = [new SendGridContent("text/plain", message.Text), new SendGridContent("text/html", message.Html)],
        Headers = new Dictionary<string, string>(AlertHeaders.Unsubscribe(message)) { [AlertHeaders.AutoSubmittedName] = AlertHeaders.AutoSubmitted },
        // Tracking would rewrite every URL we show as proof, and load a picture from outside.
        TrackingSettings = new SendGridTracking(new SendGridSwitch(false), new SendGridSwitch(false)),
        MailSettings = isSandbox ? new SendGridMailSettings(new SendGridSwitch(true)) : null,
    };

    // All of them together must stay under 10,000 bytes; event_count says when there are more ids than fit.
    private static Dictionary<string, string> CustomArgs(AlertMessage message) => new()
    {
        ["alert_id"] = message.AlertId,
        ["event_count"] = AlertHeaders.EventCount(message),
        ["event_ids"] = AlertHeaders.EventIds(message, ',', MaxEventIdsLength),
    };
}

internal sealed record SendGridPersonalization(IReadOnlyList<SendGridAddress> To, IReadOnlyDictionary<string, string> CustomArgs);

internal sealed record SendGridAddress(string Email, string? Name);

internal sealed record SendGridContent(string Type, string Value);

internal sealed record SendGridTracking(SendGridSwitch ClickTracking, SendGridSwitch OpenTracking);

internal sealed record SendGridMailSettings(SendGridSwitch SandboxMode);

internal sealed record SendGridSwitch(bool Enable);

/// <summary>The body of an answer that is no success.</summary>
internal sealed record SendGridErrors(IReadOnlyList<SendGridError>? Errors);

internal sealed record SendGridError(string? Message, string? Field);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SendGridMail))]
[JsonSerializable(typeof(SendGridErrors))]
internal sealed partial class SendGridJsonContext : JsonSerializerContext;
