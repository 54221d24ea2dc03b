using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using SendGrid;
using SendGrid.Helpers.Mail;
using EmailAddress = LinkMonitor.Mail.EmailAddress;

namespace LinkMonitor.Alerts.SendGrid;

/// <summary>Hands mail to SendGrid's v3 API, by its own client over our HTTP client.</summary>
internal sealed class SendGridChannel(
    IHttpClientFactory clients, IOptions<MailOptions> mail, IOptions<SendGridOptions> options, TimeProvider time) : IAlertChannel
{
    public const string HttpClientName = "sendgrid";

    /// <summary>So much of an answer is read; an errors array is a few hundred bytes.</summary>
    public const int MaxAnswerBytes = 64 * 1024;

    private const string SendPath = "mail/send";

    /// <summary>"Less than 30 MB" for a whole message: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/limitations.</summary>
    private const int MaxBytes = 30_000_000;

    public string Kind => "sendgrid";

    public async Task<DeliveryResult> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(message.Recipient, out var recipient))
            return new DeliveryResult.Refused($"'{AlertHeaders.OneLine(message.Recipient)}' is not an ASCII e-mail address.");
        var body = SendGridMail.Create(message, mail.Value, recipient, options.Value.Sandbox).Serialize();
        if (Encoding.UTF8.GetByteCount(body) >= MaxBytes)
            return new DeliveryResult.Refused("The mail is larger than the 30 MB that SendGrid accepts.");
        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var http = clients.CreateClient(HttpClientName);
        // The deadline above also covers the body, and follows the injected clock.
        http.Timeout = Timeout.InfiniteTimeSpan;
        try
        {
            var response = await Client(http).RequestAsync(BaseClient.Method.POST, body, urlPath: SendPath, cancellationToken: stop.Token);
            return await SendGridAnswer.ReadAsync(response, time.GetUtcNow(), stop.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult.Retry($"SendGrid did not answer within {options.Value.Timeout}.") { IsOfRoute = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new DeliveryResult.Retry($"SendGrid could not be reached: {e.Message}") { IsOfRoute = true };
        }
    }

    /// <summary>
    /// Asks what the key may do:
    /// https://www.twilio.com/docs/sendgrid/api-reference/api-key-permissions/retrieve-a-list-of-scopes-for-which-this-user-has-access
    /// </summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var http = clients.CreateClient(HttpClientName);
        http.Timeout = Timeout.InfiniteTimeSpan;
        try
        {
            var response = await Client(http).RequestAsync(BaseClient.Method.GET, urlPath: "scopes", cancellationToken: stop.Token);
            var body = await response.Body.ReadAsStringAsync(stop.Token);
            return (int)response.StatusCode switch
            {
                200 when body.Contains("\"mail.send\"", StringComparison.Ordinal) => null,
                200 => "The key of LinkMonitor:Mail:SendGrid:ApiKey lacks the permission Mail Send.",
                401 or 403 => "SendGrid does not know the key of LinkMonitor:Mail:SendGrid:ApiKey.",
                var status => $"SendGrid answered {status}.",
            };
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return $"SendGrid did not answer within {options.Value.Timeout}.";
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return $"SendGrid could not be reached: {e.Message}";
        }
    }

    private SendGridClient Client(HttpClient http) => new(http, new SendGridClientOptions
    {
        ApiKey = options.Value.ApiKey,
        Host = options.Value.BaseUrl.GetLeftPart(UriPartial.Authority),
    });
}

/// <summary>The SendGrid account to send with.</summary>
internal sealed class SendGridOptions : IValidatableObject
{
    public const string Section = "LinkMonitor:Mail:SendGrid";

    /// <summary>A key with the permission "Mail Send".</summary>
    [Required(ErrorMessage = "LinkMonitor:Mail:SendGrid:ApiKey is missing: an API key with the permission Mail Send.")]
    public string? ApiKey { get; set; }

    /// <summary><c>https://api.eu.sendgrid.com</c> for accounts in the EU.</summary>
    [Required(ErrorMessage = "LinkMonitor:Mail:SendGrid:BaseUrl is missing: https://api.sendgrid.com or https://api.eu.sendgrid.com.")]
    public Uri BaseUrl { get; set; } = new("https://api.sendgrid.com");

    /// <summary>True has SendGrid check each mail without delivering it.</summary>
    public bool Sandbox { get; set; }

    /// <summary>For one request. 1 second to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseUrl is not { IsAbsoluteUri: true, Scheme: "https" or "http" } || (BaseUrl.Scheme == "http" && !BaseUrl.IsLoopback))
            yield return new ValidationResult(
                "LinkMonitor:Mail:SendGrid:BaseUrl must be an https URL; http is only allowed for this machine.");
        if (ApiKey is not null && ApiKey.Any(c => c is <= ' ' or > '~'))
            yield return new ValidationResult(
                "LinkMonitor:Mail:SendGrid:ApiKey contains a space, a line end or another character that keys never have.");
    }
}

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
