using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.SendGrid;

/// <summary>Hands mail to SendGrid's v3 API. It knows no idempotency key, so our ids go along as custom arguments.</summary>
internal sealed class SendGridChannel(
    IHttpClientFactory clients, IOptions<MailOptions> mail, IOptions<SendGridOptions> options, TimeProvider time) : IAlertChannel
{
    public const string HttpClientName = "sendgrid";

    private const string SendPath = "/v3/mail/send";

    /// <summary>"Less than 30 MB" for a whole message: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/limitations.</summary>
    private const int MaxBytes = 30_000_000;

    public string Kind => "sendgrid";

    public async Task<DeliveryResult> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        if (!AlertHeaders.IsAddress(message.Recipient))
            return new DeliveryResult.Refused($"'{AlertHeaders.OneLine(message.Recipient)}' is no ASCII e-mail address.");
        var body = JsonSerializer.SerializeToUtf8Bytes(
            SendGridMail.Create(message, mail.Value.Sender, options.Value.Sandbox), SendGridJsonContext.Default.SendGridMail);
        if (body.Length >= MaxBytes)
            return new DeliveryResult.Refused("The mail is larger than the 30 MB that SendGrid takes.");
        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var client = clients.CreateClient(HttpClientName);
        // The deadline above also covers the body, and follows the injected clock.
        client.Timeout = Timeout.InfiniteTimeSpan;
        using var request = CreateRequest(body);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            return await SendGridAnswer.ReadAsync(response, time.GetUtcNow(), stop.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult.Retry($"SendGrid did not answer within {options.Value.Timeout}.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new DeliveryResult.Retry($"SendGrid could not be reached: {e.Message}");
        }
    }

    private HttpRequestMessage CreateRequest(byte[] body) => new(HttpMethod.Post, new Uri(options.Value.BaseUrl, SendPath))
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", options.Value.ApiKey) },
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json) } },
    };
}
