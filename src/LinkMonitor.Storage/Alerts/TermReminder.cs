namespace LinkMonitor.Storage.Alerts;

/// <summary>Something told of a link's terms.</summary>
/// <param name="EventId"><c>trm_…</c>: the same for the same link, end and kind.</param>
/// <param name="End">The last day that is paid for.</param>
/// <param name="DaysLeft">From the day of telling to the end; negative after it.</param>
public sealed record TermReminder(string EventId, string LinkId, DateOnly End, int DaysLeft);
