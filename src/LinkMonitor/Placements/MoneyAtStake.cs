using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements;

/// <summary>
/// What is being paid for links that are lost, changed or were never there: the one place that says which links count, everywhere.
/// </summary>
public static class MoneyAtStake
{
    /// <summary>
    /// By currency, in the order of their codes. Counted are links whose cost is known, whose term covers the day, and that are not as
    /// agreed by what is held of them: an unreachable page keeps what was held before, and a suspicion changes nothing. Whose fault it is
    /// does not matter here: money spent on a link to a broken target is at stake, too.
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

/// <summary>What is paid in one currency for links that are not as agreed.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Links">How many links are counted, each in one currency.</param>
/// <param name="PerMonth">Of those with a rate, for 30.4375 days, rounded to the currency's decimals.</param>
/// <param name="OneOff">Of those that were paid once and for all, rounded likewise.</param>
public sealed record Stake(string Currency, int Links, decimal PerMonth, decimal OneOff)
{
    internal Stake Rounded() => this with { PerMonth = Round(PerMonth), OneOff = Round(OneOff) };

    private decimal Round(decimal amount) => new Money(Currency, amount).Rounded().Amount;
}

/// <summary>Adds up what is at stake by <see cref="MoneyAtStake.IsAtStake"/>, one link after the other.</summary>
/// <param name="today">The day in the project's time zone.</param>
internal sealed class StakeTally(DateOnly today)
{
    private readonly SortedDictionary<string, Stake> _sums = new(StringComparer.Ordinal);

    /// <summary>By currency, in the order of their codes; amounts are rounded once, after they are added up.</summary>
    public IReadOnlyList<Stake> Sums => [.. _sums.Values.Select(sum => sum.Rounded())];

    /// <summary>Counts a link, if it is at stake.</summary>
    public void Add(WatchedLink link)
    {
        if (!MoneyAtStake.IsAtStake(link, today))
            return;
        var terms = link.Terms!;
        var currency = PlacementCost.Whole(terms)!.Currency;
        var sum = _sums.GetValueOrDefault(currency) ?? new Stake(currency, 0, 0, 0);
        _sums[currency] = sum with
        {
            Links = sum.Links + 1,
            PerMonth = sum.PerMonth + (PlacementCost.PerMonth(terms)?.Amount ?? 0),
            OneOff = sum.OneOff + (PlacementCost.OneOff(terms)?.Amount ?? 0),
        };
    }
}
