using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Links;

/// <summary>A page, a target and an expectation in one project, with the state we hold true.</summary>
public sealed record WatchedLink
{
    public required ProjectId ProjectId { get; init; }

    public required LinkId Id { get; init; }

    public required PageKey PageKey { get; init; }

    public required WebUrl Page { get; init; }

    public required Expectation Expectation { get; init; }

    /// <summary>At most 20, each 1 to 50 characters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The user's own words, at most 2,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>Nobody is told of its changes, which are kept all the same; see <see cref="IsMutedAt"/>.</summary>
    public bool Muted { get; init; }

    /// <summary>When the muting ends by itself; null for never. Means nothing unless <see cref="Muted"/>.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>What was agreed for a paid placement; null when nothing was.</summary>
    public Terms? Terms { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The trace of its registration, as a W3C <c>traceparent</c>; null when nobody recorded one.</summary>
    public string? Trace { get; init; }

    public required LinkStatus Status { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }

    public bool IsMutedAt(DateTimeOffset now) => Muted && (MutedUntil is not { } end || now < end);
}
