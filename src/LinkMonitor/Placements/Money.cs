using System.Globalization;

namespace LinkMonitor.Placements;

/// <summary>An amount of one currency. Different currencies are never added.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">Not rounded until it is shown.</param>
public sealed record Money(string Currency, decimal Amount)
{
    /// <summary>Rounded to the currency's decimals, halves away from zero, as invoices do.</summary>
    public Money Rounded() => this with { Amount = decimal.Round(Amount, Decimals, MidpointRounding.AwayFromZero) };

    /// <summary>For example <c>1,234.50 EUR</c>: rounded, and the same in every culture.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Rounded().Amount.ToString($"N{Decimals}", CultureInfo.InvariantCulture)} {Currency}");

    /// <summary>Sums by currency, in the order of their codes.</summary>
    public static IReadOnlyList<Money> Sum(IEnumerable<Money> amounts) =>
    [
        .. amounts.GroupBy(money => money.Currency, StringComparer.Ordinal)
            .OrderBy(currency => currency.Key, StringComparer.Ordinal)
            .Select(currency => new Money(currency.Key, currency.Sum(money => money.Amount))),
    ];

    private int Decimals => Currencies.Decimals(Currency) ?? 2;
}
