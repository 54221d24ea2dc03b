namespace LinkMonitor.Placements.Publishing;

/// <summary>A public address of a report.</summary>
public sealed record ReportAddressView(Uri Url, DateTimeOffset ExpiresAt);
