using LinkMonitor.Storage.Alerts;

namespace LinkMonitor.Alerts.Listing;

/// <summary>An alert as the API shows it.</summary>
public sealed record AlertView
{
    public required string Id { get; init; }

    public required AlertKind Kind { get; init; }

    /// <summary>What the changes of an incident have in common; null for other kinds.</summary>
    public required AlertCause? Cause { get; init; }

    public required string Subject { get; init; }

    /// <summary>How many changes it tells.</summary>
    public required int Changes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When nothing was left to send; null while a delivery waits.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    internal static AlertView Of(Alert alert) => new()
    {
        Id = alert.Id,
        Kind = alert.Kind,
        Cause = alert.Cause,
        Subject = alert.Subject,
        Changes = alert.ChangeCount,
        CreatedAt = alert.CreatedAt,
        ClosedAt = alert.ClosedAt,
        Deliveries = alert.Deliveries,
    };
}
