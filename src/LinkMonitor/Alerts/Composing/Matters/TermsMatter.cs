using LinkMonitor.Storage.Alerts;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>Terms that end soon, and links that outlived theirs.</summary>
public sealed record TermsMatter : ProjectMatter
{
    public override AlertKind Kind => AlertKind.Terms;

    /// <summary>At least one, in any order.</summary>
    public required IReadOnlyList<TermsEvent> Events { get; init; }
}
