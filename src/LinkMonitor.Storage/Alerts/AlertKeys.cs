using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Alerts;

/// <summary>
/// The keys of the <c>Alerts</c> table: a partition per project, one for the operator, one for the notes and one for what happens at a
/// time; see docs/tables/alerts.md.
/// </summary>
internal static class AlertKeys
{
    public const string PendingPartition = "pending";
    public const string WakePartition = "wake";
    public const string Plan = "plan";
    public const string Work = "work";

    private const string OpenPrefix = "open:";
    private const string ClosedPrefix = "closed:";
    private const string ChangesPrefix = "changes:";
    private const string UnstablePrefix = "unstable:";
    private const string RemindedPrefix = "reminded:";
    private const string TermCheckPrefix = "terms:";
    private const string CaseCheckPrefix = "cases:";
    private const string CaseRemindedPrefix = "casereminded:";

    public static string Pending(ProjectId projectId) => projectId.Value;

    public static string Open(string alertId) => OpenPrefix + alertId;

    /// <summary>The alert in a key that <see cref="Open"/> made.</summary>
    public static string IdOfOpen(string key) => key[OpenPrefix.Length..];

    /// <summary>By creation, not by closing: the key must not hang on the attempt to close.</summary>
    public static string Closed(DateTimeOffset createdAt, string alertId) => $"{ClosedPrefix}{KeyTime.Descending(createdAt)}:{alertId}";

    /// <summary>The alert in a key that <see cref="Closed"/> made; null for any other key.</summary>
    public static string? IdOfClosed(string key) =>
        key.Length > ClosedPrefix.Length + KeyTime.Length + 1 ? key[(ClosedPrefix.Length + KeyTime.Length + 1)..] : null;

    public static string Changes(string alertId) => ChangesPrefix + alertId;

    public static string Unstable(LinkId linkId) => UnstablePrefix + linkId.Value;

    /// <summary>The link in a key that <see cref="Unstable"/> made.</summary>
    public static string LinkOfUnstable(string key) => key[UnstablePrefix.Length..];

    public static string Reminded(LinkId linkId) => RemindedPrefix + linkId.Value;

    public static string TermCheck(TermCheck check) => $"{TermCheckPrefix}{KeyTime.Ascending(check.At)}:{check.LinkId.Value}";

    /// <summary>What <see cref="TermCheck"/> wrote.</summary>
    /// <exception cref="FormatException">Not such a key.</exception>
    public static TermCheck ReadTermCheck(string key)
    {
        var (time, id) = (TermCheckPrefix.Length, TermCheckPrefix.Length + KeyTime.Length + 1);
        return key.StartsWith(TermCheckPrefix, StringComparison.Ordinal) && key.Length > id
            ? new TermCheck(new LinkId(key[id..]), KeyTime.ParseAscending(key.AsSpan(time, KeyTime.Length)))
            : throw new FormatException($"'{key}' is not a key of a check of terms.");
    }

    public static string CaseReminded(string caseId) => CaseRemindedPrefix + caseId;

    public static string CaseCheck(CaseCheck look) => $"{CaseCheckPrefix}{KeyTime.Ascending(look.At)}:{look.CaseId}";

    /// <summary>What <see cref="CaseCheck"/> wrote.</summary>
    /// <exception cref="FormatException">Not such a key.</exception>
    public static CaseCheck ReadCaseCheck(string key)
    {
        var (time, id) = (CaseCheckPrefix.Length, CaseCheckPrefix.Length + KeyTime.Length + 1);
        return key.StartsWith(CaseCheckPrefix, StringComparison.Ordinal) && key.Length > id
            ? new CaseCheck(key[id..], KeyTime.ParseAscending(key.AsSpan(time, KeyTime.Length)))
            : throw new FormatException($"'{key}' is not a key of a check of a case.");
    }

    /// <summary>In order of time.</summary>
    public static KeyRange AllCaseChecks(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, CaseCheckPrefix);

    public static string Wake(DateTimeOffset at, ProjectId projectId) => $"{KeyTime.Ascending(at)}:{projectId.Value}";

    /// <summary>What <see cref="Wake"/> wrote.</summary>
    /// <exception cref="FormatException">Not such a key.</exception>
    public static WakeUp ReadWake(string key) => TryReadWake(key) ?? throw new FormatException($"'{key}' is not a key of a wake-up.");

    /// <summary>What <see cref="Wake"/> wrote; null for any other key.</summary>
    public static WakeUp? TryReadWake(string key) =>
        key.Length > KeyTime.Length + 1 && KeyTime.FindAscending(key) is { } at
            ? new WakeUp(new ProjectId(key[(KeyTime.Length + 1)..]), at)
            : null;

    public static KeyRange AllPending => KeyRange.Whole(PendingPartition);

    /// <summary>Up to a time, that time included.</summary>
    public static KeyRange Wakes(DateTimeOffset until) =>
        KeyRange.Whole(WakePartition) with { Below = KeyTime.Ascending(until.AddTicks(1)) };

    /// <summary>After a time.</summary>
    public static KeyRange WakesAfter(DateTimeOffset after) =>
        KeyRange.Whole(WakePartition) with { From = KeyTime.Ascending(after.AddTicks(1)) };

    public static KeyRange AllOpen(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, OpenPrefix);

    public static KeyRange AllClosed(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, ClosedPrefix);

    /// <summary>Those that were opened before a time.</summary>
    public static KeyRange ClosedBefore(ProjectId projectId, DateTimeOffset before) =>
        AllClosed(projectId) with { From = ClosedPrefix + KeyTime.Descending(before.AddTicks(-1)) };

    /// <summary>In order of time.</summary>
    public static KeyRange AllTermChecks(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, TermCheckPrefix);

    public static KeyRange AllUnstable(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, UnstablePrefix);
}

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
