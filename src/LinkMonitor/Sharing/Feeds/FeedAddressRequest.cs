namespace LinkMonitor.Sharing.Feeds;

/// <summary>Which public address of the feed is wanted.</summary>
/// <param name="ValidDays">How long it works, 1 to 3,650 days; null for until it is revoked.</param>
public sealed record FeedAddressRequest(int? ValidDays = null);
