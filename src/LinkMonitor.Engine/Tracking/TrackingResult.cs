namespace LinkMonitor.Engine.Tracking;

/// <summary>What one observation made of a link's status.</summary>
/// <param name="Status">The new status; equal to the old one when the observation had been applied before.</param>
/// <param name="Transition">The change, if the state or its reasons moved.</param>
/// <param name="RecheckAt">When an unconfirmed finding should be looked at again; null when the ordinary schedule will do.</param>
public sealed record TrackingResult(LinkStatus Status, LinkTransition? Transition, DateTimeOffset? RecheckAt);
