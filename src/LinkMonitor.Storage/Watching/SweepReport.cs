namespace LinkMonitor.Storage.Watching;

/// <summary>What the last sweep of alerts that came to its end found over all projects.</summary>
/// <param name="At">When it began.</param>
/// <param name="OldestOutboxAt">When the oldest change that waits in any outbox was seen; null when none waits.</param>
public sealed record SweepReport(DateTimeOffset At, DateTimeOffset? OldestOutboxAt);
