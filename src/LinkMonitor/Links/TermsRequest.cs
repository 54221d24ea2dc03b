namespace LinkMonitor.Links;

/// <summary>What was agreed for a paid placement; every field may be left out.</summary>
public sealed record TermsRequest
{
    /// <summary>Who sold the placement, 1 to 200 characters.</summary>
    public string? Vendor { get; init; }

    /// <summary>0 to 999,999,999, with at most as many decimals as the currency has; needs a currency.</summary>
    public decimal? Cost { get; init; }

    /// <summary>ISO 4217, for example <c>EUR</c>.</summary>
    public string? Currency { get; init; }

    /// <summary>
    /// <c>term</c> (default): the cost pays for the days from start to end, or, without an end, once and for all. <c>month</c>: it pays for
    /// 30.4375 days, over and over.
    /// </summary>
    public string? CostPeriod { get; init; }

    /// <summary>The first day that is paid for, for example <c>2026-01-01</c>.</summary>
    public string? Start { get; init; }

    /// <summary>The last day that is paid for.</summary>
    public string? End { get; init; }

    /// <summary>An e-mail address or free text, 1 to 200 characters.</summary>
    public string? Contact { get; init; }

    /// <summary>The reference of the invoice or the order, 1 to 200 characters.</summary>
    public string? Invoice { get; init; }
}
