namespace LinkMonitor.Sharing.Feeds;

/// <summary>A public address of the feed.</summary>
/// <param name="ExpiresAt">Null when it works until it is revoked.</param>
public sealed record FeedAddressView(Uri Url, DateTimeOffset? ExpiresAt);
