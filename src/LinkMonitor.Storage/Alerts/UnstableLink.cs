using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Alerts;

/// <summary>A link that changes back and forth, whose further changes are not told until it has kept a state for long enough.</summary>
public sealed record UnstableLink
{
    public required ProjectId ProjectId { get; init; }

    public required LinkId LinkId { get; init; }

    /// <summary>The change with which it became unstable.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The state that was told before its instability was.</summary>
    public required LinkState StateBefore { get; init; }

    /// <summary>The state of the last change that was told with its instability.</summary>
    public required LinkState StateTold { get; init; }

    /// <summary>When it may have settled: to be looked at then.</summary>
    public required DateTimeOffset SettlesAt { get; init; }
}
