using Azure;
using Azure.Data.Tables;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Retention;

/// <inheritdoc cref="IRetentionStore"/>
internal sealed class TableRetentionStore(StoreTables tables) : IRetentionStore
{
    private const string ReducedUntil = "reducedUntil";
    private const int RowsPerStep = 500;
    private static readonly TimeSpan Portion = TimeSpan.FromDays(30);

    private readonly RowTable _links = tables.Open(TableNames.Links);
    private readonly RowTable _alerts = tables.Open(TableNames.Alerts);

    public async Task<RetentionHold> ReadOwedAsync(ProjectId projectId, TimeSpan margin, CancellationToken cancellationToken)
    {
        var owed = new OldestTime();
        await foreach (var key in _links.ReadKeysAsync(LinkKeys.Outbox(projectId), cancellationToken))
        {
            // The oldest comes first.
            owed.Take(LinkKeys.TimeOfOutbox(key));
            break;
        }

        await foreach (var key in _alerts.ReadKeysAsync(AlertKeys.AllOpen(projectId), cancellationToken))
        {
            var row = await _alerts.TryFindAsync(
                projectId.Value, AlertKeys.Changes(AlertKeys.IdOfOpen(key)), AlertChangesRow.Read, cancellationToken);
            if (row is { IsRead: false })
                owed.Take(null);
            foreach (var change in row?.Item?.OutboxKeys ?? [])
                owed.Take(LinkKeys.TimeOfOutbox(change));
        }

        var held = await _alerts.ReadAllAsync(AlertKeys.AllUnstable(projectId), UnstableRow.Read, cancellationToken);
        foreach (var link in held.Items)
            owed.Take(link.Since - margin);
        return held.SetAside.Count == 0 && owed.IsKnown ? new RetentionHold(true, owed.Value) : new RetentionHold(false, null);
    }

    public async Task<bool> RemoveChangesAsync(ProjectId projectId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // The history's row first: it is found by the other.
        var keys = new List<string>();
        var read = 0;
        var query = new RowQuery(LinkKeys.ChangesBefore(projectId, before)) { PerPage = RowsPerStep };
        await foreach (var row in _links.ReadAsync(query, ChangeRow.ReadHistoryKey, cancellationToken))
        {
            if (row.IsRead)
                keys.AddRange([row.Item!, row.Key]);
            if (++read == RowsPerStep)
                break;
        }

        await _links.DeleteRowsAsync(projectId.Value, keys, cancellationToken);
        return read < RowsPerStep || keys.Count == 0;
    }

    public async Task<bool> RemoveAlertsAsync(ProjectId projectId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var key in _alerts.ReadKeysAsync(AlertKeys.ClosedBefore(projectId, before), cancellationToken))
        {
            // By the other it is found: it goes last.
            if (AlertKeys.IdOfClosed(key) is { } id)
                keys.AddRange([AlertKeys.Changes(id), key]);
            if (keys.Count == 2 * RowsPerStep)
                break;
        }

        await _alerts.DeleteRowsAsync(projectId.Value, keys, cancellationToken);
        return keys.Count < 2 * RowsPerStep;
    }

    public async Task<bool> ReduceEvidenceAsync(Project project, DateTimeOffset before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(project);
        var reached = await _links.TryFindAsync(
            project.Id.Value, LinkKeys.Retention, row => new Reached(row.Time(ReducedUntil)), cancellationToken);
        if (reached is { IsRead: false })
            return true;
        var from = reached?.Item?.Until ?? project.CreatedAt;
        if (from >= before)
            return true;
        var to = from + Portion < before ? from + Portion : before;
        await foreach (var row in _links.ReadAsync(new RowQuery(LinkKeys.Changes(project.Id, from, to)), ChangeRow.Read, cancellationToken))
        {
            if (row.Item is { } change && !(ReducedEvidence.Is(change.Transition.Before) && ReducedEvidence.Is(change.Transition.After)))
                await ReduceAsync(change, row.Key, cancellationToken);
        }

        var progress = RowSchema.New(project.Id.Value, LinkKeys.Retention);
        progress[ReducedUntil] = to;
        await _links.PutAsync(progress, cancellationToken);
        return to == before;
    }

    // Only these columns: whoever marks a change as held meanwhile keeps what they wrote. Refused when the rows went meanwhile.
    private Task<bool> ReduceAsync(LinkChange change, string key, CancellationToken cancellationToken)
    {
        var (before, after) = (change.Transition.Before, change.Transition.After);
        var history = LinkKeys.History(change.LinkId, change.Transition.At, change.Id);
        return _links.SubmitAsync([Merge(key), Merge(history)], cancellationToken);

        TableTransactionAction Merge(string rowKey) => new(
            TableTransactionActionType.UpdateMerge,
            ChangeRow.WriteEvidence(
                change.ProjectId, rowKey, before is null ? null : ReducedEvidence.Of(before), ReducedEvidence.Of(after)),
            ETag.All);
    }

    private sealed record Reached(DateTimeOffset Until);
}

/// <summary>The oldest of several times.</summary>
internal sealed class OldestTime
{
    /// <summary>Null when none was taken.</summary>
    public DateTimeOffset? Value { get; private set; }

    /// <summary>Whether all times that were taken are known.</summary>
    public bool IsKnown { get; private set; } = true;

    /// <param name="time">Null for one that is not known.</param>
    public void Take(DateTimeOffset? time)
    {
        IsKnown &= time is not null;
        if (Value is null || time < Value)
            Value = time;
    }
}

/// <summary>Evidence without what takes room: texts around the link, its HTML, the redirects and the steps of the explanation.</summary>
internal static class ReducedEvidence
{
    public static Evidence Of(Evidence evidence) => evidence with
    {
        Redirects = [],
        Robots = null,
        Scope = null,
        WhereItWas = null,
        Explanation = null,
        ContextBefore = null,
        ContextAfter = null,
        Snippet = null,
    };

    /// <summary>Whether there is nothing to take away.</summary>
    public static bool Is(Evidence? evidence) => evidence is null or
    {
        Redirects.Count: 0, Robots: null, Scope: null, WhereItWas: null, Explanation: null, ContextBefore: null, ContextAfter: null,
        Snippet: null,
    };
}

/// <summary>Removes what has been kept for long enough, a step at a time. Every step may be repeated and stopped at any point.</summary>
public interface IRetentionStore
{
    /// <summary>What must stay: the outbox, what open alerts report, and what links that are held went through.</summary>
    /// <param name="margin">How long before a link was held its changes count, too.</param>
    Task<RetentionHold> ReadOwedAsync(ProjectId projectId, TimeSpan margin, CancellationToken cancellationToken);

    /// <summary>Removes up to 500 changes made before a time, from the project's and from the links' histories.</summary>
    /// <returns>Whether nothing more can be removed.</returns>
    Task<bool> RemoveChangesAsync(ProjectId projectId, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Removes up to 500 closed alerts opened before a time, with the keys of their changes. Open ones stay, however old.
    /// </summary>
    /// <returns>Whether nothing more can be removed.</returns>
    Task<bool> RemoveAlertsAsync(ProjectId projectId, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Takes texts and explanations from the evidence of the changes of up to 30 days, made before a time; states, reasons, status, link
    /// and dates stay.
    /// </summary>
    /// <returns>Whether the evidence of all of them has been reduced.</returns>
    Task<bool> ReduceEvidenceAsync(Project project, DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>What a project's changes are still needed for.</summary>
/// <param name="IsKnown">False when a row that says so cannot be read: then nothing of the project may go.</param>
/// <param name="Since">The oldest change that waits to be reported or belongs to a link that is held; null when there is none.</param>
public readonly record struct RetentionHold(bool IsKnown, DateTimeOffset? Since);
