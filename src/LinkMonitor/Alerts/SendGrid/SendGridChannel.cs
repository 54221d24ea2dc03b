using System.ComponentModel.DataAnnotations;
using System.Text;
using LinkMonitor.Mail;
using Microsoft.Extensions.Options;
using SendGrid;

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
