using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Links;

/// <content>The changes as the planning of alerts reads and marks them.</content>
internal sealed partial class TableLinkStore
{
    // Fewer are read one by one; more lie close together in time, so one range holds them and little else.
    private const int MaxSingleReads = 8;

    // So many rows that are not wanted are read in a row, less than two requests cost.
    private const int MaxOthers = 200;

    public async Task<RowsRead<LinkChange>> GetChangesAsync(
        ProjectId projectId, IReadOnlyCollection<string> outboxKeys, CancellationToken cancellationToken)
    {
        var outbox = outboxKeys.DistinctBy(LinkKeys.ChangeOfOutbox, StringComparer.Ordinal).ToDictionary(
            LinkKeys.ChangeOfOutbox, StringComparer.Ordinal);
        var rows = outbox.Count <= MaxSingleReads
            ? await GetSinglyAsync(projectId, outbox.Keys, cancellationToken)
            : await GetRangeAsync(projectId, outbox, cancellationToken);
        return new RowsRead<LinkChange>(
            [
                .. rows.Where(row => row.IsRead)
                .Select(row => row.Item!)
                .OrderBy(change => change.Transition.At)
                .ThenBy(change => change.Id, StringComparer.Ordinal),
            ],
            [.. rows.Where(row => !row.IsRead).Select(row => outbox[row.Key])]);
    }

    public async Task ReturnToOutboxAsync(ProjectId projectId, IReadOnlyCollection<string> outboxKeys, CancellationToken cancellationToken)
    {
        foreach (var key in outboxKeys)
            await _table.CopyAsync(projectId.Value, LinkKeys.ChangeOfOutbox(key), key, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> ReadOutboxKeysAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var key in _table.ReadKeysAsync(LinkKeys.Outbox(projectId), cancellationToken))
            keys.Add(key);
        return keys;
    }

    public async Task<string?> FindFirstOutboxKeyAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        await _table.FindFirstKeyAsync(LinkKeys.Outbox(projectId), cancellationToken);

    public IAsyncEnumerable<LinkChange> ReadChangesAsync(
        ProjectId projectId, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken) =>
        _table.ReadAsync(LinkKeys.Changes(projectId, from, before), ChangeRow.Read, cancellationToken);

    public async IAsyncEnumerable<LinkChange?> ReadEveryChangeAsync(
        ProjectId projectId, DateTimeOffset from, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new RowQuery(LinkKeys.Changes(projectId, from, before));
        await foreach (var row in _table.ReadAsync(query, ChangeRow.Read, cancellationToken))
            yield return row.IsRead ? row.Item : null;
    }

    public Task<RowsRead<LinkChange>> ReadHistoryAsync(
        ProjectId projectId, LinkId linkId, DateTimeOffset after, CancellationToken cancellationToken) =>
        _table.ReadAllAsync(LinkKeys.History(projectId, linkId, after), ChangeRow.Read, cancellationToken);

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

    private async Task<List<ReadRow<LinkChange>>> GetSinglyAsync(
        ProjectId projectId, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var rows = new List<ReadRow<LinkChange>>();
        foreach (var key in keys)
            if (await _table.TryFindAsync(projectId.Value, key, ChangeRow.Read, cancellationToken) is { } row)
                rows.Add(row);
        return rows;
    }

    // In ranges from one of them to the last. Where many others lie between two of them, a new range begins at the next one: what a project
    // holds besides is passed over, not read.
    private async Task<List<ReadRow<LinkChange>>> GetRangeAsync(
        ProjectId projectId, Dictionary<string, string> outbox, CancellationToken cancellationToken)
    {
        var rows = new List<ReadRow<LinkChange>>();
        var wanted = outbox.Keys.Order(StringComparer.Ordinal).ToList();
        for (var next = 0; next < wanted.Count;)
        {
            var query = new RowQuery(LinkKeys.Changes(projectId, wanted[next], wanted[^1])) { PerPage = MaxOthers };
            var others = 0;
            var isSkipped = false;
            await foreach (var row in _table.ReadAsync(query, ChangeRow.Read, cancellationToken))
            {
                // Those before it are gone.
                while (next < wanted.Count && string.CompareOrdinal(wanted[next], row.Key) < 0)
                    next++;
                if (next < wanted.Count && wanted[next] == row.Key)
                {
                    rows.Add(row);
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

        return rows;
    }
}
