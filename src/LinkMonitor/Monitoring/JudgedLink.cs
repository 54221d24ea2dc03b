using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Monitoring;

/// <summary>What a round makes of one link, before it is saved.</summary>
/// <param name="Result">Its new status, and the change if there is one.</param>
/// <param name="NextCheck">When the link wants its page checked again.</param>
/// <param name="IsTargetLeft">The round had no time left to look at its target.</param>
internal sealed record JudgedLink(TrackingResult Result, DateTimeOffset NextCheck, bool IsTargetLeft);
