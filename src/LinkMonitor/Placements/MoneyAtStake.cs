using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements;

/// <summary>What is being paid for links that are lost, changed or were never there: the one place that says which links count, everywhere.</summary>
public static class MoneyAtStake
{
    /// <summary>
    /// By currency, in the order of their codes. Counted are links whose cost is known, whose term covers the day, and that are not as agreed by what is
    /// held of them: an unreachable page keeps what was held before, and a suspicion changes nothing. Whose fault it is does not matter
    /// here: money spent on a link to a broken target is at stake, too.
    /// </summary>
    /// <param name="today">The day in the project's time zone.</param>
    public static IReadOnlyList<Stake> Of(IEnumerable<WatchedLink> links, DateOnly today)
    {
        var tally = new StakeTally(today);
        foreach (var link in links)
            tally.Add(link);
        return tally.Sums;
    }

    /// <summary>Whether the link is paid for on that day and not as agreed.</summary>
    public static bool IsAtStake(WatchedLink link, DateOnly today) =>
        IsPaidOn(link, today)
        && (link.Status.BeforeUnreachable?.State ?? link.Status.State) is LinkState.Lost or LinkState.Changed or LinkState.NotFound;

    /// <summary>Whether the link's cost is known and its term covers that day.</summary>
    public static bool IsPaidOn(WatchedLink link, DateOnly today) =>
        link.Terms is { } terms && PlacementCost.Whole(terms) is not null && PlacementCost.Covers(terms, today);
}
