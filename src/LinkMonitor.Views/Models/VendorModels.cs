namespace LinkMonitor.Views;

/// <summary>Vendors across projects.</summary>
/// <param name="Waiting">Projects whose links are still being read.</param>
public sealed record VendorsModel(
    Frame Frame, IReadOnlyList<VendorRow> Vendors, IReadOnlyList<TwiceLine> Twice, int TwiceCount, int Waiting);

/// <summary>A vendor in a list.</summary>
public sealed record VendorRow(string Path, string Name, int Projects, int Placements, int Live, int Wrong)
{
    /// <summary>Placements of which no check could tell.</summary>
    public int Untold => Placements - Live - Wrong;
}

/// <summary>One page and target that is paid for more than once.</summary>
public sealed record TwiceLine(string Page, string Target, IReadOnlyList<BoughtLine> Bought);

/// <summary>One of the links that are paid for the same.</summary>
/// <param name="Price">In words; null for none.</param>
public sealed record BoughtLine(string Path, string Project, string? Vendor, string? Price);

/// <summary>One vendor. Amounts and shares are in words.</summary>
public sealed record VendorDetailModel
{
    public required Frame Frame { get; init; }

    public required string Name { get; init; }

    public required string Share { get; init; }

    /// <summary>Placements of which no check could tell.</summary>
    public required int Untold { get; init; }

    /// <summary>How many of those as agreed have a fault of our own target only.</summary>
    public required int OwnFaults { get; init; }

    public required IReadOnlyList<PlacementLine> Placements { get; init; }

    public required int PlacementCount { get; init; }

    /// <summary>Quarter and amount.</summary>
    public required IReadOnlyList<(string Quarter, string Amount)> Spend { get; init; }

    /// <summary>Days, share, interval, and how many were watched that long.</summary>
    public required IReadOnlyList<(string Days, string Share, string Interval, string AtRisk)> Survival { get; init; }

    /// <summary>How many placements the survival rests on.</summary>
    public required int Counted { get; init; }

    /// <summary>Day, price, and how many placements.</summary>
    public required IReadOnlyList<(string Day, string Price, string Count)> Prices { get; init; }

    /// <summary>How many there are of what is shown in part.</summary>
    public required int SpendCount { get; init; }

    /// <inheritdoc cref="SpendCount"/>
    public required int PriceCount { get; init; }

    /// <inheritdoc cref="SpendCount"/>
    public required int CaseCount { get; init; }

    /// <inheritdoc cref="SpendCount"/>
    public required int TwiceCount { get; init; }

    public required IReadOnlyList<CaseOfVendor> Cases { get; init; }

    public required IReadOnlyList<TwiceLine> Twice { get; init; }

    public required int Waiting { get; init; }
}

/// <summary>An open case of a placement.</summary>
public sealed record CaseOfVendor(string Path, string Page, string Status, string Project);

/// <summary>A placement of a vendor.</summary>
public sealed record PlacementLine(string Path, string State, string Page, string Target, string Project, string Term, string Price);
