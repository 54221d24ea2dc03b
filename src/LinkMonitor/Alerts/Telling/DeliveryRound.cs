using LinkMonitor.Storage.Alerts;

namespace LinkMonitor.Alerts.Telling;

/// <summary>What one round of deliveries came to.</summary>
/// <param name="Alert">As stored last.</param>
/// <param name="NextAttemptAt">When what still waits should be tried again; null when nothing waits.</param>
public sealed record DeliveryRound(Alert Alert, DateTimeOffset? NextAttemptAt);
