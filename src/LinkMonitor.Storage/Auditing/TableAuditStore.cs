using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Auditing;

/// <summary>The keys of the <c>Audit</c> table; see docs/tables/audit.md.</summary>
internal static class AuditKeys
{
    /// <summary>The partition of what concerns no project; those of projects begin with <c>prj_</c>.</summary>
    public const string Installation = "installation";

    private const string Prefix = "entry:";

    public static string Partition(ProjectId? project) => project?.Value ?? Installation;

    /// <summary>The newest comes first.</summary>
    public static string Key(DateTimeOffset at, string id) => $"{Prefix}{KeyTime.Descending(at)}:{id}";

    public static KeyRange All(ProjectId? project) => KeyRange.StartingWith(Partition(project), Prefix);

    /// <summary>Entries made before a time, which come after it.</summary>
    public static KeyRange Before(ProjectId? project, DateTimeOffset time)
    {
        var all = All(project);

        // Those made at that very time have a colon behind it, and stay.
        return all with { From = $"{Prefix}{KeyTime.Descending(time)};" };
    }
}

/// <inheritdoc cref="IAuditStore"/>
internal sealed class TableAuditStore(StoreTables tables) : IAuditStore
{
    private const string At = "at";
    private const string ById = "byId";
    private const string ByName = "byName";
    private const string What = "what";
    private const string About = "about";

    private readonly RowTable _table = tables.Open(TableNames.Audit);

    public Task AddAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var row = RowSchema.New(AuditKeys.Partition(entry.ProjectId), AuditKeys.Key(entry.At, entry.Id));
        row[At] = entry.At;
        row[ById] = entry.By.Id;
        row[ByName] = entry.By.Name;
        row[What] = StoredText.Cut(entry.What, AuditEntry.MaxWhatLength);
        row[About] = StoredText.Cut(entry.About, AuditEntry.MaxWhatLength);
        return _table.PutAsync(row, cancellationToken);
    }

    public Task<Slice<AuditEntry>> ListAsync(
        ProjectId? project, int maxItems, string? cursor, CancellationToken cancellationToken) => new SliceReader<AuditEntry>
        {
            Table = _table,
            List = project is { } one ? $"{ListNames.Audit} {one}" : ListNames.InstallationAudit,
            Range = AuditKeys.All(project),
            Map = row => Read(project, row),
        }.ReadAsync(maxItems, cursor, cancellationToken);

    public Task<bool> RemoveAsync(ProjectId? project, DateTimeOffset before, CancellationToken cancellationToken) =>
        _table.DeleteStepAsync(AuditKeys.Before(project, before), cancellationToken);

    public Task<bool> PurgeAsync(ProjectId project, CancellationToken cancellationToken) =>
        _table.DeleteStepAsync(AuditKeys.All(project), cancellationToken);

    private static AuditEntry Read(ProjectId? project, TableEntity row) => new()
    {
        Id = row.RowKey[(row.RowKey.LastIndexOf(':') + 1)..],
        ProjectId = project,
        At = row.Time(At),
        By = new Author(row.Text(ById), row.Text(ByName)),
        What = row.Text(What),
        About = row.GetString(About),
    };
}
