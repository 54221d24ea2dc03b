using LinkMonitor.Storage.Alerts;

namespace LinkMonitor.Alerts.Listing;

/// <summary>A notice to the operator as the API shows it.</summary>
public sealed record NoticeView
{
    public required string Id { get; init; }

    /// <summary>What it is about, for example <c>channel-disabled</c>.</summary>
    public required string? Notice { get; init; }

    public required string Subject { get; init; }

    /// <summary>Why, in words.</summary>
    public required string? Reason { get; init; }

    public required string? ProjectId { get; init; }

    public required string? ChannelId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When nothing was left to send; null while a delivery waits.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Empty when no operator was known.</summary>
    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    internal static NoticeView Of(Alert alert) => new()
    {
        Id = alert.Id,
        Notice = alert.Content?.Notice,
        Subject = alert.Subject,
        Reason = alert.Content?.Text,
        ProjectId = alert.Content?.ProjectId,
        ChannelId = alert.Content?.ChannelId,
        CreatedAt = alert.CreatedAt,
        ClosedAt = alert.ClosedAt,
        Deliveries = alert.Deliveries,
    };
}
