using LinkMonitor.Api;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Keys;

/// <summary>What came of asking for a change of a key.</summary>
internal enum KeyOutcome
{
    Done,

    /// <summary>There is no such key, or it opens projects that the caller's does not.</summary>
    NotFound,

    /// <summary>It is not in the version that the change is meant for.</summary>
    Stale,

    /// <summary>Nobody would be left who may do everything.</summary>
    LastOwner,
}

/// <summary>What came of asking for a change of a key, and the key as it is stored now when it is done.</summary>
internal sealed record KeyResult(KeyOutcome Outcome, ApiKey? Key = null)
{
    /// <summary>What a key that was written was before.</summary>
    public ApiKey? Was { get; init; }
}

/// <summary>
/// The keys as their owners manage them: an owner of all projects all of them, an owner of some projects those that open no others.
/// </summary>
internal sealed class KeyRegistry(IKeyStore keys, KeyRing ring)
{
    /// <summary>
    /// The keys that somebody manages, in order of identity. Which projects a key opens that cannot be read nobody knows: who manages all
    /// is told of it.
    /// </summary>
    public async Task<RowsRead<ApiKey>> ListAsync(KeyHolder by, CancellationToken cancellationToken)
    {
        var all = await keys.ListAsync(cancellationToken);
        return new RowsRead<ApiKey>(
            [.. all.Items.Where(key => by.Projects.Covers(key.Projects))], by.Projects.IsAll ? all.SetAside : []);
    }

    /// <summary>One of them; null when there is none with this id.</summary>
    public async Task<ApiKey?> FindAsync(KeyHolder by, string id, CancellationToken cancellationToken) =>
        KeyRing.IsId(id) && await keys.FindAsync(id, cancellationToken) is { } key && by.Projects.Covers(key.Projects) ? key : null;

    /// <summary>Changes a key over the version that somebody has seen.</summary>
    public Task<KeyResult> ChangeAsync(
        KeyHolder by, string id, IfMatch match, KeyPatch patch, CancellationToken cancellationToken) =>
        WriteAsync(
            by, id, match, key => patch.Apply(key),
            async (_, changed, standing) => await keys.SaveAsync(changed!, standing, cancellationToken), cancellationToken);

    /// <summary>Revokes a key for good.</summary>
    public Task<KeyResult> RevokeAsync(KeyHolder by, string id, IfMatch match, CancellationToken cancellationToken) =>
        WriteAsync(
            by, id, match, _ => null,
            async (key, _, standing) => await keys.RevokeAsync(key, standing, cancellationToken) ? key : null, cancellationToken);

    /// <summary>Ends all sessions of a key.</summary>
    public async Task<bool> SignOutEverywhereAsync(KeyHolder by, string id, CancellationToken cancellationToken) =>
        await ManagesAsync(by, id, cancellationToken) && await ring.SignOutEverywhereAsync(id, cancellationToken);

    /// <summary>Whether somebody manages a key, the configured one included.</summary>
    public async Task<bool> ManagesAsync(KeyHolder by, string id, CancellationToken cancellationToken) =>
        id == KeyRing.ConfiguredId
            ? by.Projects.IsAll && ring.HasConfiguredKey
            : await FindAsync(by, id, cancellationToken) is not null;

    /// <summary>Takes a project that is gone from all keys; those that opened no other are revoked.</summary>
    public async Task ForgetAsync(ProjectId project, CancellationToken cancellationToken)
    {
        // One that cannot be read opens nothing; it stays among what is set aside.
        foreach (var listed in (await keys.ListAsync(cancellationToken)).Items.Where(key => IsLimitedTo(project, key)))
            await Contention.RunAsync($"Key {listed.Id}", () => ForgetAsync(listed.Id, project, cancellationToken), cancellationToken);
    }

    private async Task<bool> ForgetAsync(string id, ProjectId project, CancellationToken cancellationToken)
    {
        if (await keys.FindAsync(id, cancellationToken) is not { } key || !IsLimitedTo(project, key))
            return true;
        return key.Projects.Without(project) is { } left
            ? await keys.SaveAsync(key with { Projects = left }, null, cancellationToken) is not null
            : await keys.RevokeAsync(key, null, cancellationToken);
    }

    private static bool IsLimitedTo(ProjectId project, ApiKey key) => !key.Projects.IsAll && key.Projects.Contains(project);

    /// <param name="edit">What becomes of the key; null when it goes.</param>
    /// <param name="write">Writes the key, with what becomes of it, while another one stands; null when others wrote meanwhile.</param>
    private Task<KeyResult> WriteAsync(
        KeyHolder by, string id, IfMatch match, Func<ApiKey, ApiKey?> edit, Func<ApiKey, ApiKey?, ApiKey?, Task<ApiKey?>> write,
        CancellationToken cancellationToken) => Contention.GetAsync($"Key {id}", async () =>
        {
            if (await FindAsync(by, id, cancellationToken) is not { } key)
                return new KeyResult(KeyOutcome.NotFound);
            if (!match.Allows(key.Version))
                return new KeyResult(KeyOutcome.Stale);
            var changed = edit(key);
            ApiKey? standing = null;
            if (!ring.HasConfiguredKey && KeyRing.IsUnlimitedOwner(key) && !(changed is not null && KeyRing.IsUnlimitedOwner(changed)))
            {
                standing = await FindOtherOwnerAsync(key.Id, cancellationToken);
                if (standing is null)
                    return new KeyResult(KeyOutcome.LastOwner);
            }

            return await write(key, changed, standing) is { } written ? new KeyResult(KeyOutcome.Done, written) { Was = key } : null;
        }, cancellationToken);

    // Two owners who take each other away at once: each write needs the other to stand, so one of them is refused.
    private async Task<ApiKey?> FindOtherOwnerAsync(string id, CancellationToken cancellationToken) =>
        (await keys.ListAsync(cancellationToken)).Items.FirstOrDefault(other => other.Id != id && KeyRing.IsUnlimitedOwner(other));
}
