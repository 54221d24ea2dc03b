using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;

namespace LinkMonitor.Cases;

/// <summary>The reminders of a case. Pure: who reports them keeps the identities of those that were reported.</summary>
internal static class CaseCalendar
{
    /// <summary>The days of an open case, in order of time: each from the start of the day in the project's time zone on.</summary>
    public static IReadOnlyList<CaseDay> Of(LinkCase one, TimeZoneInfo zone)
    {
        List<CaseDay> days = [];
        if (one.IsOpen && one.Due is { } due)
            days.Add(Day(one, due, isPromise: false, zone));
        if (one is { Status: CaseStatus.Promised, Promised: { } promised })
            days.Add(Day(one, promised, isPromise: true, zone));
        return [.. days.OrderBy(day => day.DueAt)];
    }

    private static CaseDay Day(LinkCase one, DateOnly day, bool isPromise, TimeZoneInfo zone) => new(
        new CaseReminder(CaseEventIds.For(one.ProjectId, one.Id, day, isPromise), one.Id, day, isPromise), LocalTimes.Start(day, zone));
}

/// <summary>A day of a case to be reminded of, once.</summary>
/// <param name="DueAt">From when on.</param>
internal sealed record CaseDay(CaseReminder Reminder, DateTimeOffset DueAt);

/// <summary>Has the days of cases looked at after they were set, so that reminders of them come.</summary>
internal sealed class CaseSchedule(IAlertPlanStore plans, IAlertStore alerts, TimeProvider time)
{
    /// <summary>Longer than it takes to store the case after this: the look must find what was set.</summary>
    internal static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Called before the case is stored: a crash in between leaves a look that finds nothing, never a day that nobody is reminded of.
    /// </summary>
    public async Task LookSoonAsync(ProjectId projectId, string caseId, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow() + Delay;
        await plans.LookAtCaseAsync(projectId, new CaseCheck(caseId, at), cancellationToken);
        await alerts.WakeAsync(projectId, at, cancellationToken);
    }
}
