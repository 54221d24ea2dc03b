using System.Globalization;
using LinkMonitor.Alerts.Composing.Matters;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes what paid placements cost.</summary>
internal static class Money
{
    private const int MaxCurrency = 10;
    private const int MaxVendor = 100;

    /// <summary>For example <c>EUR 120 per month</c>.</summary>
    public static string PerMonth(decimal amount, string currency) => $"{Amount(amount, currency)} per month";

    /// <summary>For example <c>EUR 120 per month, from Example Media</c>.</summary>
    public static string Of(Stake stake) =>
        PerMonth(stake.PerMonth, stake.Currency) + (stake.Vendor is { } vendor ? $", from {WebText.Short(vendor, MaxVendor)}" : "");

    /// <summary>The sum by currency, the largest first; null for nothing.</summary>
    public static string? Sum(IReadOnlyCollection<Stake> stakes) => Sum([
        .. stakes.GroupBy(stake => stake.Currency, StringComparer.Ordinal)
            .Select(group => new StakeSum(group.Key, group.Sum(stake => stake.PerMonth), group.Count())),
    ]);

    /// <inheritdoc cref="Sum(IReadOnlyCollection{Stake})"/>
    public static string? Sum(IReadOnlyList<StakeSum> byCurrency)
    {
        if (byCurrency.Count == 0)
            return null;
        var sums = byCurrency
            .OrderByDescending(entry => entry.PerMonth)
            .ThenBy(entry => entry.Currency, StringComparer.Ordinal)
            .Select(entry => Amount(entry.PerMonth, entry.Currency))
            .ToList();
        var count = LetterWords.Count(byCurrency.Sum(entry => entry.Count), "paid placement", "paid placements");
        return $"{LetterWords.Join(sums)} per month for {count}.";
    }

    private static string Amount(decimal amount, string currency) => string.Create(CultureInfo.InvariantCulture,
        $"{WebText.Short(currency, MaxCurrency)} {(decimal.Truncate(amount) == amount ? amount.ToString("N0", CultureInfo.InvariantCulture) : amount.ToString("N2", CultureInfo.InvariantCulture))}");
}
