namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>What some paid placements cost together.</summary>
/// <param name="Currency">ISO 4217, upper-case.</param>
/// <param name="PerMonth">Not negative.</param>
/// <param name="Count">Of the placements.</param>
public sealed record StakeSum(string Currency, decimal PerMonth, int Count)
{
    public StakeSum With(Stake stake) => this with { PerMonth = PerMonth + stake.PerMonth, Count = Count + 1 };
}
