using System.Globalization;
using System.Text.Json;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Webhook;

/// <summary>
/// Posts what happened as JSON, signed as https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md has it; see
/// docs/webhooks.md.
/// </summary>
internal sealed class WebhookChannel(MessagePoster poster, TimeProvider time) : IAlertChannel
{
    /// <summary>So many keep a message with ordinary URLs under the 20 kB that the specification recommends.</summary>
    public const int MaxChanges = 10;

    public string Kind => WireName.Of(ChannelKind.Webhook);

    public int MaxChangesPerMessage => MaxChanges;

    public async Task<DeliveryResult> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        if (message.Secret is not { } secret)
            return new DeliveryResult.Refused("The webhook has no secret to sign with. Rotate its secret.");

        var body = JsonSerializer.SerializeToUtf8Bytes(WebhookBody.Of(message), WebhookJson.Default.WebhookEvent);
        // The id stays over retries, so that the receiver recognises a repeat; the time is that of the attempt, against replays.
        var id = message.Parts > 1 ? string.Create(CultureInfo.InvariantCulture, $"{message.AlertId}.{message.Part}") : message.AlertId;
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string[] secrets = message.FormerSecret is { } former ? [secret, former] : [secret];
        var headers = new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = timestamp,
            ["webhook-signature"] = string.Join(' ', secrets.Select(key => WebhookSignature.Sign(key, id, timestamp, body))),
        };
        return await poster.PostAsync(message.Recipient, body, headers, readsBody: false, answer => answer.Usual(), cancellationToken);
    }
}
