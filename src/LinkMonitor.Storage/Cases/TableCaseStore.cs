using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Cases;

/// <summary>
/// Cases, in the <c>Links</c> table beside the links that they are about: a change and what it means for a case are written in one
/// transaction (<c>ILinkStore.SaveCheckAsync</c>). They go when the project is purged.
/// </summary>
public interface ICaseStore
{
    Task<LinkCase?> GetAsync(ProjectId projectId, string caseId, CancellationToken cancellationToken);

    /// <summary>
    /// Cases by their ids; those that are gone or cannot be read are left out. They come in one request when they were opened together,
    /// as those of a page mostly were.
    /// </summary>
    Task<IReadOnlyDictionary<string, LinkCase>> FindAllAsync(
        ProjectId projectId, IReadOnlyCollection<string> caseIds, CancellationToken cancellationToken);

    /// <summary>A project's cases, the newest first.</summary>
    /// <param name="maxItems">1 to 1,000.</param>
    /// <exception cref="InvalidCursorException">The cursor is not of this list.</exception>
    Task<Slice<LinkCase>> ListAsync(
        ProjectId projectId, CaseFilter filter, int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>The timeline of a case, the oldest first; at most <see cref="LinkCase.MaxEntries"/>.</summary>
    Task<RowsRead<CaseEntry>> ReadEntriesAsync(ProjectId projectId, string caseId, CancellationToken cancellationToken);

    /// <summary>Writes a case over the version that was read, with its new entries, in one transaction.</summary>
    Task<SaveOutcome> SaveAsync(CaseStep taken, CancellationToken cancellationToken);
}

/// <inheritdoc cref="ICaseStore"/>
internal sealed class TableCaseStore(StoreTables tables) : ICaseStore
{
    private readonly RowTable _table = tables.Open(TableNames.Links);

    public async Task<LinkCase?> GetAsync(ProjectId projectId, string caseId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, CaseKeys.Case(caseId), CaseRow.Read, cancellationToken);

    public async Task<IReadOnlyDictionary<string, LinkCase>> FindAllAsync(
        ProjectId projectId, IReadOnlyCollection<string> caseIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, LinkCase>(StringComparer.Ordinal);
        var keys = caseIds.Select(CaseKeys.Case).ToHashSet(StringComparer.Ordinal);
        if (keys.Count > 1)
            await ReadTogetherAsync(projectId, keys, found, cancellationToken);
        foreach (var key in keys)
        {
            if (await _table.TryFindAsync(projectId.Value, key, CaseRow.Read, cancellationToken) is { Item: { } one })
                found[one.Id] = one;
        }

        return found;
    }

    // Cases that were opened at one time are neighbours. Where as many others lie between them, the rest is read one by one.
    private async Task ReadTogetherAsync(
        ProjectId projectId, HashSet<string> keys, Dictionary<string, LinkCase> found, CancellationToken cancellationToken)
    {
        var range = CaseKeys.Cases(projectId) with
        {
            From = keys.Min(StringComparer.Ordinal)!,
            Below = keys.Max(StringComparer.Ordinal) + "!",
        };
        var left = 2 * keys.Count;
        await foreach (var row in _table.ReadAsync(new RowQuery(range) { PerPage = left }, CaseRow.Read, cancellationToken))
        {
            if (keys.Remove(row.Key) && row.Item is { } one)
                found[one.Id] = one;
            if (--left == 0)
                return;
        }

        // The range came to its end: what was not in it is gone.
        keys.Clear();
    }

    public Task<Slice<LinkCase>> ListAsync(
        ProjectId projectId, CaseFilter filter, int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        var cases = new SliceReader<LinkCase>
        {
            Table = _table,
            List = $"{ListNames.Cases} {projectId}",
            Range = CaseKeys.Cases(projectId),
            Conditions = CaseFiltering.Conditions(filter),
            Map = CaseRow.Read,
            Wanted = one => CaseFiltering.IsWanted(one, filter),
        };
        return cases.ReadAsync(maxItems, cursor, cancellationToken);
    }

    public Task<RowsRead<CaseEntry>> ReadEntriesAsync(ProjectId projectId, string caseId, CancellationToken cancellationToken) =>
        _table.ReadAllAsync(CaseKeys.Entries(projectId, caseId), CaseRow.ReadEntry, cancellationToken);

    public async Task<SaveOutcome> SaveAsync(CaseStep taken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        var (project, id) = (taken.Case.ProjectId.Value, taken.Case.Id);
        return await _table.SubmitAsync([.. CaseWriting.Actions(taken, OwnWrite.NewMarker())], cancellationToken) ? SaveOutcome.Saved
            : !await _table.IsThereAsync(project, CaseKeys.Case(id), cancellationToken) ? SaveOutcome.Missing
            : SaveOutcome.Conflict;
    }
}

/// <summary>What a step of a case writes, for whoever has a transaction.</summary>
internal static class CaseWriting
{
    /// <summary>The case's row first: whoever lost a race is refused there.</summary>
    /// <param name="write">The marker of the whole transaction.</param>
    public static IEnumerable<TableTransactionAction> Actions(CaseStep taken, string? write)
    {
        var row = CaseRow.Write(taken.Case, write);
        yield return taken.Case.ETag is { } version ? Transactions.Replace(row, RowColumns.ToETag(version)) : Transactions.Add(row);
        foreach (var entry in taken.Entries)
            yield return Transactions.Put(CaseRow.WriteEntry(taken.Case, entry, write));
    }
}

/// <summary>A filter in two parts: what the service can leave out, and what we must.</summary>
internal static class CaseFiltering
{
    public static IReadOnlyList<ColumnCondition> Conditions(CaseFilter filter)
    {
        List<ColumnCondition> conditions = [];
        if (filter.Status is { } status)
            conditions.Add(new(CaseRow.Status, WireName.Of(status)));
        if (filter.Owner is { } owner)
            conditions.Add(new(CaseRow.OwnerId, owner));
        if (filter.Link is { } link)
            conditions.Add(new(CaseRow.LinkIdColumn, link.Value));
        return conditions;
    }

    public static bool IsWanted(LinkCase one, CaseFilter filter) =>
        (filter.IsOpen is not { } open || one.IsOpen == open)
        && (!filter.IsUnowned || one.Owner is null)
        && (filter.DueBy is not { } day || one.Due <= day || one.Promised <= day);
}

/// <summary>Reads lists of cases of any length.</summary>
public static class CasePaging
{
    private const int SliceSize = 500;

    /// <summary>The newest first, in parts, each with how many rows of it cannot be read.</summary>
    public static async IAsyncEnumerable<Slice<LinkCase>> ReadSlicesAsync(
        this ICaseStore cases, ProjectId project, CaseFilter filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var slice = await cases.ListAsync(project, filter, SliceSize, cursor, cancellationToken);
            yield return slice;
            cursor = slice.Cursor;
        }
        while (cursor is not null);
    }
}
