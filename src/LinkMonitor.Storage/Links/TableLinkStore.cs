using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Links;

/// <inheritdoc cref="ILinkStore"/>
/// <param name="writes">Told of every write of a link.</param>
internal sealed partial class TableLinkStore(StoreTables tables, LinkWrites writes) : ILinkStore
{
    private readonly RowTable _table = tables.Open(TableNames.Links);

    public Task<RegisterResult> RegisterAsync(WatchedLink link, CancellationToken cancellationToken)
    {
        var row = LinkRow.Write(link);
        return writes.TellAsync(link.ProjectId, link.Id, Contention.GetAsync($"Link {link.Id}", async () =>
        {
            if (await _table.AddAsync(row, cancellationToken) is { } version)
                return new RegisterResult(true, link with { ETag = version.ToString() });

            // Null when it was deleted since: then there is room for ours.
            return await _table.FindAsync(row.PartitionKey, row.RowKey, LinkRow.Read, cancellationToken) is { } stored
                ? new RegisterResult(false, stored)
                : null;
        }, cancellationToken));
    }

    public async Task<IReadOnlyList<WatchedLink>?> TryRegisterAsync(IReadOnlyList<WatchedLink> links, CancellationToken cancellationToken)
    {
        var versions = await TryWriteAsync(links, link => Transactions.Add(LinkRow.Write(link)), cancellationToken);
        return versions is null
            ? null
            : [.. links.Select((link, place) => link with { ETag = VersionOf(versions, place) })];
    }

    public async Task<bool> TryNoteAsync(IReadOnlyList<WatchedLink> links, CancellationToken cancellationToken) => await TryWriteAsync(
        links,
        link => new TableTransactionAction(
            TableTransactionActionType.UpdateMerge, LinkRow.WriteNotes(link), RowColumns.ToETag(link.ETag)),
        cancellationToken) is not null;

    public async Task<WatchedLink?> GetAsync(ProjectId projectId, LinkId linkId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, LinkKeys.Link(linkId), LinkRow.Read, cancellationToken);

    public Task<Slice<WatchedLink>> ListAsync(
        ProjectId projectId, LinkFilter filter, int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        var links = new SliceReader<WatchedLink>
        {
            Table = _table,
            List = $"{ListNames.Links} {projectId}",
            Range = LinkKeys.Links(projectId),
            Conditions = LinkFiltering.Conditions(filter),
            Map = LinkRow.Read,
            Wanted = link => LinkFiltering.IsWanted(link, filter),
        };
        return links.ReadAsync(maxItems, cursor, cancellationToken);
    }

    public Task<SaveOutcome> SaveAsync(WatchedLink link, CancellationToken cancellationToken) =>
        SaveCheckAsync(link, null, cancellationToken);

    public Task<SaveOutcome> SaveCheckAsync(WatchedLink link, LinkChange? change, CancellationToken cancellationToken) =>
        SaveCheckAsync(link, change, null, cancellationToken);

    public async Task<SaveOutcome> SaveCheckAsync(
        WatchedLink link, LinkChange? change, CaseStep? taken, CancellationToken cancellationToken)
    {
        var written = await SaveAllAsync(link.ProjectId, [new JudgedWrite(link, change, taken)], cancellationToken);
        return written[0] is not null ? SaveOutcome.Saved
            : await _table.IsThereAsync(link.ProjectId.Value, LinkKeys.Link(link.Id), cancellationToken) ? SaveOutcome.Conflict
            : SaveOutcome.Missing;
    }

    public async Task<IReadOnlyList<SavedLink?>> SaveAllAsync(
        ProjectId projectId, IReadOnlyList<JudgedWrite> judged, CancellationToken cancellationToken)
    {
        var saved = new SavedLink?[judged.Count];
        foreach (var part in Parts([.. judged.Select(Actions)]))
        {
            List<TableTransactionAction> actions = [.. part.SelectMany(one => one.Actions)];
            var write = _table.SubmitForVersionsAsync(actions, cancellationToken);
            if (await writes.TellAsync(projectId, [.. part.Select(one => judged[one.Index].Link.Id)], write) is not { } versions)
                continue;
            var row = 0;
            foreach (var (index, own) in part)
            {
                var caseVersion = judged[index].Taken is { } taken ? VersionOf(versions, row + PlaceOf(taken, own)) : null;
                saved[index] = new SavedLink(VersionOf(versions, row), caseVersion);
                row += own.Length;
            }
        }

        return saved;
    }

    /// <summary>Null where the service did not tell it.</summary>
    private static string? VersionOf(IReadOnlyList<Azure.ETag?> versions, int place) =>
        versions.Count > place ? versions[place]?.ToString() : null;

    private static int PlaceOf(CaseStep taken, TableTransactionAction[] actions) =>
        Array.FindIndex(actions, action => action.Entity.RowKey == CaseKeys.Case(taken.Case.Id));

    /// <summary>In transactions that are not too large, in order. A link whose rows alone are is one by itself, and is refused.</summary>
    private static IEnumerable<List<(int Index, TableTransactionAction[] Actions)>> Parts(
        IReadOnlyList<TableTransactionAction[]> all)
    {
        const int Share = TransactionLimits.MaxBytes / TransactionLimits.MaxActions;
        var part = new List<(int, TableTransactionAction[])>();
        var (rows, bytes) = (0, 0L);
        foreach (var (index, own) in all.Index())
        {
            // The exact size costs time, and matters for large rows only.
            var size = own.Select(action => (TableEntity)action.Entity)
                .Sum(row => RowSize.AtMost(row) is var most && most <= Share ? most : RowSize.Of(row));
            if (part.Count > 0 && (rows + own.Length > TransactionLimits.MaxActions || bytes + size > TransactionLimits.MaxBytes))
            {
                yield return part;
                (part, rows, bytes) = ([], 0, 0);
            }

            part.Add((index, own));
            (rows, bytes) = (rows + own.Length, bytes + size);
        }

        if (part.Count > 0)
            yield return part;
    }

    // The link's row first: its version is that of the answer.
    private static TableTransactionAction[] Actions(JudgedWrite judged)
    {
        var row = LinkRow.Write(judged.Link);
        return
        [
            Transactions.Replace(row, RowColumns.ToETag(judged.Link.ETag)),
            .. judged.Change is null ? [] : ChangeRows(judged.Change, row).Select(Transactions.Put),
            .. judged.Taken is null ? [] : CaseWriting.Actions(judged.Taken, row.GetString(RowSchema.Write)),
        ];
    }

    public async Task<IReadOnlyList<string>?> ConfirmAsync(
        ProjectId projectId, IReadOnlyList<LinkAtRest> links, DateTimeOffset at, UnchangedBy by, DayLog days,
        CancellationToken cancellationToken)
    {
        List<TableTransactionAction> actions =
        [
            .. links.Select(link => new TableTransactionAction(
                TableTransactionActionType.UpdateMerge,
                LinkRow.WriteUnchanged(projectId, link, at, by, days),
                RowColumns.ToETag(link.Version))),
        ];
        var write = _table.SubmitForVersionsAsync(actions, cancellationToken);
        return await writes.TellAsync(projectId, [.. links.Select(link => link.Id)], write) is { } versions
            ? versions.All(version => version is not null) ? [.. versions.Select(version => version!.Value.ToString())] : []
            : null;
    }

    public Task<bool> DeleteAsync(ProjectId projectId, LinkId linkId, CancellationToken cancellationToken) =>
        writes.TellAsync(
            projectId, linkId, _table.DeleteAsync(projectId.Value, LinkKeys.Link(linkId), Azure.ETag.All, cancellationToken));

    public Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        writes.TellAsync(projectId, _table.DeleteStepAsync(KeyRange.Whole(projectId.Value), cancellationToken));

    public Task<Slice<LinkChange>> ListChangesAsync(
        ProjectId projectId, DateTimeOffset? since, int maxItems, string? cursor, CancellationToken cancellationToken) =>
        Changes($"{ListNames.Changes} {projectId}", LinkKeys.Changes(projectId, since)).ReadAsync(maxItems, cursor, cancellationToken);

    public Task<Slice<LinkChange>> ListHistoryAsync(
        ProjectId projectId, LinkId linkId, int maxItems, string? cursor, CancellationToken cancellationToken) =>
        Changes($"{ListNames.History} {projectId} {linkId}", LinkKeys.History(projectId, linkId)).ReadAsync(
            maxItems, cursor, cancellationToken);

    public Task<Slice<ChangeProof>> ListProofsAsync(
        ProjectId projectId, LinkId linkId, int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        var proofs = new SliceReader<ChangeProof>
        {
            Table = _table,
            List = $"proofs {projectId} {linkId}",
            Range = LinkKeys.History(projectId, linkId),
            Map = ChangeRow.ReadProof,
        };
        return proofs.ReadAsync(maxItems, cursor, cancellationToken);
    }

    public async IAsyncEnumerable<OutboxEntry> ReadOutboxAsync(
        ProjectId projectId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in _table.ReadAsync(
            LinkKeys.Outbox(projectId), row => new OutboxEntry(row.RowKey, ChangeRow.Read(row)), cancellationToken))
            yield return entry;
    }

    public Task RemoveFromOutboxAsync(ProjectId projectId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        keys.FirstOrDefault(key => !LinkKeys.IsOutbox(key)) is { } foreign
            ? throw new ArgumentException($"'{foreign}' is not a place in the outbox.", nameof(keys))
            : _table.DeleteRowsAsync(projectId.Value, keys, cancellationToken);

    /// <param name="links">Of one project, at least one.</param>
    /// <returns>Their new versions, where these are known; null when it was refused.</returns>
    private Task<IReadOnlyList<Azure.ETag?>?> TryWriteAsync(
        IReadOnlyList<WatchedLink> links, Func<WatchedLink, TableTransactionAction> write, CancellationToken cancellationToken) =>
        writes.TellAsync(
            links[0].ProjectId, [.. links.Select(link => link.Id)],
            _table.SubmitForVersionsAsync([.. links.Select(write)], cancellationToken));

    private SliceReader<LinkChange> Changes(string list, KeyRange range) =>
        new() { Table = _table, List = list, Range = range, Map = ChangeRow.Read };

    // Put, not added: the link's version already says that nobody came between, and the same change has the same rows. They carry the
    // marker
    // of the link's row, and show whose write it was even when somebody wrote the link since.
    private static IEnumerable<TableEntity> ChangeRows(LinkChange change, TableEntity link)
    {
        var (id, at, write) = (change.Id, change.Transition.At, link.GetString(RowSchema.Write));
        yield return ChangeRow.Write(change, LinkKeys.Change(at, id), write);
        yield return ChangeRow.Write(change, LinkKeys.History(change.LinkId, at, id), write);
        if (change.Transition.Alerts)
            yield return ChangeRow.Write(change, LinkKeys.Outbox(at, id), write);
    }
}
