using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.Keys;

/// <summary>A key as the API shows it.</summary>
public sealed record KeyView
{
    /// <summary>The part of the key after <c>lm_</c> that identifies it.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required ApiKeyScope Scope { get; init; }

    /// <summary>The scope in other words.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>The only project it opens; null for all or several.</summary>
    public required string? ProjectId { get; init; }

    /// <summary>The projects it opens; null for all.</summary>
    public required IReadOnlyList<string>? ProjectIds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it; null when LinkMonitor did.</summary>
    public required Author? CreatedBy { get; init; }

    /// <summary>When it was used, to the hour; null for never.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>What <c>If-Match</c> names to change this and nothing newer.</summary>
    public required string? Version { get; init; }

    /// <summary>The whole key, only in the answer that made it: it is not stored.</summary>
    public string? Key { get; init; }

    /// <summary>An address that signs its holder in once, only in the answer that made it; see <see cref="SignInView"/>.</summary>
    public Uri? SignInUrl { get; init; }

    /// <summary>When that address ends unless it is used before.</summary>
    public DateTimeOffset? SignInExpiresAt { get; init; }

    internal static KeyView Of(ApiKey key, ApiKeySecret? secret = null, IssuedSignIn? signIn = null) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Scope = key.Scope,
        Role = RoleScopes.Of(key.Scope),
        ProjectId = key.Projects.Ids is [var only] ? only.Value : null,
        ProjectIds = key.Projects.Ids?.Select(id => id.Value).ToArray(),
        CreatedAt = key.CreatedAt,
        CreatedBy = key.CreatedBy,
        LastUsedAt = key.LastUsedAt,
        Version = key.Version,
        Key = secret?.Text,
        SignInUrl = signIn?.Address,
        SignInExpiresAt = signIn?.ExpiresAt,
    };
}

/// <summary>An address that signs a person in once.</summary>
/// <param name="SignInUrl">Absolute, or only the path when the installation does not know how it is reached.</param>
/// <param name="SignInExpiresAt">When it ends unless it is used before.</param>
public sealed record SignInView(Uri SignInUrl, DateTimeOffset SignInExpiresAt);

/// <summary>The JSON of the API for keys.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(SignInView))]
[JsonSerializable(typeof(SliceView<KeyView>))]
internal sealed partial class KeyJson : JsonSerializerContext;
