using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Links;

/// <inheritdoc cref="ILinkFactStore"/>
internal sealed class TableLinkFactStore(StoreTables tables) : ILinkFactStore
{
    private const int MaxIds = 1_000;
    private const int AtATime = 16;

    // One range costs less than so many single reads.
    private const int MinRange = 32;

    private readonly RowTable _table = tables.Open(TableNames.Links);

    public async IAsyncEnumerable<IReadOnlyList<FactsRead>> ReadAsync(
        ProjectId projectId, DateTimeOffset? writtenAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new RowQuery(LinkKeys.Links(projectId))
        {
            Columns = LinkRow.FactColumnNames,
            Conditions = writtenAfter is { } after ? [ColumnCondition.WrittenAfter(after)] : [],
        };
        var part = new List<ReadRow<LinkFacts?>>(RowQuery.MaxPerPage);
        await foreach (var row in _table.ReadPartlyAsync(query, ReadPart, cancellationToken))
        {
            part.Add(row);
            if (part.Count < RowQuery.MaxPerPage)
                continue;
            yield return await CompleteAsync(query, part, cancellationToken);
            part.Clear();
        }

        if (part.Count > 0)
            yield return await CompleteAsync(query, part, cancellationToken);
    }

    public async IAsyncEnumerable<(string Key, LinkId Link)> ReadChangedAsync(
        ProjectId projectId, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new RowQuery(LinkKeys.Changes(projectId, since)) { Columns = ChangeRow.LinkColumns };
        await foreach (var row in _table.ReadPartlyAsync(query, ChangeRow.ReadLink, cancellationToken))
            if (row.IsRead)
                yield return (row.Key, row.Item);
    }

    public async Task<IReadOnlyList<WholeLink>> GetAsync(
        ProjectId projectId, IReadOnlyList<LinkId> ids, bool areNeighbours, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, MaxIds);
        var found = areNeighbours ? await ReadRangeAsync(projectId, ids, cancellationToken) : [];
        var reads = new WholeLink[ids.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(ids.Index(), parallel, async (one, stop) =>
        {
            var row = found.TryGetValue(LinkKeys.Link(one.Item), out var known)
                ? known
                : await _table.TryFindAsync(projectId.Value, LinkKeys.Link(one.Item), ReadWhole, stop);
            reads[one.Index] = row is { } there
                ? new WholeLink(one.Item, there.Item?.Link, there.Item?.Facts, true)
                : new WholeLink(one.Item, null, null, false);
        });
        return reads;
    }

    // Neighbours in order come in one range, with as many others between them; what lies beyond is read one by one.
    private async Task<Dictionary<string, ReadRow<Whole>>> ReadRangeAsync(
        ProjectId projectId, IReadOnlyList<LinkId> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ReadRow<Whole>>(StringComparer.Ordinal);
        if (ids.Count < MinRange || !IsInOrder(ids))
            return found;
        var range = LinkKeys.Links(projectId) with { From = LinkKeys.Link(ids[0]), Below = LinkKeys.Link(ids[^1]) + "!" };
        var left = 2 * ids.Count;
        await foreach (var row in _table.ReadAsync(new RowQuery(range) { PerPage = ids.Count }, ReadWhole, cancellationToken))
        {
            found[row.Key] = row;
            if (--left == 0)
                break;
        }

        return found;
    }

    private static bool IsInOrder(IReadOnlyList<LinkId> ids)
    {
        for (var i = 1; i < ids.Count; i++)
            if (string.CompareOrdinal(ids[i - 1].Value, ids[i].Value) >= 0)
                return false;
        return true;
    }

    // Rows of earlier versions lack columns: where there are some, their neighbourhood is read whole.
    private async Task<IReadOnlyList<FactsRead>> CompleteAsync(
        RowQuery query, List<ReadRow<LinkFacts?>> part, CancellationToken cancellationToken)
    {
        if (part.All(row => row.Item is not null || !row.IsRead))
            return [.. part.Select(row => new FactsRead(LinkKeys.IdOf(row.Key), row.Item))];
        List<FactsRead> whole = [];
        var range = query.Range with { From = part[0].Key, Below = part[^1].Key + "!" };
        await foreach (var row in _table.ReadAsync(query with { Range = range, Columns = null }, ReadWhole, cancellationToken))
            whole.Add(new FactsRead(LinkKeys.IdOf(row.Key), row.Item?.Facts));
        return whole;
    }

    private static LinkFacts? ReadPart(TableEntity row) => LinkRow.HasFacts(row) ? LinkRow.ReadFacts(row) : null;

    private static Whole ReadWhole(TableEntity row)
    {
        var link = LinkRow.Read(row);
        return new Whole(link, LinkFacts.Of(link, row.Timestamp?.UtcTicks ?? 0));
    }

    private sealed record Whole(WatchedLink Link, LinkFacts Facts);
}

/// <summary>The links of a project as lists need them, read from few columns of the rows of the <c>Links</c> table.</summary>
public interface ILinkFactStore
{
    /// <summary>A project's links in order of identity, in parts of at most 1,000.</summary>
    /// <param name="writtenAfter">
    /// Only those written after this, by the storage's clock; null for all. The service looks at each row of the project for that, so it
    /// costs as many requests as reading all of them, and brings less. Links that were deleted are not told.
    /// </param>
    IAsyncEnumerable<IReadOnlyList<FactsRead>> ReadAsync(
        ProjectId projectId, DateTimeOffset? writtenAfter, CancellationToken cancellationToken);

    /// <summary>The changes made after a time, the newest first: each key once, and the link that changed. Costs what changed.</summary>
    IAsyncEnumerable<(string Key, LinkId Link)> ReadChangedAsync(
        ProjectId projectId, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Some links, whole, in the order in which they are asked for, each as it is now.</summary>
    /// <param name="ids">At most 1,000.</param>
    /// <param name="areNeighbours">
    /// They are in order of identity with few others between them, as far as the caller knows: then they come in one request, not one each.
    /// </param>
    Task<IReadOnlyList<WholeLink>> GetAsync(
        ProjectId projectId, IReadOnlyList<LinkId> ids, bool areNeighbours, CancellationToken cancellationToken);
}

/// <summary>A link of a list.</summary>
/// <param name="Facts">Null when its row is there and cannot be read: it is noted already, and counts as neither there nor gone.</param>
public readonly record struct FactsRead(LinkId Id, LinkFacts? Facts);

/// <summary>A link that was asked for.</summary>
/// <param name="Link">Null when it is gone, or cannot be read.</param>
/// <param name="Facts">Those of <paramref name="Link"/>.</param>
/// <param name="IsThere">False when it is gone.</param>
public readonly record struct WholeLink(LinkId Id, WatchedLink? Link, LinkFacts? Facts, bool IsThere);

/// <summary>
/// Tells who keeps links in memory which of them this process has written, or tried to: what is stored must be read to know.
/// </summary>
public sealed class LinkWrites
{
    /// <summary>Called at once and by whoever writes, so a handler must be short and must not throw.</summary>
    public event Action<ProjectId, LinkId>? Written;

    /// <summary>The same when a project is being removed whole.</summary>
    public event Action<ProjectId>? Purged;

    internal Task<T> TellAsync<T>(ProjectId project, LinkId link, Task<T> write) => TellAsync(project, [link], write);

    internal async Task<T> TellAsync<T>(ProjectId project, IReadOnlyList<LinkId> links, Task<T> write)
    {
        try
        {
            return await write;
        }
        finally
        {
            // Also when it failed: it may have been done.
            foreach (var link in links)
                Written?.Invoke(project, link);
        }
    }

    internal async Task<T> TellAsync<T>(ProjectId project, Task<T> purge)
    {
        try
        {
            return await purge;
        }
        finally
        {
            Purged?.Invoke(project);
        }
    }
}
