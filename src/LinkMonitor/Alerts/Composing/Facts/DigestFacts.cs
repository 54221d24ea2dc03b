using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing.Facts;

/// <summary>
/// What happened in a period, and how things stand. Of each list the caller may give only the most important entries, with the count of
/// all.
/// </summary>
public sealed record DigestFacts : ProjectFacts
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
    public IReadOnlyList<DeviatingLink> Open { get; init; } = [];

    public int OpenCount { get; init; }

    /// <summary>What the paid placements among all open links cost, by currency; empty when <see cref="Open"/> are all.</summary>
    public IReadOnlyList<CostSum> OpenStakes { get; init; } = [];

    /// <summary>Links of which nothing is known now, in any order.</summary>
    public IReadOnlyList<UnverifiableLink> Unverifiable { get; init; } = [];

    public int UnverifiableCount { get; init; }

    /// <summary>Terms that end soon, and links that outlived theirs, in any order.</summary>
    public IReadOnlyList<DueTerm> Terms { get; init; } = [];

    public int TermsCount { get; init; }

    /// <summary>How many links are muted: nothing is reported of them at once.</summary>
    public int Muted { get; init; }

    /// <summary>How many links are in none of the counts and lists, because their rows cannot be read.</summary>
    public int UnreadableLinks { get; init; }

    /// <summary>How many of the period's changes are left out, because their rows cannot be read.</summary>
    public int UnreadableChanges { get; init; }

    /// <summary>The price of the paid placements among the links of this digest.</summary>
    public IReadOnlyDictionary<LinkId, LinkCost> Stakes { get; init; } = new Dictionary<LinkId, LinkCost>();

    /// <summary>When the next digest is due; null when there is none.</summary>
    public DateTimeOffset? Next { get; init; }
}

/// <summary>Which link is meant.</summary>
public sealed record LinkName(LinkId Id, WebUrl Page, WebUrl Target)
{
    public static LinkName Of(LinkChange change) => new(change.LinkId, change.Page, change.Target);

    public static LinkName Of(WatchedLink link) => new(link.Id, link.Page, link.Expectation.Target);
}

/// <summary>A link that is not as it should be.</summary>
/// <param name="Since">The first observation that said so.</param>
public sealed record DeviatingLink(LinkName Link, LinkState State, IReadOnlyList<Reason> Reasons, DateTimeOffset Since);

/// <summary>What a paid placement costs.</summary>
/// <param name="PerMonth">
/// The month's share of the price, rounded to the currency's decimals; 0 for a price that is paid once and for all.
/// </param>
/// <param name="Currency">ISO 4217, upper-case.</param>
/// <param name="Vendor">Who sold it; null when that is not known.</param>
public sealed record LinkCost(decimal PerMonth, string Currency, string? Vendor)
{
    /// <summary>The price as agreed, where it is not agreed by the month.</summary>
    public decimal? Whole { get; init; }

    /// <summary>The days that <see cref="Whole"/> pays for; null when it pays once and for all.</summary>
    public int? Days { get; init; }

    /// <summary>The last day that was paid for, where that is over.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>The first day that is paid for, where that is still to come.</summary>
    public DateOnly? BeginsOn { get; init; }
}

/// <summary>What some paid placements cost together.</summary>
/// <param name="Currency">ISO 4217, upper-case.</param>
/// <param name="PerMonth">Not negative.</param>
/// <param name="Count">Of the placements.</param>
public sealed record CostSum(string Currency, decimal PerMonth, int Count)
{
    /// <summary>Of those that were paid once and for all; not negative.</summary>
    public decimal OneOff { get; init; }

    /// <summary>By currency.</summary>
    public static IReadOnlyList<CostSum> Of(IEnumerable<LinkCost> stakes) =>
    [
        .. stakes.GroupBy(stake => stake.Currency, StringComparer.Ordinal)
        .Select(group => new CostSum(group.Key, group.Sum(stake => stake.PerMonth), group.Count())
        {
            OneOff = group.Where(stake => stake.Days is null).Sum(stake => stake.Whole ?? 0),
        }),
    ];
}

/// <summary>A date of a paid placement that somebody should act on.</summary>
public sealed record DueTerm
{
    public required LinkName Link { get; init; }

    /// <summary>What is true of the link now: a live link whose terms have ended is reported otherwise than a lost one.</summary>
    public required LinkState State { get; init; }

    /// <summary>The last day that is paid for, in the project's time zone.</summary>
    public required DateOnly End { get; init; }

    /// <summary>Whole days from today to <see cref="End"/>: 0 on the last day, negative after it.</summary>
    public required int DaysLeft { get; init; }

    /// <summary>Who sold it; null when that is not known.</summary>
    public string? Vendor { get; init; }

    /// <summary>Whom to write to; null when that is not known.</summary>
    public string? Contact { get; init; }

    /// <summary>What it costs; null when that is not known.</summary>
    public LinkCost? Stake { get; init; }
}

/// <summary>A link whose page our checks cannot read.</summary>
/// <param name="Why">What keeps us from it.</param>
/// <param name="LastSeen">The last check that saw the link; null when none did.</param>
public sealed record UnverifiableLink(LinkName Link, ReasonCode Why, DateTimeOffset? LastSeen);
