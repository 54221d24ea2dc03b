namespace LinkMonitor.Storage.Outages;

/// <summary>What one worker has to add to an outage.</summary>
/// <param name="Checks">How many more checks were not judged.</param>
public sealed record OutageNote(OutageKind Kind, int Checks, DateTimeOffset At);
