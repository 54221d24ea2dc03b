using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Alerts;

/// <summary>
/// A set of changes told together. It is stored before anything is sent, so that after a crash the same changes go to the same
/// recipients, and those who have been told are not told again.
/// </summary>
public sealed record Alert
{
    /// <summary><c>alr_</c> and 26 base-32 characters, from the project and the first change in it.</summary>
    public required string Id { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Subject { get; init; }

    /// <summary>Outbox keys of the changes it tells, at most 500.</summary>
    public required IReadOnlyList<string> OutboxKeys { get; init; }

    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    /// <summary>Until when one worker has it for itself.</summary>
    public required DateTimeOffset LeasedUntil { get; init; }

    /// <summary>When nothing was left to send; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }
}
