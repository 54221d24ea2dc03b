using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

/// <summary>What may be edited of a link's terms, as given in a request. A part that is null was not given.</summary>
internal sealed record TermsParts
{
    public string? Vendor { get; init; }

    public decimal? Cost { get; init; }

    public string? Currency { get; init; }

    public CostPeriod? CostPeriod { get; init; }

    public DateOnly? Start { get; init; }

    public DateOnly? End { get; init; }

    public string? Contact { get; init; }

    public string? Invoice { get; init; }

    /// <summary>The terms with every given part set; null when there is nothing in them.</summary>
    public Terms? ApplyTo(Terms? terms)
    {
        terms ??= new Terms();
        return Terms.NullIfEmpty(new Terms
        {
            Vendor = Vendor ?? terms.Vendor,
            Cost = Cost ?? terms.Cost,
            Currency = Currency ?? terms.Currency,
            CostPeriod = CostPeriod ?? terms.CostPeriod,
            Start = Start ?? terms.Start,
            End = End ?? terms.End,
            Contact = Contact ?? terms.Contact,
            Invoice = Invoice ?? terms.Invoice,
        });
    }
}
