namespace LinkMonitor.Storage.Keys;

/// <summary>What public addresses are signed with.</summary>
/// <param name="Version">1 at first; tokens of another version are worth nothing, so raising it revokes them all.</param>
/// <param name="Secret">32 random bytes.</param>
/// <param name="DatedSince">Since when tokens say when they end: those that do not are older. Null when none of those counts.</param>
public sealed record SigningKey(int Version, ReadOnlyMemory<byte> Secret, DateTimeOffset? DatedSince = null);
