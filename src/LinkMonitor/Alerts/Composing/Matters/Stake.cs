namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>What a paid placement costs.</summary>
/// <param name="PerMonth">Not negative, as agreed or spread over the term.</param>
/// <param name="Currency">ISO 4217, upper-case.</param>
/// <param name="Vendor">Who sold it; null when that is not known.</param>
public sealed record Stake(decimal PerMonth, string Currency, string? Vendor);
