using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Alerts;

/// <inheritdoc cref="IAlertPlanStore"/>
internal sealed class TableAlertPlanStore(StoreTables tables) : IAlertPlanStore
{
    private readonly RowTable _table = tables.Open(TableNames.Alerts);

    public async Task<AlertPlan> GetAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, AlertKeys.Plan, AlertPlanRow.Read, cancellationToken)
            ?? new AlertPlan { ProjectId = projectId };

    public async Task<RowsRead<UnstableLink>> ReadUnstableAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        var links = await _table.ReadAllAsync(AlertKeys.AllUnstable(projectId), UnstableRow.Read, cancellationToken);
        return new RowsRead<UnstableLink>(links.Items, [.. links.SetAside.Select(AlertKeys.LinkOfUnstable)]);
    }

    public async Task<string?> GetRemindedAsync(ProjectId projectId, LinkId linkId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, AlertKeys.Reminded(linkId), RemindedRow.Read, cancellationToken);

    public async Task CheckTermsAsync(ProjectId projectId, IReadOnlyCollection<TermCheck> checks, CancellationToken cancellationToken)
    {
        foreach (var part in checks.Chunk(TransactionLimits.MaxActions))
        {
            List<TableTransactionAction> actions = [.. part.Select(check => Transactions.Put(TermCheckRow.Write(projectId, check)))];
            await Contention.RunAsync(
                $"Checks of terms of project {projectId}", () => _table.SubmitAsync(actions, cancellationToken), cancellationToken);
        }
    }

    public IAsyncEnumerable<ReadRow<TermCheck>> ReadTermChecksAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        _table.ReadAsync(new RowQuery(AlertKeys.AllTermChecks(projectId)), TermCheckRow.Read, cancellationToken);

    public async Task<string?> GetCaseRemindedAsync(ProjectId projectId, string caseId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, AlertKeys.CaseReminded(caseId), CaseRemindedRow.Read, cancellationToken);

    public Task LookAtCaseAsync(ProjectId projectId, CaseCheck look, CancellationToken cancellationToken) =>
        _table.PutAsync(CaseCheckRow.Write(projectId, look), cancellationToken);

    public IAsyncEnumerable<ReadRow<CaseCheck>> ReadCaseChecksAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        _table.ReadAsync(new RowQuery(AlertKeys.AllCaseChecks(projectId)), CaseCheckRow.Read, cancellationToken);

    public async Task<AlertPlan?> TryWriteAsync(PlanResult planned, CancellationToken cancellationToken)
    {
        var row = AlertPlanRow.Write(planned.Plan);
        return await _table.SubmitAsync([PlanAction(row, planned.Plan), .. Rows(planned)], cancellationToken)
            ? await GetAsync(planned.Plan.ProjectId, cancellationToken) : null;
    }

    public Task NoteWakeAsync(ProjectId projectId, DateTimeOffset at, CancellationToken cancellationToken) =>
        Contention.RunAsync($"The plan of project {projectId}", async () =>
        {
            var plan = await GetAsync(projectId, cancellationToken);
            if (plan.WakeAt is { } noted && noted <= at)
                return true;
            var row = AlertPlanRow.Write(plan with { WakeAt = at });
            return await _table.SubmitAsync([PlanAction(row, plan)], cancellationToken);
        }, cancellationToken);

    private static TableTransactionAction PlanAction(TableEntity row, AlertPlan plan) =>
        plan.ETag is null ? Transactions.Add(row) : Transactions.Replace(row, RowColumns.ToETag(plan.ETag));

    // Put, not added: the plan's version says already that nobody planned the same.
    private static IEnumerable<TableTransactionAction> Rows(PlanResult step) =>
    [
        .. step.Opened.Select(opened => Transactions.Put(AlertRow.Write(opened.Alert, AlertKeys.Open(opened.Alert.Id)))),
        .. step.Opened.Select(opened => Transactions.Put(AlertChangesRow.Write(opened))),
        .. step.Unstable.Select(link => Transactions.Put(UnstableRow.Write(link))),
        .. step.Settled.Select(link => Transactions.Delete(step.Plan.ProjectId.Value, AlertKeys.Unstable(link), Azure.ETag.All)),
        .. step.CheckedTerms.Select(check => Transactions.Delete(step.Plan.ProjectId.Value, AlertKeys.TermCheck(check), Azure.ETag.All)),
        .. step.TermChecks.Select(check => Transactions.Put(TermCheckRow.Write(step.Plan.ProjectId, check))),
        .. step.CheckedCases.Select(look => Transactions.Delete(step.Plan.ProjectId.Value, AlertKeys.CaseCheck(look), Azure.ETag.All)),
        .. step.CaseChecks.Select(look => Transactions.Put(CaseCheckRow.Write(step.Plan.ProjectId, look))),
        .. step.CasesReminded.Select(told => Transactions.Put(CaseRemindedRow.Write(step.Plan.ProjectId, told.Key, told.Value))),
        .. step.Reminded.Select(told => Transactions.Put(RemindedRow.Write(step.Plan.ProjectId, told.Key, told.Value))),
    ];
}

/// <summary>A plan as a row.</summary>
internal static class AlertPlanRow
{
    private const string ReadAt = "readAt";
    private const string WakeAt = "wakeAt";
    private const string Causes = "causes";
    private const string Digests = "digests";

    private static StorageJsonContext Json => StorageJsonContext.Stored;

    /// <summary>The row, with a marker of its own.</summary>
    public static TableEntity Write(AlertPlan plan)
    {
        var row = RowSchema.NewMarked(plan.ProjectId.Value, AlertKeys.Plan);
        row[ReadAt] = plan.ReadAt;
        row[WakeAt] = plan.WakeAt;
        row[Causes] = JsonSerializer.Serialize(plan.Causes, Json.IReadOnlyDictionaryStringDateTimeOffset);
        LongText.Write(row, Digests, JsonSerializer.Serialize(plan.Digests, Json.IReadOnlyDictionaryStringDateTimeOffset));
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static AlertPlan Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        ReadAt = row.GetDateTimeOffset(ReadAt),
        WakeAt = row.GetDateTimeOffset(WakeAt),
        Causes = row.Json(Causes, Json.IReadOnlyDictionaryStringDateTimeOffset),
        Digests =
            JsonSerializer.Deserialize(LongText.Read(row, Digests), Json.IReadOnlyDictionaryStringDateTimeOffset)
                ?? new Dictionary<string, DateTimeOffset>(),
        ETag = row.Version(),
    };
}

/// <summary>The reminder of a link's terms that was reported last, as a row.</summary>
internal static class RemindedRow
{
    private const string EventId = "eventId";

    public static TableEntity Write(ProjectId projectId, LinkId linkId, string eventId)
    {
        var row = RowSchema.New(projectId.Value, AlertKeys.Reminded(linkId));
        row[EventId] = eventId;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static string Read(TableEntity row) => row.Text(EventId);
}

/// <summary>A time at which a link's terms are to be checked: something may have to be reported of them then.</summary>
public sealed record TermCheck(LinkId LinkId, DateTimeOffset At);

/// <summary>A time at which a link's terms are to be checked, as a row that is all in its key.</summary>
internal static class TermCheckRow
{
    public static TableEntity Write(ProjectId projectId, TermCheck check) => RowSchema.New(projectId.Value, AlertKeys.TermCheck(check));

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static TermCheck Read(TableEntity row) => AlertKeys.ReadTermCheck(row.RowKey);
}

/// <summary>Something reported of a link's terms.</summary>
/// <param name="EventId"><c>trm_…</c>: the same for the same link, end and kind.</param>
/// <param name="End">The last day that is paid for.</param>
/// <param name="DaysLeft">From the day of the reminder to the end; negative after it.</param>
public sealed record TermReminder(string EventId, string LinkId, DateOnly End, int DaysLeft);

/// <inheritdoc cref="IAlertWorkStore"/>
internal sealed class TableAlertWorkStore(StoreTables tables) : IAlertWorkStore
{
    private const string NudgeAt = "nudgeAt";
    private const string WorkingUntil = "workingUntil";

    private readonly RowTable _table = tables.Open(TableNames.Alerts);

    public async Task<AlertWork> GetAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, AlertKeys.Work, Read, cancellationToken) ?? new AlertWork { ProjectId = projectId };

    public async Task<AlertWork?> TrySaveAsync(AlertWork work, CancellationToken cancellationToken)
    {
        var row = RowSchema.NewMarked(work.ProjectId.Value, AlertKeys.Work);
        row[NudgeAt] = work.NudgeAt;
        row[WorkingUntil] = work.WorkingUntil;
        var version = work.ETag is null
            ? await _table.AddAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, RowColumns.ToETag(work.ETag), cancellationToken);
        return version is { } written ? work with { ETag = written.ToString() } : null;
    }

    private static AlertWork Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        NudgeAt = row.GetDateTimeOffset(NudgeAt),
        WorkingUntil = row.GetDateTimeOffset(WorkingUntil),
        ETag = row.Version(),
    };
}
