using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Paging;

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
