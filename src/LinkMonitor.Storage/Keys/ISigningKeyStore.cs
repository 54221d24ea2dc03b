namespace LinkMonitor.Storage.Keys;

/// <summary>The signing key in the <c>Keys</c> table.</summary>
public interface ISigningKeyStore
{
    /// <summary>The installation's key; made at the first call. Whoever calls at the same time gets the same.</summary>
    Task<SigningKey> GetAsync(CancellationToken cancellationToken);
}
