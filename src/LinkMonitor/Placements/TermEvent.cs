namespace LinkMonitor.Placements;

/// <summary>Something to tell of a link's term, once.</summary>
/// <param name="Id">
/// <c>trm_</c> and 26 base-32 characters: the same for the same link, end and kind whenever it is asked for, and another one when the
/// end is moved.
/// </param>
/// <param name="DaysBefore">How many days before the end; 0 for a term that has ended.</param>
/// <param name="End">The last day that is paid for.</param>
/// <param name="DueAt">The start of the day in the project's time zone from which on it is to be told.</param>
public sealed record TermEvent(string Id, TermEventKind Kind, int DaysBefore, DateOnly End, DateTimeOffset DueAt);
