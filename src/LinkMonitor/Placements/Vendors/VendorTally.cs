using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements.Vendors;

/// <summary>Counts a vendor's links one by one; none of them is kept.</summary>
internal sealed class VendorTally(string name)
{
    public static readonly IReadOnlyList<int> Horizons = [30, 90, 180, 365];

    private readonly Dictionary<SurvivalOutcome, int>[] _outcomes = [.. Horizons.Select(_ => new Dictionary<SurvivalOutcome, int>())];
    private readonly SortedDictionary<string, VendorMoney> _money = new(StringComparer.Ordinal);
    private int _links;

    /// <param name="today">In UTC, for the day log.</param>
    /// <param name="here">In the project's time zone, for the terms.</param>
    public void Add(WatchedLink link, DateOnly today, DateOnly here)
    {
        _links++;
        foreach (var (counts, days) in _outcomes.Zip(Horizons))
        {
            var outcome = Survival.At(link, days, today);
            counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
        }

        if (MoneyAtStake.IsPaidOn(link, here) && link.Terms is { } terms && PlacementCost.Whole(terms) is { } cost)
            _money[cost.Currency] = Paid(_money.GetValueOrDefault(cost.Currency), cost.Currency, terms, MoneyAtStake.IsAtStake(link, here));
    }

    public VendorRecord ToRecord() => new()
    {
        Vendor = name,
        Links = _links,
        Survival = [.. _outcomes.Zip(Horizons, (counts, days) => SurvivalRow.Of(days, counts))],
        Money = [.. _money.Values.Select(Round)],
    };

    private static VendorMoney Paid(VendorMoney? before, string currency, Terms terms, bool isAtStake)
    {
        var perMonth = PlacementCost.PerMonth(terms)?.Amount ?? 0;
        var oneOff = PlacementCost.OneOff(terms)?.Amount ?? 0;
        return new VendorMoney
        {
            Currency = currency,
            Links = (before?.Links ?? 0) + 1,
            PerMonth = (before?.PerMonth ?? 0) + perMonth,
            OneOff = (before?.OneOff ?? 0) + oneOff,
            PerMonthAtStake = (before?.PerMonthAtStake ?? 0) + (isAtStake ? perMonth : 0),
            OneOffAtStake = (before?.OneOffAtStake ?? 0) + (isAtStake ? oneOff : 0),
        };
    }

    private static VendorMoney Round(VendorMoney money)
    {
        decimal Rounded(decimal amount) => new Money(money.Currency, amount).Rounded().Amount;
        return money with
        {
            PerMonth = Rounded(money.PerMonth),
            OneOff = Rounded(money.OneOff),
            PerMonthAtStake = Rounded(money.PerMonthAtStake),
            OneOffAtStake = Rounded(money.OneOffAtStake),
        };
    }
}
