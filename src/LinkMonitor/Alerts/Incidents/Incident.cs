using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Incidents;

/// <summary>Changes with one cause, told in one alert.</summary>
/// <param name="Changes">At least one, the oldest first.</param>
public sealed record Incident(Cause Cause, IReadOnlyList<LinkChange> Changes);
