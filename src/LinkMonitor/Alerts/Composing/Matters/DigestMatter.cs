using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>
/// What happened in a period, and how things stand. Of each list the caller may give only the most important entries, with the count of all.
/// </summary>
public sealed record DigestMatter : ProjectMatter
{
    public override AlertKind Kind => AlertKind.Digest;

    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the period, not included.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>How many links of the project are in each state at the end of the period; a state that is missing has none.</summary>
    public required IReadOnlyDictionary<LinkState, int> Totals { get; init; }

    /// <summary>How many of the links that are as expected the last check could not see.</summary>
    public int LiveNotSeen { get; init; }

    /// <summary>The period's changes in any order.</summary>
    public IReadOnlyList<LinkChange> Changes { get; init; } = [];

    public int ChangeCount { get; init; }

    /// <summary>Of all of the period's changes, how many led to each state; empty when <see cref="Changes"/> are all.</summary>
    public IReadOnlyDictionary<LinkState, int> ChangesTo { get; init; } = new Dictionary<LinkState, int>();

    /// <summary>Links that are still not as they should be, whenever that began, in any order.</summary>
    public IReadOnlyList<OpenLink> Open { get; init; } = [];

    public int OpenCount { get; init; }

    /// <summary>What the paid placements among all open links cost, by currency; empty when <see cref="Open"/> are all.</summary>
    public IReadOnlyList<StakeSum> OpenStakes { get; init; } = [];

    /// <summary>Links of which nothing is known now, in any order.</summary>
    public IReadOnlyList<UnverifiableLink> Unverifiable { get; init; } = [];

    public int UnverifiableCount { get; init; }

    /// <summary>Terms that end soon, and links that outlived theirs, in any order.</summary>
    public IReadOnlyList<TermsEvent> Terms { get; init; } = [];

    public int TermsCount { get; init; }

    /// <summary>How many links are muted: nothing is told of them at once.</summary>
    public int Muted { get; init; }

    /// <summary>The price of the paid placements among the links of this digest.</summary>
    public IReadOnlyDictionary<LinkId, Stake> Stakes { get; init; } = new Dictionary<LinkId, Stake>();

    /// <summary>When the next digest is due; null when there is none.</summary>
    public DateTimeOffset? Next { get; init; }
}
