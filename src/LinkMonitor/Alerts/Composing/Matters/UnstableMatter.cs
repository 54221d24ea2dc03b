using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>A link that changes back and forth; its changes are held back from now on.</summary>
public sealed record UnstableMatter : ProjectMatter
{
    public override AlertKind Kind => AlertKind.Unstable;

    public required LinkName Link { get; init; }

    /// <summary>Its changes in the window, at least one, the oldest first; with very many the newest are enough.</summary>
    public required IReadOnlyList<LinkChange> Changes { get; init; }

    /// <summary>How many changes the window had; at least as many as are given.</summary>
    public required int Count { get; init; }

    /// <summary>The time in which they were counted.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>How long the link must keep one state before that is told.</summary>
    public required TimeSpan SettlesAfter { get; init; }

    /// <summary>Null when it is not known to cost anything.</summary>
    public Stake? Stake { get; init; }
}
