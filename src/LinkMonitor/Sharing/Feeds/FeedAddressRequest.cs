using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api.Bodies;

namespace LinkMonitor.Sharing.Feeds;

/// <summary>Which public address of the feed is wanted.</summary>
public sealed record FeedAddressRequest : IRequestBody<FeedAddressRequest>
{
    static JsonTypeInfo<FeedAddressRequest> IRequestBody<FeedAddressRequest>.Shape => FeedJson.Default.FeedAddressRequest;

    /// <summary>How long it works, 1 to 3,650 days; null for until it is revoked.</summary>
    public int? ValidDays { get; init; }
}
