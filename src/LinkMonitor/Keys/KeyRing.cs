using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Writing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Keys;

/// <summary>Recognises keys and makes new ones.</summary>
public sealed class KeyRing(IKeyStore keys, IOptions<ApiKeyOptions> options, TimeProvider time)
{
    /// <summary>The id of the configured key, which has no row. Those of stored keys have 12 characters.</summary>
    public const string ConfiguredId = "configured";

    private const string ConfiguredName = "configured admin key";

    /// <summary>How exactly it is known when a key was used: what is read at every request should be written rarely.</summary>
    private static readonly TimeSpan UseStep = TimeSpan.FromHours(1);

    /// <summary>Whether a key that may do everything is configured.</summary>
    public bool HasConfiguredKey => options.Value.AdminKey is not null;

    /// <summary>Who holds the key, for one request; null when nobody does: wrong, mistyped or revoked.</summary>
    public async Task<KeyHolder?> RecogniseAsync(string text, CancellationToken cancellationToken)
    {
        if (IsConfigured(text))
            return Configured(null);
        if (!ApiKeySecret.TryParse(text, out var secret)
            || await keys.FindAsync(secret.Id, cancellationToken) is not { } key
            || !ApiKeySecret.HashesAgree(key.Hash, secret.Hash))
            return null;
        await NoteUseAsync(key, cancellationToken);
        return KeyHolder.Of(key, null);
    }

    /// <summary>Who holds the key, for a session: as <see cref="RecogniseAsync"/>, with the stamp of the session.</summary>
    public async Task<KeyHolder?> SignInAsync(string text, CancellationToken cancellationToken) =>
        await RecogniseAsync(text, cancellationToken) is { } holder ? await FindHolderAsync(holder.Id, cancellationToken) : null;

    /// <summary>
    /// The holder of a key now, with the stamp that a session of it must have; null when the key was revoked or is configured no more.
    /// </summary>
    /// <param name="keyId">As in <see cref="KeyHolder.Id"/>.</param>
    public Task<KeyHolder?> FindHolderAsync(string keyId, CancellationToken cancellationToken) =>
        FindHolderAsync(keyId, isUse: true, cancellationToken);

    /// <inheritdoc cref="FindHolderAsync(string, CancellationToken)"/>
    /// <param name="isUse">False for who only looks: it counts as no use of the key.</param>
    internal async Task<KeyHolder?> FindHolderAsync(string keyId, bool isUse, CancellationToken cancellationToken)
    {
        if (keyId == ConfiguredId)
            return HasConfiguredKey ? Configured(await keys.FindConfiguredSignOutAsync(cancellationToken) ?? string.Empty) : null;
        if (await FindKeyAsync(keyId, cancellationToken) is not { } key)
            return null;
        if (isUse)
            await NoteUseAsync(key, cancellationToken);
        return KeyHolder.Of(key, StampOf(key.Hash, key.SignedOut));
    }

    /// <summary>Ends all sessions of a key. False when there is no such key.</summary>
    public async Task<bool> SignOutEverywhereAsync(string keyId, CancellationToken cancellationToken)
    {
        var signedOut = Base62.Random(12);
        if (keyId == ConfiguredId)
        {
            if (HasConfiguredKey)
                await keys.SignConfiguredOutAsync(signedOut, time.GetUtcNow(), cancellationToken);
            return HasConfiguredKey;
        }

        var isThere = false;
        await Contention.RunAsync($"Key {keyId}", async () =>
        {
            var key = await FindKeyAsync(keyId, cancellationToken);
            isThere = key is not null;
            return key is null || await keys.SaveAsync(key with { SignedOut = signedOut }, null, cancellationToken) is not null;
        }, cancellationToken);
        return isThere;
    }

    /// <summary>Makes and stores a key. Its text is not to be had again.</summary>
    /// <param name="by">Who makes it; null for the program itself.</param>
    public async Task<(ApiKey Key, ApiKeySecret Secret)> IssueAsync(
        string name, ApiKeyScope scope, ProjectSet projects, Author? by, CancellationToken cancellationToken)
    {
        while (true)
        {
            var secret = ApiKeySecret.New();
            var key = new ApiKey
            {
                Id = secret.Id,
                Name = name,
                Scope = scope,
                Projects = projects,
                Hash = secret.Hash,
                CreatedAt = time.GetUtcNow(),
                CreatedBy = by,
            };
            if (await keys.AddAsync(key, cancellationToken) is { } stored)
                return (stored, secret);
        }
    }

    /// <summary>A first admin key, when there is neither a configured nor a stored one for all projects; otherwise null.</summary>
    public async Task<ApiKeySecret?> IssueFirstAsync(CancellationToken cancellationToken)
    {
        if (HasConfiguredKey)
            return null;

        // One that cannot be read may be the admin's.
        var stored = await keys.ListAsync(cancellationToken);
        if (stored.SetAside.Count > 0 || stored.Items.Any(IsUnlimitedOwner))
            return null;
        return (await IssueAsync("first admin key", ApiKeyScope.Admin, ProjectSet.All, null, cancellationToken)).Secret;
    }

    /// <summary>The id of the configured key, or else of the oldest that may do everything; null when there is neither.</summary>
    internal async Task<string?> FindFirstOwnerAsync(CancellationToken cancellationToken) => HasConfiguredKey
        ? ConfiguredId
        : (await keys.ListAsync(cancellationToken)).Items.Where(IsUnlimitedOwner).MinBy(key => key.CreatedAt)?.Id;

    /// <summary>Whether a text may be the id of a key.</summary>
    internal static bool IsId(string text) => text.Length > 0 && text.All(Base62.IsDigit);

    /// <summary>Whether a key may do everything.</summary>
    internal static bool IsUnlimitedOwner(ApiKey key) => key is { Scope: ApiKeyScope.Admin, Projects.IsAll: true };

    private async Task<ApiKey?> FindKeyAsync(string id, CancellationToken cancellationToken) =>
        IsId(id) ? await keys.FindAsync(id, cancellationToken) : null;

    private bool IsConfigured(string text) =>
        options.Value.AdminKey is { } configured
        && ApiKeySecret.HashesAgree(ApiKeySecret.HashOf(configured), ApiKeySecret.HashOf(text));

    // Another configured key is another person: the sessions of the former end.
    private KeyHolder Configured(string? signedOut) => new(
        ConfiguredId, ConfiguredName, ApiKeyScope.Admin, ProjectSet.All,
        signedOut is null ? null : StampOf(ApiKeySecret.HashOf(options.Value.AdminKey!), signedOut));

    // A hash of the hash, so that a session tells nothing of what the key is recognised by.
    private static string StampOf(string hash, string? signedOut) => ApiKeySecret.HashOf($"session {hash} {signedOut}");

    private async Task NoteUseAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!StoredTime.IsWithin(key.LastUsedAt, UseStep, now))
            await keys.NoteUseAsync(key.Id, now, cancellationToken);
    }
}

/// <summary>The key to start with.</summary>
public sealed class ApiKeyOptions
{
    public const string Section = "LinkMonitor";

    /// <summary>
    /// A key that may do everything, for as long as it is configured: at least 24 characters, your own choice (for example
    /// <c>openssl rand -hex 24</c>). Not stored anywhere. Without it a local start makes a key and prints it once.
    /// </summary>
    [System.ComponentModel.DataAnnotations.MinLength(
        24, ErrorMessage = "at least 24 characters are needed; create a key with 'openssl rand -hex 24'.")]
    public string? AdminKey { get; set; }
}
