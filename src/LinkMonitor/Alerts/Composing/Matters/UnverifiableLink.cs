using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>A link whose page our checks cannot read.</summary>
/// <param name="Why">What keeps us from it.</param>
/// <param name="LastSeen">The last check that saw the link; null when none did.</param>
public sealed record UnverifiableLink(LinkName Link, ReasonCode Why, DateTimeOffset? LastSeen);
