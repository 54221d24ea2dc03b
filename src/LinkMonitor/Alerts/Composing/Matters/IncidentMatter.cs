using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>Changes with one cause.</summary>
public sealed record IncidentMatter : ProjectMatter
{
    public override AlertKind Kind => AlertKind.Incident;

    /// <summary>With at least one change.</summary>
    public required Incident Incident { get; init; }

    /// <summary>The price of the paid placements among the links; a link that is not in it is not known to cost anything.</summary>
    public IReadOnlyDictionary<LinkId, Stake> Stakes { get; init; } = new Dictionary<LinkId, Stake>();

    /// <summary>What is paid today for those of the links that are not as agreed, by currency.</summary>
    public IReadOnlyList<StakeSum> AtStake { get; init; } = [];

    /// <summary>Where a message to the page's owner stands ready written, for the links that have one: absolute http or https URLs.</summary>
    public IReadOnlyDictionary<LinkId, Uri> Drafts { get; init; } = new Dictionary<LinkId, Uri>();
}
