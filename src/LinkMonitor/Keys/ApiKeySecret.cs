using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.Keys;

/// <summary>
/// An API key as its holder knows it: <c>lm_</c>, 12 characters that identify it, 32 random ones, and a checksum of 6, so that a
/// mistyped key is distinguished from a revoked one and secret scanners find leaked ones without asking us.
/// </summary>
public sealed class ApiKeySecret
{
    public const string Prefix = "lm_";
    private const int IdLength = 12;
    private const int RandomLength = 32;
    private const int ChecksumLength = 6;
    private const int Length = 3 + IdLength + RandomLength + ChecksumLength;

    private ApiKeySecret(string text) => Text = text;

    /// <summary>The whole key. It is shown once and never stored.</summary>
    public string Text { get; }

    /// <summary>The part that may be stored and shown.</summary>
    public string Id => Text.Substring(Prefix.Length, IdLength);

    /// <summary>Base64 of the SHA-256 of <see cref="Text"/>.</summary>
    public string Hash => HashOf(Text);

    public static ApiKeySecret New()
    {
        var body = Prefix + Base62.Random(IdLength + RandomLength);
        return new ApiKeySecret(body + Checksum(body));
    }

    /// <summary>False when the text is no key at all: wrong prefix, length, characters or checksum.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ApiKeySecret? key)
    {
        key = null;
        if (text is null || text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        if (!text.AsSpan(Prefix.Length).ToString().All(Base62.IsDigit) || Checksum(text[..^ChecksumLength]) != text[^ChecksumLength..])
            return false;
        key = new ApiKeySecret(text);
        return true;
    }

    /// <summary>Compares in a time that does not show how much agrees.</summary>
    public static bool HashesAgree(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));

    public static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public override string ToString() => $"{Prefix}{Id}…";

    private static string Checksum(string body)
    {
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(body));
        return Base62.Write(BitConverter.ToUInt32(digest) & 0x7FFF_FFFF);
    }
}

/// <summary>Letters and digits only: such text is selected by one double click and needs no escaping anywhere.</summary>
internal static class Base62
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string Random(int length) => RandomNumberGenerator.GetString(Digits, length);

    public static bool IsDigit(char c) => char.IsAsciiLetterOrDigit(c);

    /// <summary>Six digits: enough for 32 bits.</summary>
    public static string Write(uint value)
    {
        Span<char> text = stackalloc char[6];
        for (var at = text.Length - 1; at >= 0; at--)
        {
            text[at] = Digits[(int)(value % 62)];
            value /= 62;
        }

        return new string(text);
    }
}

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
