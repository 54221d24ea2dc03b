using LinkMonitor.Storage.Keys;

namespace LinkMonitor.Testing;

/// <summary>A signing key that is not in any storage.</summary>
public sealed class FixedSigningKey(int version = 1) : ISigningKeyStore
{
    public int Version { get; set; } = version;

    public byte[] Secret { get; init; } = [.. Enumerable.Range(0, 32).Select(n => (byte)n)];

    public Task<SigningKey> GetAsync(CancellationToken cancellationToken) => Task.FromResult(new SigningKey(Version, Secret));
}
