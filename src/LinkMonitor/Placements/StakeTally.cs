using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements;

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
