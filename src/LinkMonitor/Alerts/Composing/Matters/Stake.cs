namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>What a paid placement costs.</summary>
/// <param name="PerMonth">The month's share of the price, rounded to the currency's decimals; 0 for a price that is paid once and for all.</param>
/// <param name="Currency">ISO 4217, upper-case.</param>
/// <param name="Vendor">Who sold it; null when that is not known.</param>
public sealed record Stake(decimal PerMonth, string Currency, string? Vendor)
{
    /// <summary>The price as agreed, where it is not agreed by the month.</summary>
    public decimal? Whole { get; init; }

    /// <summary>The days that <see cref="Whole"/> pays for; null when it pays once and for all.</summary>
    public int? Days { get; init; }

    /// <summary>The last day that was paid for, where that is over.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>The first day that is paid for, where that is still to come.</summary>
    public DateOnly? BeginsOn { get; init; }
}
