using Azure.Data.Tables;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Alerts;

/// <inheritdoc cref="IAlertPlanStore"/>
internal sealed class TableAlertPlanStore(RowTables tables) : IAlertPlanStore
{
    private readonly RowTable _table = tables.Open(TableNames.Alerts);

    public async Task<AlertPlan> GetAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, AlertKeys.Plan, AlertPlanRow.Read, cancellationToken) ?? new AlertPlan { ProjectId = projectId };

    public async Task<RowsRead<UnstableLink>> ReadUnstableAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        var links = await _table.ReadAllAsync(AlertKeys.AllUnstable(projectId), UnstableRow.Read, cancellationToken);
        return new RowsRead<UnstableLink>(links.Items, [.. links.SetAside.Select(AlertKeys.LinkOfUnstable)]);
    }

    public async Task<string?> GetRemindedAsync(ProjectId projectId, LinkId linkId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, AlertKeys.Reminded(linkId), RemindedRow.Read, cancellationToken);

    public Task LookAtTermsAsync(ProjectId projectId, TermLook look, CancellationToken cancellationToken) =>
        _table.PutAsync(TermLookRow.Write(projectId, look), cancellationToken);

    public IAsyncEnumerable<ReadRow<TermLook>> ReadTermLooksAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        _table.ReadAsync(new RowQuery(AlertKeys.AllTermLooks(projectId)), TermLookRow.Read, cancellationToken);

    public async Task<AlertPlan?> TryWriteAsync(PlanStep planned, CancellationToken cancellationToken)
    {
        var row = AlertPlanRow.Write(planned.Plan);
        return await _table.SubmitAsync([PlanAction(row, planned.Plan), .. Rows(planned)], cancellationToken)
            ? await GetAsync(planned.Plan.ProjectId, cancellationToken)
            : null;
    }

    public async Task NoteWakeAsync(ProjectId projectId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Contention.MaxAttempts; attempt++)
        {
            var plan = await GetAsync(projectId, cancellationToken);
            if (plan.WakeAt is { } noted && noted <= at)
                return;
            var row = AlertPlanRow.Write(plan with { WakeAt = at });
            if (await _table.SubmitAsync([PlanAction(row, plan)], cancellationToken))
                return;
            await Contention.WaitAsync(attempt, cancellationToken);
        }

        throw new ContentionException($"The plan of project {projectId} is written too often.");
    }

    private static TableTransactionAction PlanAction(TableEntity row, AlertPlan plan) =>
        plan.ETag is null ? Transactions.Add(row) : Transactions.Replace(row, RowColumns.ToETag(plan.ETag));

    // Put, not added: the plan's version says already that nobody planned the same.
    private static IEnumerable<TableTransactionAction> Rows(PlanStep step) =>
    [
        .. step.Opened.Select(opened => Transactions.Put(AlertRow.Write(opened.Alert, AlertKeys.Open(opened.Alert.Id)))),
        .. step.Opened.Select(opened => Transactions.Put(AlertChangesRow.Write(opened))),
        .. step.Unstable.Select(link => Transactions.Put(UnstableRow.Write(link))),
        .. step.Settled.Select(link => Transactions.Delete(step.Plan.ProjectId.Value, AlertKeys.Unstable(link), Azure.ETag.All)),
        .. step.Looked.Select(look => Transactions.Delete(step.Plan.ProjectId.Value, AlertKeys.TermLook(look), Azure.ETag.All)),
        .. step.Looks.Select(look => Transactions.Put(TermLookRow.Write(step.Plan.ProjectId, look))),
        .. step.Reminded.Select(told => Transactions.Put(RemindedRow.Write(step.Plan.ProjectId, told.Key, told.Value))),
    ];
}
