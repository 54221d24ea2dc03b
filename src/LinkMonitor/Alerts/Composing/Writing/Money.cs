using System.Globalization;
using LinkMonitor.Alerts.Composing.Matters;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes what paid placements cost.</summary>
internal static class Money
{
    private const int MaxCurrency = 10;
    private const int MaxVendor = 100;

    /// <summary>
    /// The price as agreed, with the month's share of it: <c>EUR 120 per month</c>, <c>EUR 240 for 365 days, which is EUR 20.01 per month</c>, or
    /// <c>EUR 300 once and for all</c>.
    /// </summary>
    public static string Price(Stake stake) => stake switch
    {
        { Whole: { } whole, Days: { } days } =>
            $"{Amount(whole, stake.Currency)} for {LetterWords.Count(days, "day", "days")}, which is {PerMonth(stake.PerMonth, stake.Currency)}",
        { Whole: { } whole } => $"{Amount(whole, stake.Currency)} once and for all",
        _ => PerMonth(stake.PerMonth, stake.Currency),
    };

    /// <summary>For example <c>EUR 120 per month, from Example Media</c>, and that the term is not running where it is not.</summary>
    public static string Of(Stake stake) => Price(stake)
        + (stake.Vendor is { } vendor ? $", from {WebText.Short(vendor, MaxVendor)}" : "")
        + (stake.EndedOn is { } end ? $" (the term ended on {Day(end)})" : stake.BeginsOn is { } begin ? $" (the term begins on {Day(begin)})" : "");

    /// <summary>For a list: <c>EUR 20.01 a month</c>, or what is paid once.</summary>
    public static string Shortly(Stake stake) => stake is { Whole: { } whole, Days: null }
        ? $"{Amount(whole, stake.Currency)} once"
        : $"{Amount(stake.PerMonth, stake.Currency)} a month";

    /// <summary>The sums by currency, the largest first; null for nothing.</summary>
    public static string? Sum(IReadOnlyList<StakeSum> byCurrency)
    {
        if (byCurrency.Count == 0)
            return null;
        var sums = byCurrency
            .OrderByDescending(entry => entry.PerMonth)
            .ThenBy(entry => entry.Currency, StringComparer.Ordinal)
            .SelectMany(entry => Parts(entry))
            .ToList();
        var count = LetterWords.Count(byCurrency.Sum(entry => entry.Count), "paid placement", "paid placements");
        return $"{LetterWords.Join(sums)} for {count}.";
    }

    private static IEnumerable<string> Parts(StakeSum sum)
    {
        if (sum.PerMonth > 0 || sum.OneOff == 0)
            yield return PerMonth(sum.PerMonth, sum.Currency);
        if (sum.OneOff > 0)
            yield return $"{Amount(sum.OneOff, sum.Currency)} paid once";
    }

    private static string PerMonth(decimal amount, string currency) => $"{Amount(amount, currency)} per month";

    // As many decimals as the amount was rounded to, which is what its currency has.
    private static string Amount(decimal amount, string currency) => string.Create(CultureInfo.InvariantCulture,
        $"{WebText.Short(currency, MaxCurrency)} {amount.ToString(decimal.Truncate(amount) == amount ? "#,0" : "#,0.00#", CultureInfo.InvariantCulture)}");

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
