using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Sharing;

/// <summary>Makes and opens public addresses.</summary>
public sealed class PublicAddresses(ISigningKeyStore keys, IOptions<SharingOptions> options, IServiceProvider services, TimeProvider time)
{
    /// <summary>How long a key that was raised or removed in storage is still believed.</summary>
    internal static readonly TimeSpan KeyAge = TimeSpan.FromMinutes(5);

    // An object, so that it is replaced at once: many threads read it.
    private KnownKey? _known;

    /// <summary>Where this installation is reached from outside; null when nobody has said.</summary>
    public Uri? BaseUrl => options.Value.PublicUrl ?? services.GetService<OwnAddress>()?.Url;

    /// <summary>The addresses to put into messages; <see cref="PublicLinks.None"/> without <see cref="BaseUrl"/>.</summary>
    /// <remarks>Also while the key cannot be read: a message without addresses is better than none.</remarks>
    public async ValueTask<PublicLinks> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return BaseUrl is { } baseUrl ? new PublicLinks(baseUrl, await SignerAsync(cancellationToken)) : PublicLinks.None;
        }
        catch (UnreadableRowException)
        {
            return PublicLinks.None;
        }
    }

    /// <summary>Makes tokens.</summary>
    public async ValueTask<Func<PublicThing, string>> SignerAsync(CancellationToken cancellationToken)
    {
        var key = await KeyAsync(cancellationToken);
        return thing => PublicToken.Write(thing, key);
    }

    /// <summary>What a token opens; null when it is no token of ours for this purpose.</summary>
    public async ValueTask<PublicThing?> OpenAsync(string token, PublicPurpose purpose, CancellationToken cancellationToken) =>
        PublicToken.Read(token, purpose, await KeyAsync(cancellationToken));

    private async ValueTask<SigningKey> KeyAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known is { } known && StoredTime.IsWithin(known.ReadAt, KeyAge, now))
            return known.Key;
        var key = await keys.GetAsync(cancellationToken);
        _known = new KnownKey(key, now);
        return key;
    }

    private sealed record KnownKey(SigningKey Key, DateTimeOffset ReadAt);
}
