using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.Keys;

/// <summary>A key to make.</summary>
public sealed record KeyRequest : IRequestBody<KeyRequest>
{
    static JsonTypeInfo<KeyRequest> IRequestBody<KeyRequest>.Shape => KeyJson.Default.KeyRequest;

    /// <summary>1 to 100 characters, so that you know it again.</summary>
    public string? Name { get; init; }

    /// <summary><c>read</c> (default), <c>write</c> or <c>admin</c>.</summary>
    public ApiKeyScope Scope { get; init; } = ApiKeyScope.Read;

    /// <summary>The only project the key opens; absent for all. An admin key cannot be limited.</summary>
    public string? ProjectId { get; init; }
}
