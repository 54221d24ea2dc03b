namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>What some paid placements cost together.</summary>
/// <param name="Currency">ISO 4217, upper-case.</param>
/// <param name="PerMonth">Not negative.</param>
/// <param name="Count">Of the placements.</param>
public sealed record StakeSum(string Currency, decimal PerMonth, int Count)
{
    /// <summary>Of those that were paid once and for all; not negative.</summary>
    public decimal OneOff { get; init; }

    /// <summary>By currency.</summary>
    public static IReadOnlyList<StakeSum> Of(IEnumerable<Stake> stakes) =>
    [
        .. stakes.GroupBy(stake => stake.Currency, StringComparer.Ordinal).Select(group => new StakeSum(group.Key, group.Sum(stake => stake.PerMonth), group.Count())
        {
            OneOff = group.Where(stake => stake.Days is null).Sum(stake => stake.Whole ?? 0),
        }),
    ];
}
