namespace LinkMonitor.Storage.Keys;

/// <summary>The key of the signing key's row in the <c>Keys</c> table; see docs/tables/keys.md.</summary>
internal static class SigningKeyKeys
{
    public const string Partition = "signing";
    public const string PublicAddresses = "public-addresses";
}
