namespace LinkMonitor.Storage.Retention;

/// <summary>What a project's changes are still needed for.</summary>
/// <param name="IsKnown">False when a row that says so cannot be read: then nothing of the project may go.</param>
/// <param name="Since">The oldest change that waits to be reported or belongs to a link that is held; null when there is none.</param>
public readonly record struct Owed(bool IsKnown, DateTimeOffset? Since);
