namespace LinkMonitor.Engine.Tracking;

/// <summary>How often, and over how long, a finding must be seen before it counts.</summary>
/// <param name="Observations">At least this many observations, 1 to 10.</param>
/// <param name="Over">At least this long from the first to the last of them, up to 30 days.</param>
public sealed record ConfirmationRule(int Observations, TimeSpan Over);
