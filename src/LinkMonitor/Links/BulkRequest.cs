using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api.Bodies;

namespace LinkMonitor.Links;

/// <summary>One thing to do with many links.</summary>
public sealed record BulkRequest : IRequestBody<BulkRequest>
{
    static JsonTypeInfo<BulkRequest> IRequestBody<BulkRequest>.Shape => LinkJson.Default.BulkRequest;

    /// <summary><c>check</c>, <c>mute</c>, <c>unmute</c> or <c>delete</c>; needed.</summary>
    public BulkAction? Action { get; init; }

    /// <summary>The ids of 1 to 1,000 links; needed.</summary>
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>For <c>mute</c>: when the muting ends by itself; absent for never.</summary>
    public DateTimeOffset? MutedUntil { get; init; }
}
