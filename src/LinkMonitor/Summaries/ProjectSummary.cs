using LinkMonitor.Alerts.Listing;
using LinkMonitor.Links;
using LinkMonitor.Placements;

namespace LinkMonitor.Summaries;

/// <summary>How a project's links are, on one screen.</summary>
public sealed record ProjectSummary
{
    public required string ProjectId { get; init; }

    public required string Name { get; init; }

    /// <summary>When this was read.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Of all links.</summary>
    public required LinkCounts Links { get; init; }

    /// <summary>How many links have a finding that waits for its confirmation.</summary>
    public required int Suspected { get; init; }

    /// <summary>How many links nobody is told of now.</summary>
    public required int Muted { get; init; }

    /// <summary>What is paid today for links that are not as agreed, by currency; see <see cref="MoneyAtStake"/>.</summary>
    public required IReadOnlyList<Stake> AtStake { get; init; }

    /// <summary>The last check of any link; null before the first.</summary>
    public required DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>
    /// When the first of the links wants its next check, not before <see cref="AsOf"/>; null without links. The pace of a host may delay it.
    /// </summary>
    public required DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>The newest alert, sent or still being sent; null when nothing was told yet.</summary>
    public required AlertView? LastAlert { get; init; }
}
