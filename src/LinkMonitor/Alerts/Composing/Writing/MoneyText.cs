using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Writes what paid placements cost.</summary>
internal static class MoneyText
{
    private const int MaxCurrency = 10;
    private const int MaxVendor = 100;

    /// <summary>
    /// The price as agreed, with the month's share of it: <c>EUR 120 per month</c>, <c>EUR 240 for 365 days, which is EUR 20.01 per
    /// month</c>, or
    /// <c>EUR 300 once and for all</c>.
    /// </summary>
    public static string Price(LinkCost stake, Language say) => stake switch
    {
        { Whole: { } whole, Days: { } days } => say.Text(
            "{price} for {days}, which is {share}",
            ("price", Amount(whole, stake.Currency, say)), ("days", LetterWords.Days(days, say)),
            ("share", PerMonth(stake.PerMonth, stake.Currency, say))),
        { Whole: { } whole } => say.Text("{price} as a one-off", ("price", Amount(whole, stake.Currency, say))),
        _ => PerMonth(stake.PerMonth, stake.Currency, say),
    };

    /// <summary>For example <c>EUR 120 per month, from Example Media</c>, and that the term is not running where it is not.</summary>
    public static string Of(LinkCost stake, Language say)
    {
        var price = Price(stake, say);
        if (stake.Vendor is { } vendor)
            price = say.Text("{price}, from {vendor}", ("price", price), ("vendor", WebText.Short(vendor, MaxVendor)));
        if (stake.EndedOn is { } end)
            return say.Text("{price} (the term ended on {day})", ("price", price), ("day", Day(end, say)));
        return stake.BeginsOn is { } begin
            ? say.Text("{price} (the term begins on {day})", ("price", price), ("day", Day(begin, say)))
            : price;
    }

    /// <summary>
    /// For a list: <c>EUR 20.01 per month</c>, or what is paid once; of a term that is not running only that, as nothing is at stake.
    /// </summary>
    public static string Shortly(LinkCost stake, Language say) => stake switch
    {
        { EndedOn: not null } => say.Text("term ended"),
        { BeginsOn: not null } => say.Text("term not begun"),
        { Whole: { } whole, Days: null } => say.Text("{price} once", ("price", Amount(whole, stake.Currency, say))),
        _ => PerMonth(stake.PerMonth, stake.Currency, say),
    };

    /// <summary>The sums by currency, the largest first; null for nothing.</summary>
    public static string? Sum(IReadOnlyList<CostSum> byCurrency, Language say)
    {
        if (byCurrency.Count == 0)
            return null;
        var sums = byCurrency
            .OrderByDescending(entry => entry.PerMonth)
            .ThenBy(entry => entry.Currency, StringComparer.Ordinal)
            .SelectMany(entry => Parts(entry, say))
            .ToList();
        return say.Count(
            byCurrency.Sum(entry => entry.Count),
            "{sums} for {count} paid placement.",
            "{sums} for {count} paid placements.",
            ("sums", say.Join(sums)));
    }

    private static IEnumerable<string> Parts(CostSum sum, Language say)
    {
        if (sum.PerMonth > 0 || sum.OneOff == 0)
            yield return PerMonth(sum.PerMonth, sum.Currency, say);
        if (sum.OneOff > 0)
            yield return say.Text("{price} paid once", ("price", Amount(sum.OneOff, sum.Currency, say)));
    }

    private static string PerMonth(decimal amount, string currency, Language say) =>
        say.Text("{price} per month", ("price", Amount(amount, currency, say)));

    // As many decimals as the amount was rounded to, which is what its currency has.
    private static string Amount(decimal amount, string currency, Language say) => say.Text(
        "{currency} {amount}",
        ("currency", WebText.Short(currency, MaxCurrency)),
        ("amount", amount.ToString(decimal.Truncate(amount) == amount ? "#,0" : "#,0.00#", say.Manner)));

    private static string Day(DateOnly day, Language say) => day.ToString(say.Text("d MMM yyyy"), say.Manner);
}
