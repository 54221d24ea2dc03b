using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements;

/// <summary>The reminders of a link's term. Pure: who tells them keeps the identities of those that were told.</summary>
public static class TermEvents
{
    /// <summary>
    /// All events of the term, in order of time: so many days before the last day that is paid for, and the day after it. Empty without an end.
    /// </summary>
    /// <param name="zone">The project's.</param>
    /// <param name="daysBefore">Each 1 to 365; the order makes no difference.</param>
    public static IReadOnlyList<TermEvent> Of(WatchedLink link, TimeZoneInfo zone, IReadOnlyCollection<int> daysBefore)
    {
        if (link.Terms?.End is not { } end)
            return [];

        var soon = daysBefore.Distinct().OrderDescending().Select(days => Event(link, TermEventKind.EndsSoon, days, end, end.AddDays(-days), zone));
        return [.. soon, Event(link, TermEventKind.EndedStillLive, 0, end, end.AddDays(1), zone)];
    }

    /// <summary>
    /// The one event that is to be told now, if it was not told before; null for none. Of several reminders that have come due the last counts:
    /// whoever was away for a week hears of the two days that are left, not of seven. After the end there is something to tell only
    /// while the link is live: not of one that is lost, and not on the word of a page that cannot be seen.
    /// </summary>
    public static TermEvent? Due(WatchedLink link, TimeZoneInfo zone, IReadOnlyCollection<int> daysBefore, DateTimeOffset now) =>
        Of(link, zone, daysBefore).LastOrDefault(one => one.DueAt <= now) is { } due
        && (due.Kind != TermEventKind.EndedStillLive || link.Status.State == LinkState.Live)
            ? due
            : null;

    private static TermEvent Event(WatchedLink link, TermEventKind kind, int days, DateOnly end, DateOnly day, TimeZoneInfo zone) =>
        new(TermEventIds.For(link.ProjectId, link.Id, end, $"{WireName.Of(kind)} {days}"), kind, days, end, ZoneDay.Start(day, zone));
}
