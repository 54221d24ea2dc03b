using LinkMonitor.Storage.Alerts;

namespace LinkMonitor.Alerts.Listing;

/// <summary>An alert as the API shows it.</summary>
public sealed record AlertView
{
    public required string Id { get; init; }

    public required string Subject { get; init; }

    public required int Changes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When nothing was left to send; null while a delivery waits.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    internal static AlertView Of(Alert alert) => new()
    {
        Id = alert.Id,
        Subject = alert.Subject,
        Changes = alert.OutboxKeys.Count,
        CreatedAt = alert.CreatedAt,
        ClosedAt = alert.ClosedAt,
        Deliveries = alert.Deliveries,
    };
}
