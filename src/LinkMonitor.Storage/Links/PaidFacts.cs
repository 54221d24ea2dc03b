namespace LinkMonitor.Storage.Links;

/// <summary>What filters need of the terms of a paid placement.</summary>
/// <param name="Vendor">As it is written; null for none.</param>
/// <param name="VendorKey">As people compare it, see <see cref="VendorName.Key"/>; empty for none.</param>
/// <param name="Starts">A day number, 0 for none.</param>
/// <param name="Ends">A day number, 0 for none.</param>
public sealed record PaidFacts(string? Vendor, string VendorKey, decimal? Cost, string? Currency, int Starts, int Ends)
{
    /// <summary>What the cost pays for.</summary>
    public CostPeriod CostPeriod { get; init; }

    public static PaidFacts Of(Terms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new PaidFacts(
            terms.Vendor, VendorName.Key(terms.Vendor), terms.Cost, terms.Currency, terms.Start?.DayNumber ?? 0, terms.End?.DayNumber ?? 0)
        {
            CostPeriod = terms.CostPeriod,
        };
    }
}

/// <summary>What a link is called by: one object for all links that are called so.</summary>
/// <param name="Type">The key of the type; null for none.</param>
internal sealed record LinkLabels(string? Type, IReadOnlyList<string> Tags)
{
    /// <summary>Null for no labels at all.</summary>
    public static LinkLabels? Of(string? type, IReadOnlyList<string> tags) =>
        type is null && tags.Count == 0 ? null : new LinkLabels(type, tags);
}
