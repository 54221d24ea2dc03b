namespace LinkMonitor.Placements;

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
