using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>A link that was unstable and has kept its state for long enough.</summary>
public sealed record SettledMatter : ProjectMatter
{
    public override AlertKind Kind => AlertKind.Settled;

    /// <summary>The last change, which stands.</summary>
    public required LinkChange Change { get; init; }

    /// <summary>How long it has stood.</summary>
    public required TimeSpan For { get; init; }

    /// <summary>How many changes were held back while the link was unstable.</summary>
    public required int HeldBack { get; init; }

    /// <summary>Null when it is not known to cost anything.</summary>
    public Stake? Stake { get; init; }
}
