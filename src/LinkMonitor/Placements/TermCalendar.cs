using System.Text.Json.Serialization;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements;

/// <summary>The reminders of a link's term. Pure: who tells them keeps the identities of those that were reported.</summary>
public static class TermCalendar
{
    /// <summary>
    /// All events of the term, in order of time: so many days before the last day that is paid for, and the day after it. Empty without an
    /// end.
    /// </summary>
    /// <param name="zone">The project's.</param>
    /// <param name="daysBefore">Each 1 to 365; the order makes no difference.</param>
    public static IReadOnlyList<TermEvent> Of(WatchedLink link, TimeZoneInfo zone, IReadOnlyCollection<int> daysBefore)
    {
        if (link.Terms?.End is not { } end)
            return [];

        var soon = daysBefore.Distinct()
            .OrderDescending()
            .Select(days => Event(link, TermEventKind.EndsSoon, days, end, end.AddDays(-days), zone));
        return [.. soon, Event(link, TermEventKind.EndedStillLive, 0, end, end.AddDays(1), zone)];
    }

    /// <summary>
    /// The one event that is to be reported now, if it was not reported before; null for none. Of several reminders that have come due the
    /// last counts: whoever was away for a week gets the two days that are left, not of seven. After the end there is something to report
    /// only while the link is live: not of one that is lost, and not on the word of a page that cannot be seen.
    /// </summary>
    public static TermEvent? Due(WatchedLink link, TimeZoneInfo zone, IReadOnlyCollection<int> daysBefore, DateTimeOffset now) =>
        Of(link, zone, daysBefore).LastOrDefault(one => one.DueAt <= now) is { } due
        && (due.Kind != TermEventKind.EndedStillLive || link.Status.State == LinkState.Live)
            ? due
            : null;

    private static TermEvent Event(WatchedLink link, TermEventKind kind, int days, DateOnly end, DateOnly day, TimeZoneInfo zone) =>
        new(TermEventIds.For(link.ProjectId, link.Id, end, $"{WireName.Of(kind)} {days}"), kind, days, end, LocalTimes.Start(day, zone));
}

/// <summary>Something to report about a link's term, once.</summary>
/// <param name="Id">
/// <c>trm_</c> and 26 base-32 characters: the same for the same link, end and kind whenever it is asked for, and another one when the
/// end is moved.
/// </param>
/// <param name="DaysBefore">How many days before the end; 0 for a term that has ended.</param>
/// <param name="End">The last day that is paid for.</param>
/// <param name="DueAt">The start of the day in the project's time zone from which on it is to be reported.</param>
public sealed record TermEvent(string Id, TermEventKind Kind, int DaysBefore, DateOnly End, DateTimeOffset DueAt);

/// <summary>What there is to say of a term.</summary>
[JsonConverter(typeof(WireNameJsonConverter<TermEventKind>))]
public enum TermEventKind
{
    /// <summary>It will end in some days.</summary>
    EndsSoon,

    /// <summary>It has ended, and the link is still live.</summary>
    EndedStillLive,
}
