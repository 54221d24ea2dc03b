using LinkMonitor.Storage.Keys;

namespace LinkMonitor.Keys;

/// <summary>A key as the API shows it.</summary>
public sealed record KeyView
{
    /// <summary>The part of the key after <c>lm_</c> that identifies it.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required ApiKeyScope Scope { get; init; }

    public required string? ProjectId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The whole key, only in the answer that made it: it is not stored.</summary>
    public string? Key { get; init; }

    internal static KeyView Of(ApiKey key, ApiKeySecret? secret = null) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Scope = key.Scope,
        ProjectId = key.ProjectId?.Value,
        CreatedAt = key.CreatedAt,
        Key = secret?.Text,
    };
}
