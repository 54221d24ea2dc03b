namespace LinkMonitor.Placements.Vendors;

/// <summary>One vendor of a project.</summary>
public sealed record VendorRecord
{
    /// <summary>As first met; other spellings that differ in case and spaces only are the same vendor.</summary>
    public required string Vendor { get; init; }

    /// <summary>Links whose terms name the vendor and that are still watched.</summary>
    public required int Links { get; init; }

    public required IReadOnlyList<SurvivalRow> Survival { get; init; }

    /// <summary>By currency; currencies are never added.</summary>
    public required IReadOnlyList<VendorMoney> Money { get; init; }
}
