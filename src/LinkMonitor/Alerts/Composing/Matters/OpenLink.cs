using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>A link that is not as it should be.</summary>
/// <param name="Since">The first observation that said so.</param>
public sealed record OpenLink(LinkName Link, LinkState State, IReadOnlyList<Reason> Reasons, DateTimeOffset Since);
