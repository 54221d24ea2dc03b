using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Auditing;

/// <summary>Something that somebody did.</summary>
public sealed record AuditEntry
{
    /// <summary>The longest sentence that is kept, in characters; a longer one is cut.</summary>
    public const int MaxWhatLength = 500;

    /// <summary><c>aud_</c> and 16 lower-case base-32 characters, drawn at random.</summary>
    public required string Id { get; init; }

    /// <summary>Whose log it is in; null for the installation's.</summary>
    public required ProjectId? ProjectId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it.</summary>
    public required Author By { get; init; }

    /// <summary>A short English sentence, for example <c>Deleted 14 links</c>.</summary>
    public required string What { get; init; }

    /// <summary>The identity of what was done something to; null when it was several things, or none that is left.</summary>
    public required string? About { get; init; }
}

/// <summary>The <c>Audit</c> table: who did what, for each project, and for the installation.</summary>
public interface IAuditStore
{
    /// <summary>Keeps an entry. Keeping it again changes nothing.</summary>
    Task AddAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>A log, the newest first.</summary>
    /// <param name="project">Null for the installation's.</param>
    /// <param name="maxItems">1 to 1,000.</param>
    /// <exception cref="InvalidCursorException">The cursor is not of this list.</exception>
    Task<Slice<AuditEntry>> ListAsync(ProjectId? project, int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>Removes up to 1,000 entries made before a time.</summary>
    /// <param name="project">Null for the installation's.</param>
    /// <returns>Whether nothing more can be removed.</returns>
    Task<bool> RemoveAsync(ProjectId? project, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Removes up to 1,000 entries of a project that is gone.</summary>
    /// <returns>Whether nothing was left.</returns>
    Task<bool> PurgeAsync(ProjectId project, CancellationToken cancellationToken);
}

/// <summary>The ids of entries.</summary>
public static class AuditIds
{
    private const int Bytes = 10;

    public static string New() =>
        "aud_" + Rows.ShortHash.Base32(System.Security.Cryptography.RandomNumberGenerator.GetBytes(Bytes), 16);
}

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
