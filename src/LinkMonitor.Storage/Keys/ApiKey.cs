using LinkMonitor.Storage.Projects;

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
