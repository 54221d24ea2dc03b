using System.Text.Json.Serialization;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Alerts.Webhook;

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

    public required WebhookSight? Before { get; init; }

    public required WebhookSight After { get; init; }

    /// <summary>The path of the link in the API.</summary>
    public required string Api { get; init; }

    /// <summary>The link's public page; null without a public address.</summary>
    public required Uri? Url { get; init; }
}

internal sealed record WebhookReason(ReasonCode Code, string Message, string? Expected, string? Found);

/// <summary>What one check saw.</summary>
internal sealed record WebhookSight
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
