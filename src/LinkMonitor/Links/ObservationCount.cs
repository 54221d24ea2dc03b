using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Links;

/// <summary>The links whose last check saw the same of their pages; links that were never checked are in none.</summary>
public sealed record ObservationCount(LookKind Observation, int Count);
