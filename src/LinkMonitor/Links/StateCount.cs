using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Links;

/// <summary>The links of one state.</summary>
/// <param name="NotSeen">Of these: the last check could not see the page.</param>
public sealed record StateCount(LinkState State, int Count, int NotSeen);
