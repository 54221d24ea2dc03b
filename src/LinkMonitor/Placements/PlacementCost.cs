using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements;

/// <summary>What a placement costs, by its terms.</summary>
public static class PlacementCost
{
    /// <summary>A month is a twelfth of a year of 365.25 days, so that every month costs the same.</summary>
    public const decimal DaysPerMonth = 30.4375m;

    /// <summary>
    /// The cost of 30.4375 days. Null without a cost, and for a cost that pays once and for all: that has no rate.
    /// </summary>
    public static Money? PerMonth(Terms terms) => terms switch
    {
        { CostPeriod: CostPeriod.Month } => Whole(terms),
        _ when PerDay(terms) is { } day => day with { Amount = day.Amount * DaysPerMonth },
        _ => null,
    };

    /// <summary>The cost of a day; null as for <see cref="PerMonth"/>.</summary>
    public static Money? PerDay(Terms terms) => (terms.CostPeriod, Whole(terms), Days(terms)) switch
    {
        (CostPeriod.Month, { } cost, _) => cost with { Amount = cost.Amount / DaysPerMonth },
        (CostPeriod.Term, { } cost, { } days) => cost with { Amount = cost.Amount / days },
        _ => null,
    };

    /// <summary>A cost that pays once and for all: for the term, and the term has no end.</summary>
    public static Money? OneOff(Terms terms) => terms is { CostPeriod: CostPeriod.Term, End: null } ? Whole(terms) : null;

    /// <summary>The cost as agreed, whatever it pays for.</summary>
    public static Money? Whole(Terms terms) => terms is { Cost: { } cost, Currency: { } currency } ? new Money(currency, cost) : null;

    /// <summary>From start to end, both included; null unless both are known.</summary>
    public static int? Days(Terms terms) => terms is { Start: { } start, End: { } end } ? end.DayNumber - start.DayNumber + 1 : null;

    /// <summary>Whether a day is paid for: not before the start, not after the end.</summary>
    public static bool Covers(Terms terms, DateOnly day) => !(day < terms.Start) && !(day > terms.End);
}

/// <summary>
/// The currencies of ISO 4217 that are in use, with their decimals. A table of our own: what a system's ICU knows depends on its version.
/// Source: list one of the ISO 4217 maintenance agency,
/// https://www.six-group.com/en/products-services/financial-information/data-standards.html, without funds, metals, bond units and test
/// codes.
/// </summary>
internal static class Currencies
{
    private const int Usual = 2;

    private const string WithoutDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";

    private const string WithThree = "BHD IQD JOD KWD LYD OMR TND";

    private const string WithTwo =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK "
        + "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT "
        + "LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN "
        + "QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS "
        + "VED VES WST XCD XCG YER ZAR ZMW ZWG";

    private static readonly FrozenDictionary<string, int> ByCode = Entries(WithoutDecimals, 0)
        .Concat(Entries(WithTwo, Usual))
        .Concat(Entries(WithThree, 3))
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> All => ByCode.Keys;

    /// <summary>How many decimals a currency has, 0 to 3; null when there is no such currency.</summary>
    /// <param name="code">Three upper-case letters.</param>
    public static int? Decimals(string code) => ByCode.TryGetValue(code, out var decimals) ? decimals : null;

    private static IEnumerable<KeyValuePair<string, int>> Entries(string codes, int decimals) =>
        codes.Split(' ').Select(code => KeyValuePair.Create(code, decimals));
}

/// <summary>An amount of one currency. Different currencies are never added.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">Not rounded until it is shown.</param>
public sealed record Money(string Currency, decimal Amount)
{
    /// <summary>Rounded to the currency's decimals, halves away from zero, as invoices do.</summary>
    public Money Rounded() => this with { Amount = decimal.Round(Amount, Decimals, MidpointRounding.AwayFromZero) };

    /// <summary>For example <c>1,234.50 EUR</c>: rounded, and the same in every culture.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture, $"{Rounded().Amount.ToString($"N{Decimals}", CultureInfo.InvariantCulture)} {Currency}");

    /// <summary>With what it pays for, for example <c>120.00 EUR a month</c>; of a whole term the amount alone.</summary>
    public string For(CostPeriod period) => period == CostPeriod.Month ? $"{this} a month" : ToString();

    /// <summary>Sums by currency, in the order of their codes.</summary>
    public static IReadOnlyList<Money> Sum(IEnumerable<Money> amounts) =>
    [
        .. amounts.GroupBy(money => money.Currency, StringComparer.Ordinal)
            .OrderBy(currency => currency.Key, StringComparer.Ordinal)
            .Select(currency => new Money(currency.Key, currency.Sum(money => money.Amount))),
    ];

    private int Decimals => Currencies.Decimals(Currency) ?? 2;
}

/// <summary>What is reported of paid placements, and when.</summary>
public sealed class PlacementOptions
{
    public const string Section = "LinkMonitor:Placements";

    /// <summary>
    /// How many days before the end of a term people are reminded: 1 to 5 numbers of 1 to 365 with commas between. 7,2 by default.
    /// </summary>
    [Required]
    [RegularExpression(
        @"^\s*([1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-5])\s*(,\s*([1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-5])\s*){0,4}$",
        ErrorMessage = "1 to 5 numbers from 1 to 365, separated by commas, for example 7,2.")]
    public string ReminderDays { get; set; } = "7,2";

    /// <summary><see cref="ReminderDays"/> as numbers.</summary>
    public IReadOnlyList<int> RemindBefore =>
        [.. ReminderDays.Split(',').Select(days => int.Parse(days, NumberStyles.Integer, CultureInfo.InvariantCulture)).Distinct()];
}

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
