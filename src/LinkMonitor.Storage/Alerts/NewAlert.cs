namespace LinkMonitor.Storage.Alerts;

/// <summary>An alert that is about to be opened.</summary>
/// <param name="OutboxKeys">The places in the outbox of the changes it tells, the oldest first; as many as <see cref="Alert.ChangeCount"/>.</param>
public sealed record NewAlert(Alert Alert, IReadOnlyList<string> OutboxKeys);
