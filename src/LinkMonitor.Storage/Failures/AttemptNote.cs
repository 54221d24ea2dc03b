namespace LinkMonitor.Storage.Failures;

/// <summary>What is noted of the attempts at a message.</summary>
/// <param name="RecordedId">Under which identity the message is kept; null when it is not.</param>
/// <param name="Version">The version that was read.</param>
internal sealed record AttemptNote(string? Error, string? RecordedId, string Version);
