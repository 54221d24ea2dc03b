using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Alerts;

/// <summary>
/// Something told to some channels. It is stored before anything is sent, so that after a crash the same goes to the same channels, and those
/// who have been told are not told again.
/// </summary>
public sealed record Alert
{
    /// <summary>More changes than this become several alerts: their keys must fit into one row.</summary>
    public const int MaxChanges = 2_500;

    /// <summary>More deliveries than this become several alerts, for the same reason.</summary>
    public const int MaxDeliveries = 300;

    /// <summary><c>alr_</c> and 26 base-32 characters, from what it tells.</summary>
    public required string Id { get; init; }

    /// <summary>The project; <see cref="OperatorPartition"/> for a notice to the operator.</summary>
    public required ProjectId ProjectId { get; init; }

    public AlertKind Kind { get; init; } = AlertKind.Incident;

    /// <summary>What its changes have in common; null when it is no incident.</summary>
    public AlertCause? Cause { get; init; }

    /// <summary>What it tells besides changes; null for an incident.</summary>
    public AlertContent? Content { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Subject { get; init; }

    /// <summary>How many changes it tells, at most <see cref="MaxChanges"/>; their keys are read apart.</summary>
    public int ChangeCount { get; init; }

    /// <summary>At most <see cref="MaxDeliveries"/>.</summary>
    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    /// <summary>Until when one worker has it for itself.</summary>
    public required DateTimeOffset LeasedUntil { get; init; }

    /// <summary>When nothing was left to send; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The trace of what it tells, as a W3C <c>traceparent</c>; null when nobody recorded one.</summary>
    public string? Trace { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }

    /// <summary>Stands for a project in notices to the operator of the installation.</summary>
    public static ProjectId OperatorPartition { get; } = new("operator");

    /// <summary>When the next of its deliveries is to be tried; null when none waits.</summary>
    public DateTimeOffset? NextAttemptAt => Deliveries.Where(delivery => delivery.State == DeliveryState.Waiting)
        .Select(delivery => (DateTimeOffset?)(delivery.NextAttemptAt ?? DateTimeOffset.MinValue)).Min();
}
