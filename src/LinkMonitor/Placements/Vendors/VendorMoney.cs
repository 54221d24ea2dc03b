namespace LinkMonitor.Placements.Vendors;

/// <summary>What a vendor is paid in one currency for links whose term covers today.</summary>
public sealed record VendorMoney
{
    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Links with a cost in this currency.</summary>
    public required int Links { get; init; }

    /// <summary>For 30.4375 days, of those with a rate.</summary>
    public required decimal PerMonth { get; init; }

    /// <summary>Of those that were paid once and for all.</summary>
    public required decimal OneOff { get; init; }

    /// <summary>The part of <see cref="PerMonth"/> for links that are lost, changed or were never there.</summary>
    public required decimal PerMonthAtStake { get; init; }

    /// <summary>The part of <see cref="OneOff"/> for such links.</summary>
    public required decimal OneOffAtStake { get; init; }
}
