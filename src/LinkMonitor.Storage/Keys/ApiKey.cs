using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Keys;

/// <summary>What is kept of an API key: enough to recognise it, not enough to use it.</summary>
public sealed record ApiKey
{
    /// <summary>The public part: the 12 characters after <c>lm_</c>.</summary>
    public required string Id { get; init; }

    /// <summary>1 to 100 characters.</summary>
    public required string Name { get; init; }

    public required ApiKeyScope Scope { get; init; }

    /// <summary>The only project the key opens; null for all.</summary>
    public ProjectId? ProjectId { get; init; }

    /// <summary>Base64 of the SHA-256 of the whole key. The key is 190 random bits, so no slow hash is needed.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a key may do.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ApiKeyScope>))]
public enum ApiKeyScope
{
    /// <summary>Read projects, links and changes.</summary>
    Read,

    /// <summary>Read, and write projects and links.</summary>
    Write,

    /// <summary>Everything, keys and failed messages included.</summary>
    Admin,
}

/// <summary>The <c>Keys</c> table.</summary>
public interface IKeyStore
{
    /// <summary>Stores a key. False when one with this id is there already; it is left as it was.</summary>
    Task<bool> AddAsync(ApiKey key, CancellationToken cancellationToken);

    Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>All keys, and the ids of those that cannot be read.</summary>
    Task<RowsRead<ApiKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Revokes a key for good. False when it was not there.</summary>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);
}
