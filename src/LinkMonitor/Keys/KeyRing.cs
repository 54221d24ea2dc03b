using LinkMonitor.Storage.Keys;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Keys;

/// <summary>Recognises keys and makes new ones.</summary>
public sealed class KeyRing(IKeyStore keys, IOptions<ApiKeyOptions> options, TimeProvider time)
{
    private const string ConfiguredName = "configured admin key";

    /// <summary>Whether a key that may do everything is configured.</summary>
    public bool HasConfiguredKey => options.Value.AdminKey is not null;

    /// <summary>Who holds the key; null when nobody does: wrong, mistyped or revoked.</summary>
    public async Task<KeyHolder?> RecogniseAsync(string text, CancellationToken cancellationToken)
    {
        if (options.Value.AdminKey is { } configured
            && ApiKeySecret.HashesAgree(ApiKeySecret.HashOf(configured), ApiKeySecret.HashOf(text)))
            return new KeyHolder(ConfiguredName, ConfiguredName, ApiKeyScope.Admin, null);

        if (!ApiKeySecret.TryParse(text, out var secret) || await keys.FindAsync(secret.Id, cancellationToken) is not { } key)
            return null;
        return ApiKeySecret.HashesAgree(key.Hash, secret.Hash) ? new KeyHolder(key.Id, key.Name, key.Scope, key.ProjectId) : null;
    }

    /// <summary>Makes and stores a key. Its text is not to be had again.</summary>
    public async Task<(ApiKey Key, ApiKeySecret Secret)> IssueAsync(
        string name, ApiKeyScope scope, Storage.Projects.ProjectId? projectId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var secret = ApiKeySecret.New();
            var key = new ApiKey
            {
                Id = secret.Id,
                Name = name,
                Scope = scope,
                ProjectId = projectId,
                Hash = secret.Hash,
                CreatedAt = time.GetUtcNow(),
            };
            if (await keys.AddAsync(key, cancellationToken))
                return (key, secret);
        }
    }

    /// <summary>A first admin key, when there is neither a configured nor a stored one; otherwise null.</summary>
    public async Task<ApiKeySecret?> IssueFirstAsync(CancellationToken cancellationToken)
    {
        if (HasConfiguredKey)
            return null;

        // One that cannot be read may be the admin's.
        var stored = await keys.ListAsync(cancellationToken);
        if (stored.SetAside.Count > 0 || stored.Items.Any(key => key.Scope == ApiKeyScope.Admin))
            return null;
        return (await IssueAsync("first admin key", ApiKeyScope.Admin, null, cancellationToken)).Secret;
    }
}
