using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Links;

/// <content>The changes as the telling reads and marks them.</content>
internal sealed partial class TableLinkStore
{
    // Fewer are read one by one; more lie close together in time, so one range holds them and little else.
    private const int MaxSingleReads = 8;

    // So many rows that are not wanted are read in a row, less than two requests cost.
    private const int MaxOthers = 200;

    public async Task<IReadOnlyList<LinkChange>> GetChangesAsync(
        ProjectId projectId, IReadOnlyCollection<string> outboxKeys, CancellationToken cancellationToken)
    {
        var keys = outboxKeys.Select(LinkKeys.ChangeOfOutbox).ToHashSet(StringComparer.Ordinal);
        var changes = keys.Count <= MaxSingleReads
            ? await GetSinglyAsync(projectId, keys, cancellationToken)
            : await GetRangeAsync(projectId, keys, cancellationToken);
        return [.. changes.OrderBy(change => change.Transition.At).ThenBy(change => change.Id, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<string>> ReadOutboxKeysAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var key in _table.ReadKeysAsync(LinkKeys.Outbox(projectId), cancellationToken))
            keys.Add(key);
        return keys;
    }

    public IAsyncEnumerable<LinkChange> ReadChangesAsync(
        ProjectId projectId, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken) =>
        ReadAsync(LinkKeys.Changes(projectId, from, before), cancellationToken);

    public IAsyncEnumerable<LinkChange> ReadHistoryAsync(
        ProjectId projectId, LinkId linkId, DateTimeOffset after, CancellationToken cancellationToken) =>
        ReadAsync(LinkKeys.History(projectId, linkId, after), cancellationToken);

    public async Task HoldAsync(ProjectId projectId, IReadOnlyCollection<OutboxEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var (key, change) in entries)
        {
            var history = LinkKeys.History(change.LinkId, change.Transition.At, change.Id);
            var isHeld = await _table.SubmitAsync(
                [
                    Mark(projectId, LinkKeys.ChangeOfOutbox(key)),
                    Mark(projectId, history),
                    Transactions.Delete(projectId.Value, key, ETag.All),
                ],
                cancellationToken);

            // Refused when any of the three is gone: it was held before, or the project is being deleted.
            if (!isHeld)
                await _table.DeleteAsync(projectId.Value, key, ETag.All, cancellationToken);
        }
    }

    private static TableTransactionAction Mark(ProjectId projectId, string rowKey) =>
        new(TableTransactionActionType.UpdateMerge, ChangeRow.WriteHeld(projectId, rowKey), ETag.All);

    private async Task<List<LinkChange>> GetSinglyAsync(ProjectId projectId, HashSet<string> keys, CancellationToken cancellationToken)
    {
        var changes = new List<LinkChange>();
        foreach (var key in keys)
        {
            if (await _table.FindAsync(projectId.Value, key, cancellationToken) is { } row)
                changes.Add(ChangeRow.Read(row));
        }

        return changes;
    }

    // In ranges from one of them to the last. Where many others lie between two of them, a new range begins at the next one: what a project
    // holds besides
    // is passed over, not read.
    private async Task<List<LinkChange>> GetRangeAsync(ProjectId projectId, HashSet<string> keys, CancellationToken cancellationToken)
    {
        var changes = new List<LinkChange>();
        var wanted = keys.Order(StringComparer.Ordinal).ToList();
        for (var next = 0; next < wanted.Count;)
        {
            var query = new RowQuery(LinkKeys.Changes(projectId, wanted[next], wanted[^1])) { PerPage = MaxOthers };
            var others = 0;
            var isSkipped = false;
            await foreach (var row in _table.QueryAsync(query, cancellationToken))
            {
                // Those before it are gone.
                while (next < wanted.Count && string.CompareOrdinal(wanted[next], row.RowKey) < 0)
                    next++;
                if (next < wanted.Count && wanted[next] == row.RowKey)
                {
                    changes.Add(ChangeRow.Read(RowSchema.Check(row)));
                    (next, others) = (next + 1, 0);
                }
                else if (++others == MaxOthers && next < wanted.Count)
                {
                    isSkipped = true;
                    break;
                }
            }

            if (!isSkipped)
                break;
        }

        return changes;
    }

    private async IAsyncEnumerable<LinkChange> ReadAsync(KeyRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.ReadAsync(range, cancellationToken))
            yield return ChangeRow.Read(row);
    }
}
