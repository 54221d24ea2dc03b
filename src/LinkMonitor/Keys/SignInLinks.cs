using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.Keys;

/// <summary>
/// One-time links that sign a person in without typing a key. Who has one is the person, once and for minutes; signing out everywhere and
/// revoking the key end it, too.
/// </summary>
public sealed class SignInLinks(ISignInStore store, KeyRing ring, PublicAddresses addresses, TimeProvider time)
{
    /// <summary>How long a link works unless it is said otherwise.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>The path before the token.</summary>
    public const string Path = "/sign-in/";

    // 256 bits.
    private const int TokenLength = 43;

    /// <summary>Makes a link for the holder of a key.</summary>
    /// <param name="keyId">As in <see cref="KeyHolder.Id"/>, the configured one included.</param>
    /// <returns>Null when there is no such key.</returns>
    public async Task<IssuedSignIn?> IssueAsync(string keyId, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (await ring.FindHolderAsync(keyId, isUse: false, cancellationToken) is not { Stamp: { } stamp })
            return null;
        var token = Base62.Random(TokenLength);
        var expiresAt = time.GetUtcNow() + lifetime;
        await store.AddAsync(
            new StoredSignIn { TokenHash = HashOf(token), KeyId = keyId, Stamp = stamp, ExpiresAt = expiresAt }, cancellationToken);
        return new IssuedSignIn(token, AddressOf(token), expiresAt);
    }

    /// <summary>A link for whoever starts the service: for the configured key, or for the oldest owner of all projects.</summary>
    /// <returns>Null when nobody may do everything.</returns>
    public async Task<IssuedSignIn?> IssueForStartAsync(CancellationToken cancellationToken) =>
        await ring.FindFirstOwnerAsync(cancellationToken) is { } keyId ? await IssueAsync(keyId, Lifetime, cancellationToken) : null;

    /// <summary>Whom a token would sign in; it stays good. Null when it is no good: mistyped, used, ended.</summary>
    public async Task<KeyHolder?> FindAsync(string token, CancellationToken cancellationToken) =>
        (await OpenAsync(token, cancellationToken))?.Holder;

    /// <summary>Uses a token up. Null when it is no good; of several callers at once one gets the holder.</summary>
    public async Task<KeyHolder?> RedeemAsync(string token, CancellationToken cancellationToken) =>
        await OpenAsync(token, cancellationToken) is { } opened && await store.UseUpAsync(opened.SignIn, cancellationToken)
            ? await ring.FindHolderAsync(opened.Holder.Id, cancellationToken)
            : null;

    private async Task<(StoredSignIn SignIn, KeyHolder Holder)?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        if (token is not { Length: TokenLength } || !token.All(Base62.IsDigit)
            || await store.FindAsync(HashOf(token), cancellationToken) is not { } signIn
            || signIn.ExpiresAt <= time.GetUtcNow()
            || await ring.FindHolderAsync(signIn.KeyId, isUse: false, cancellationToken) is not { } holder
            || holder.Stamp != signIn.Stamp)
            return null;
        return (signIn, holder);
    }

    // Relative where nobody has said how this installation is reached.
    private Uri AddressOf(string token) => addresses.BaseUrl is { } baseUrl
        ? new Uri(baseUrl.AbsoluteUri.TrimEnd('/') + Path + token)
        : new Uri(Path + token, UriKind.Relative);

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}

/// <summary>A one-time link as it is handed out.</summary>
/// <param name="Token">Shown once and never stored.</param>
/// <param name="Address">Absolute, or only the path where nobody has said how this installation is reached.</param>
public sealed record IssuedSignIn(string Token, Uri Address, DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"a sign-in until {ExpiresAt:O}";
}
