using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Storage.Links;

/// <summary>What was agreed for a paid placement. Every part may be missing, but not all of them: then there are no terms.</summary>
public sealed record Terms
{
    /// <summary>Who sold the placement, 1 to 200 characters.</summary>
    public string? Vendor { get; init; }

    /// <summary>
    /// 0 to 999,999,999 with at most as many decimals as the currency has; what it pays for is in <see cref="CostPeriod"/>.
    /// </summary>
    public decimal? Cost { get; init; }

    /// <summary>ISO 4217, upper-case; given whenever there is a cost.</summary>
    public string? Currency { get; init; }

    /// <summary><see cref="CostPeriod.Term"/> by default.</summary>
    public CostPeriod CostPeriod { get; init; }

    /// <summary>The first day that is paid for. Given whenever there are a cost for the term and an end.</summary>
    public DateOnly? Start { get; init; }

    /// <summary>The last day that is paid for, not before <see cref="Start"/>; null for a placement without an end.</summary>
    public DateOnly? End { get; init; }

    /// <summary>Whom to write to: an e-mail address or free text, 1 to 200 characters.</summary>
    public string? Contact { get; init; }

    /// <summary>The reference of the invoice or the order, 1 to 200 characters.</summary>
    public string? Invoice { get; init; }

    /// <summary>Null when nothing was agreed on: the period alone says nothing.</summary>
    public static Terms? NullIfEmpty(Terms terms) =>
        (terms with { CostPeriod = default }) == new Terms() ? null : terms;
}

/// <summary>What the cost of a placement pays for.</summary>
[JsonConverter(typeof(WireNameJsonConverter<CostPeriod>))]
public enum CostPeriod
{
    /// <summary>The whole term from start to end, both days included; without an end, once and for as long as the page stands.</summary>
    Term,

    /// <summary>Every month of 30.4375 days (a year of 365.25 days in twelve parts), from the start to the end or without an end.</summary>
    Month,
}
