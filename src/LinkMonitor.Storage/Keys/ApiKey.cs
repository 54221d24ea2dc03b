using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Keys;

/// <summary>What is kept of an API key, which is also a person: enough to recognise it, not enough to use it.</summary>
public sealed record ApiKey
{
    /// <summary>The public part: the 12 characters after <c>lm_</c>.</summary>
    public required string Id { get; init; }

    /// <summary>1 to 100 characters.</summary>
    public required string Name { get; init; }

    public required ApiKeyScope Scope { get; init; }

    /// <summary>The projects that the key opens; all by default.</summary>
    public ProjectSet Projects { get; init; } = ProjectSet.All;

    /// <summary>Base64 of the SHA-256 of the whole key. The key is 190 random bits, so no slow hash is needed.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it; null when the program did, or one of its versions that did not note it.</summary>
    public Author? CreatedBy { get; init; }

    /// <summary>When it was used, to the hour; null for never, or not since this is noted.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Drawn anew whenever its sessions must end; null when they never had to.</summary>
    public string? SignedOut { get; init; }

    /// <summary>
    /// Drawn anew by every write that somebody asked for, which noting its use is not; null for one that is not stored yet.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>The version of the row that was read; null for one that is not stored yet.</summary>
    internal string? ETag { get; init; }
}

/// <summary>Who did something.</summary>
/// <param name="Id">The key's, which tells people of one name apart.</param>
/// <param name="Name">The key's name at that time.</param>
public sealed record Author(string Id, string Name);

/// <summary>What a key may do.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ApiKeyScope>))]
public enum ApiKeyScope
{
    /// <summary>Read projects, links and changes.</summary>
    Read,

    /// <summary>Read, and write projects and links.</summary>
    Write,

    /// <summary>Everything, keys included; failed messages, too, when it is for all projects.</summary>
    Admin,
}

/// <summary>Which projects a key opens: all, or some. Never none, so that nothing that is missing looks like all.</summary>
public sealed class ProjectSet : IEquatable<ProjectSet>
{
    /// <summary>The most projects that a key may be limited to.</summary>
    public const int MaxProjects = 100;

    private readonly IReadOnlyList<ProjectId>? _ids;

    private ProjectSet(IReadOnlyList<ProjectId>? ids) => _ids = ids;

    /// <summary>Every project, those to come included.</summary>
    public static ProjectSet All { get; } = new(null);

    /// <summary>Whether it is <see cref="All"/>.</summary>
    public bool IsAll => _ids is null;

    /// <summary>The projects, in order of identity; null for all.</summary>
    public IReadOnlyList<ProjectId>? Ids => _ids;

    /// <summary>These projects and no others.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static ProjectSet Of(IEnumerable<ProjectId> ids)
    {
        ProjectId[] some = [.. ids.Distinct().OrderBy(id => id.Value, StringComparer.Ordinal)];
        return some.Length > 0 ? new ProjectSet(some) : throw new ArgumentException("A key opens at least one project.", nameof(ids));
    }

    public bool Contains(ProjectId project) => _ids is null || _ids.Contains(project);

    /// <summary>Whether all of the other's projects are in this.</summary>
    public bool Covers(ProjectSet other) => _ids is null || (other._ids is { } ids && ids.All(_ids.Contains));

    /// <summary>The set without a project; null when nothing is left of it.</summary>
    public ProjectSet? Without(ProjectId project) =>
        _ids is null ? this : _ids.Where(id => id != project).ToArray() is { Length: > 0 } left ? new ProjectSet(left) : null;

    public bool Equals(ProjectSet? other) =>
        other is not null && (_ids is null ? other._ids is null : other._ids is { } ids && _ids.SequenceEqual(ids));

    public override bool Equals(object? obj) => Equals(obj as ProjectSet);

    public override int GetHashCode() => _ids is null ? 0 : HashCode.Combine(_ids.Count, _ids[0]);

    public override string ToString() => _ids is null ? "all projects" : string.Join(", ", _ids);
}

/// <summary>The keys in the <c>Keys</c> table.</summary>
public interface IKeyStore
{
    /// <summary>Stores a key.</summary>
    /// <returns>As it is stored; null when one with this id is there already, which is left as it was.</returns>
    Task<ApiKey?> AddAsync(ApiKey key, CancellationToken cancellationToken);

    Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>All keys, and the ids of those that cannot be read.</summary>
    Task<RowsRead<ApiKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Writes a key over the version that was read.</summary>
    /// <param name="standing">Another key that must still be as it was read; null for none.</param>
    /// <returns>As it is stored; null when one of them was written meanwhile or is gone: then nothing is changed.</returns>
    Task<ApiKey?> SaveAsync(ApiKey key, ApiKey? standing, CancellationToken cancellationToken);

    /// <summary>Revokes a key for good, in the version that was read.</summary>
    /// <param name="standing">As for <see cref="SaveAsync"/>.</param>
    /// <returns>False when one of them was written meanwhile or is gone: then nothing is changed.</returns>
    Task<bool> RevokeAsync(ApiKey key, ApiKey? standing, CancellationToken cancellationToken);

    /// <summary>Revokes a key for good, whatever its version. False when it was not there.</summary>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>Notes when a key was used. Does nothing when it is gone, and is no new <see cref="ApiKey.Version"/>.</summary>
    Task NoteUseAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>What <see cref="ApiKey.SignedOut"/> is for the configured key, which has no row; null when it never was.</summary>
    Task<string?> FindConfiguredSignOutAsync(CancellationToken cancellationToken);

    /// <summary>Ends the sessions of the configured key.</summary>
    /// <param name="signedOut">Drawn anew.</param>
    Task SignConfiguredOutAsync(string signedOut, DateTimeOffset at, CancellationToken cancellationToken);
}
