using LinkMonitor.Changes;

namespace LinkMonitor.Alerts.Listing;

/// <summary>One alert with the changes it tells.</summary>
/// <param name="Changes">The oldest first; a part of them when there are many.</param>
/// <param name="Cursor">Continues the changes; null at their end.</param>
public sealed record AlertDetailView(AlertView Alert, IReadOnlyList<ChangeView> Changes, string? Cursor);
