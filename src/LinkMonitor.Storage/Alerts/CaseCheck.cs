using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>A time at which the days of a case are to be checked: something may have to be reminded of then.</summary>
public sealed record CaseCheck(string CaseId, DateTimeOffset At);

/// <summary>A time at which the days of a case are to be checked, as a row that is all in its key.</summary>
internal static class CaseCheckRow
{
    public static TableEntity Write(ProjectId projectId, CaseCheck look) => RowSchema.New(projectId.Value, AlertKeys.CaseCheck(look));

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static CaseCheck Read(TableEntity row) => AlertKeys.ReadCaseCheck(row.RowKey);
}

/// <summary>The reminders of a case that were reported, as a row.</summary>
internal static class CaseRemindedRow
{
    private const string EventIds = "eventIds";

    public static TableEntity Write(ProjectId projectId, string caseId, string eventIds)
    {
        var row = RowSchema.New(projectId.Value, AlertKeys.CaseReminded(caseId));
        row[EventIds] = eventIds;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static string Read(TableEntity row) => row.Text(EventIds);
}

/// <summary>A day of a case that was reminded of.</summary>
/// <param name="EventId"><c>cdy_…</c>: the same for the same case, kind and day.</param>
/// <param name="Day">In the project's time zone.</param>
/// <param name="IsPromise">Whether it is the promised day, and not the due one.</param>
public sealed record CaseReminder(string EventId, string CaseId, DateOnly Day, bool IsPromise);

/// <summary>Makes the identities of what is reminded of a case.</summary>
public static class CaseEventIds
{
    private const string Prefix = "cdy_";

    /// <summary>The same for the same case, kind and day, in whatever process: so it can be reported exactly once.</summary>
    public static string For(ProjectId projectId, string caseId, DateOnly day, bool isPromise) =>
        Prefix + ShortHash.Of($"{projectId.Value}\n{caseId}\n{day.DayNumber}\n{isPromise}");
}
