using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Webhook;

/// <summary>
/// Posts what happened as JSON, signed as https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md has
/// it; see docs/webhooks.md.
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

/// <summary>The body of a webhook; docs/webhooks.md describes it.</summary>
internal sealed record WebhookEvent(string Type, DateTimeOffset Timestamp, WebhookData Data);

internal sealed record WebhookData
{
    public required string AlertId { get; init; }

    public required WebhookProject? Project { get; init; }

    public required int Part { get; init; }

    public required int Parts { get; init; }

    public required string Subject { get; init; }

    /// <summary>The whole text, cut, for what is not about changes; null otherwise.</summary>
    public required string? Text { get; init; }

    public required IReadOnlyList<WebhookChange> Changes { get; init; }

    /// <summary>The alert's public page; null without a public address.</summary>
    public required Uri? Url { get; init; }
}

internal sealed record WebhookProject(string Id, string Name);

internal sealed record WebhookChange
{
    /// <summary>The event id.</summary>
    public required string Id { get; init; }

    public required string LinkId { get; init; }

    public required string Page { get; init; }

    public required string Target { get; init; }

    public required LinkState From { get; init; }

    public required LinkState To { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset At { get; init; }

    public required IReadOnlyList<WebhookReason> Reasons { get; init; }

    public required WebhookEvidence? Before { get; init; }

    public required WebhookEvidence After { get; init; }

    /// <summary>The path of the link in the API.</summary>
    public required string Api { get; init; }

    /// <summary>The link's public page; null without a public address.</summary>
    public required Uri? Url { get; init; }
}

internal sealed record WebhookReason(ReasonCode Code, string Message, string? Expected, string? Found);

/// <summary>What one check saw.</summary>
internal sealed record WebhookEvidence
{
    public required DateTimeOffset CheckedAt { get; init; }

    public required ObservationKind Observation { get; init; }

    public required int? Status { get; init; }

    public required string? FinalUrl { get; init; }

    public required IReadOnlyList<string>? Rel { get; init; }

    public required bool? Follow { get; init; }

    public required string? Anchor { get; init; }

    public required Placement? Placement { get; init; }
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WebhookEvent))]
internal sealed partial class WebhookJson : JsonSerializerContext;

/// <summary>The symmetric signature of Standard Webhooks: HMAC-SHA256 over id, time and body.</summary>
internal static class WebhookSignature
{
    private const string Version = "v1,";

    /// <summary>For example <c>v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=</c>.</summary>
    /// <param name="secret"><c>whsec_</c> and base 64.</param>
    /// <param name="timestamp">Unix seconds.</param>
    public static string Sign(string secret, string id, string timestamp, byte[] body)
    {
        var key = Convert.FromBase64String(secret[WebhookSecret.Prefix.Length..]);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{id}.{timestamp}."), .. body];
        return Version + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}

/// <summary>
/// The secrets that webhooks are signed with: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
/// </summary>
internal static class WebhookSecret
{
    public const string Prefix = "whsec_";

    /// <summary>How long messages are signed with the former secret too after a rotation.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private const int Bytes = 32;

    /// <summary>Draws a new one: <c>whsec_</c> and base 64 of 32 random bytes.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
}

/// <summary>An endpoint of the user's own. Messages are signed; its URL is a secret all the same, as tokens are often in it.</summary>
internal sealed class WebhookType : ChannelType
{
    public override ChannelKind Kind => ChannelKind.Webhook;

    public override Type Sender => typeof(WebhookChannel);

    public override string Named => "the webhook {name}";

    public override bool IsSigned => true;
}
