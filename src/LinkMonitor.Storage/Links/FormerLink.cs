using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Links;

/// <summary>A link that is watched no more: it was deleted, or another one took its place. Its changes are still there.</summary>
/// <param name="At">When that was.</param>
/// <param name="By">Who did it.</param>
/// <param name="ReplacedBy">The link in its place; null when it was deleted.</param>
/// <param name="Replaces">The link in whose place it was; null for none.</param>
/// <param name="UndoId">The act, which may be undone for a while; null when it could not be.</param>
public sealed record FormerLink(
    ProjectId ProjectId, LinkId Id, string Page, string Target, DateTimeOffset At, Author By, LinkId? ReplacedBy, LinkId? Replaces,
    string? UndoId);

/// <summary>What is left of links that are watched no more: rows beside those of the others, in the <c>Links</c> table.</summary>
public interface IFormerLinkStore
{
    /// <summary>Keeps it; what was kept of the same link before is replaced.</summary>
    Task PutAsync(FormerLink link, CancellationToken cancellationToken);

    /// <summary>
    /// Null when there never was such a link, and for one that was deleted by an earlier version. It may be watched again.
    /// </summary>
    Task<FormerLink?> FindAsync(ProjectId projectId, LinkId linkId, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IFormerLinkStore"/>
internal sealed class TableFormerLinkStore(StoreTables tables) : IFormerLinkStore
{
    private const string Prefix = "former:";
    private const string Page = "page";
    private const string Target = "target";
    private const string At = "at";
    private const string ById = "byId";
    private const string ByName = "byName";
    private const string ReplacedBy = "replacedBy";
    private const string Replaces = "replaces";
    private const string UndoId = "undoId";

    private readonly RowTable _table = tables.Open(TableNames.Links);

    public Task PutAsync(FormerLink link, CancellationToken cancellationToken)
    {
        var row = RowSchema.New(link.ProjectId.Value, Prefix + link.Id.Value);
        row[Page] = link.Page;
        row[Target] = link.Target;
        row[At] = link.At;
        row[ById] = link.By.Id;
        row[ByName] = link.By.Name;
        row[ReplacedBy] = link.ReplacedBy?.Value;
        row[Replaces] = link.Replaces?.Value;
        row[UndoId] = link.UndoId;
        return _table.PutAsync(row, cancellationToken);
    }

    public async Task<FormerLink?> FindAsync(ProjectId projectId, LinkId linkId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, Prefix + linkId.Value, Read, cancellationToken);

    private static FormerLink Read(TableEntity row) => new(
        new ProjectId(row.PartitionKey), new LinkId(row.RowKey[Prefix.Length..]), row.Text(Page), row.Text(Target), row.Time(At),
        new Author(row.Text(ById), row.Text(ByName)), IdOf(row, ReplacedBy), IdOf(row, Replaces), row.GetString(UndoId));

    private static LinkId? IdOf(TableEntity row, string column) =>
        row.GetString(column) is { } id ? new LinkId(id) : null;
}
