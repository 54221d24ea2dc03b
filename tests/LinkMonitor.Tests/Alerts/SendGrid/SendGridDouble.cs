using System.Text;
using System.Text.Json;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Alerts.SendGrid;

/// <summary>
/// SendGrid's <c>POST /v3/mail/send</c> as far as its reference tells: it checks the key and the body as the real one does, answers 202
/// with an id, and can be told to answer otherwise.
/// </summary>
internal sealed class SendGridDouble(LocalWeb web) : IAsyncDisposable
{
    public const string Key = "SG.correct-key";

    // https://www.twilio.com/docs/sendgrid/api-reference/mail-send/limitations
    private const int MaxCustomArgsBytes = 10_000;
    private const int MaxBytes = 30_000_000;
    private const int MaxRecipients = 1_000;
    private static readonly HashSet<string> ReservedHeaders = new(
        [
            "x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding", "to", "from", "subject",
            "reply-to", "cc", "bcc",
        ],
        StringComparer.OrdinalIgnoreCase);

    public string Origin => web.Origin;

    /// <summary>The bodies received.</summary>
    public IReadOnlyList<JsonElement> Mails => [.. web.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement)];

    public IReadOnlyList<RecordedRequest> Requests => web.Requests;

    public static async Task<SendGridDouble> StartAsync(CancellationToken cancellationToken)
    {
        var web = await LocalWeb.StartAsync(cancellationToken);
        web.Map("/v3/mail/send", AnswerAsync);
        return new SendGridDouble(web);
    }

    /// <summary>From now on it answers so, whatever comes.</summary>
    public void Answer(RequestDelegate handler) => web.Map("/v3/mail/send", handler);

    public static Task WriteErrorAsync(HttpContext context, int status, params (string? Field, string Message)[] errors)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var body = JsonSerializer.Serialize(new { errors = errors.Select(error => new { message = error.Message, field = error.Field }) });
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Key}")
        {
            await WriteErrorAsync(context, 401, (null, "The provided authorization grant is invalid, expired, or revoked"));
            return;
        }

        if (context.Request.ContentLength is null or >= MaxBytes)
        {
            await WriteErrorAsync(context, 413, (null, "The content of the request is larger than 30 MB."));
            return;
        }

        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var errors = context.Request is { Method: "POST", ContentType: "application/json" }
            ? Problems(body.RootElement).ToArray()
            : [(null, "Content-Type should be application/json.")];
        if (errors.Length > 0)
        {
            await WriteErrorAsync(context, 400, errors);
            return;
        }

        context.Response.StatusCode = body.RootElement.TryGetProperty("mail_settings", out _) ? 200 : 202;
        if (context.Response.StatusCode == 202)
            context.Response.Headers["X-Message-Id"] = "sg-message-1";
    }

    private static IEnumerable<(string? Field, string Message)> Problems(JsonElement mail)
    {
        foreach (var field in new[] { "personalizations", "from", "subject", "content" }.Where(field => !mail.TryGetProperty(field, out _)))
            yield return (field, "This field is required.");
        var recipients = mail.GetProperty("personalizations").EnumerateArray()
            .SelectMany(personalization => personalization.GetProperty("to").EnumerateArray())
            .Select(to => to.GetProperty("email").GetString()!)
            .ToArray();
        if (recipients.Length > MaxRecipients)
            yield return ("personalizations", "The personalizations have more than 1,000 recipients.");
        if (recipients.Distinct(StringComparer.OrdinalIgnoreCase).Count() < recipients.Length)
            yield return ("personalizations", "Each email address should be unique between to, cc, and bcc.");
        foreach (var personalization in mail.GetProperty("personalizations").EnumerateArray())
        {
            foreach (var to in personalization.GetProperty("to").EnumerateArray())
                if (!to.GetProperty("email").GetString()!.Contains('@', StringComparison.Ordinal))
                    yield return ("personalizations.0.to.0.email", "Does not contain a valid address.");
            if (Encoding.UTF8.GetByteCount(personalization.GetProperty("custom_args").GetRawText()) >= MaxCustomArgsBytes)
                yield return ("personalizations.0.custom_args", "The custom_args exceed 10,000 bytes.");
        }

        if (!Ascii.IsValid(mail.GetProperty("from").GetProperty("email").GetString()!))
            yield return ("from.email", "Unicode characters are not allowed in the from address.");
        if (mail.GetProperty("content")[0].GetProperty("type").GetString() != "text/plain")
            yield return ("content.0.type", "If present, text/plain must be the first content.");
        foreach (var header in mail.GetProperty("headers").EnumerateObject().Where(header => ReservedHeaders.Contains(header.Name)))
            yield return ($"headers.{header.Name}", "This header is reserved.");
    }
}
