namespace LinkMonitor.Alerts.Incidents;

/// <summary>Why changes are told together.</summary>
/// <param name="Subject">The page's URL, the host, the target's URL or the vendor's name, as stored: not yet safe to show; null for a single link.</param>
public sealed record Cause(CauseKind Kind, string? Subject);
